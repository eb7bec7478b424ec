package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.tools.ScriptedCluster.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;

class ClustatTest {
    private static final Instant NOW = Instant.parse("2009-03-03T10:15:42Z");
    private static final List<ServiceRecord> SERVICES = List.of(
            service("service:amapp", ServiceState.STARTED, 1, 2, 1236074142, 0),
            service("service:amweb", ServiceState.DISABLED, 0, 0, 0, 0));

    @TempDir
    private Path root;
    private ScriptedCluster cluster;
    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();

    @BeforeEach
    void twoMembers() {
        cluster = new ScriptedCluster(root).node(1, "amcluster1", true).node(2, "amcluster2", true);
    }

    @AfterEach
    void close() throws IOException {
        cluster.close();
    }

    private void serve(boolean ready, List<ServiceRecord> services) throws IOException {
        cluster.cman().rgmanager(request -> request instanceof RgRequest.ManagersQuery
                ? new RgReply.Managers(List.of(1, 2), 0) : new RgReply.Services(ready, services));
    }

    private int clustat(String... arguments) {
        out.turn();
        err.turn();
        return new Clustat(cluster.paths, out, err, 80, Clock.fixed(NOW, ZoneOffset.UTC))
                .run(List.of(arguments));
    }

    private String printed() {
        return out.text();
    }

    private static String visible(String text) {
        return text.replace(" \n", "_\n");
    }

    @Test
    void membersAndServicesAreShownAsEver() throws IOException {
        serve(true, SERVICES);
        assertThat(clustat()).isZero();
        assertThat(printed()).isEqualTo("""
                Cluster Status for AMHA @ Tue Mar  3 10:15:42 2009
                Member Status: Quorate

                 Member Name                             ID   Status
                 ------ ----                             ---- ------
                 amcluster1                                  1 Online, Local, rgmanager
                 amcluster2                                  2 Online, rgmanager

                 Service Name                   Owner (Last)                   State        \s
                 ------- ----                   ----- ------                   -----        \s
                 service:amapp                  amcluster1                     started      \s
                 service:amweb                  (none)                         disabled     \s
                """);
    }

    @Test
    void flagsShortenTheStateAndTheDiskIsAMember() throws IOException {
        cluster = new ScriptedCluster(root).node(1, "amcluster1", true).node(2, "amcluster2", false)
                .node(0, "/dev/sdb1", true);
        serve(true, List.of(service("amapp", ServiceState.STARTED, 1, 0, 0, 1),
                service("amdb", ServiceState.STARTED, 1, 0, 0, 2), service("amvz", ServiceState.STARTED, 9, 0, 0, 3),
                service("amweb", ServiceState.FAILED, 0, 2, 0, 0)));
        clustat();
        assertThat(visible(printed())).contains("""
                 amcluster2                                  2 Offline, rgmanager
                 /dev/sdb1                                   0 Online, Quorum Disk
                """).contains("""
                 service:amapp                  amcluster1                     started    [Z]
                 service:amdb                   amcluster1                     started    [P]
                 service:amvz                   unknown                        started   [ZP]
                 service:amweb                  (amcluster2)                   failed       _
                """);
    }

    @Test
    void servicesCanBeShownAtLength() throws IOException {
        serve(true, SERVICES.subList(0, 1));
        clustat("-l");
        assertThat(printed()).endsWith("""

                Service Information
                ------- -----------

                Service Name      : service:amapp
                  Current State   : started (112)
                  Flags           : none (0)
                  Owner           : amcluster1
                  Last Owner      : amcluster2
                  Last Transition : Tue Mar  3 09:55:42 2009

                """);
    }

    @Test
    void xmlIsOfVersion411() throws IOException {
        serve(true, SERVICES);
        assertThat(clustat("-x")).isZero();
        assertThat(printed()).isEqualTo("""
                <?xml version="1.0"?>
                <clustat version="4.1.1">
                  <cluster name="AMHA" id="1037" generation="12"/>
                  <quorum quorate="1" groupmember="1"/>
                  <nodes>
                    <node name="amcluster1" state="1" local="1" estranged="0" rgmanager="1" rgmanager_master="0" \
                qdisk="0" nodeid="0x00000001"/>
                    <node name="amcluster2" state="1" local="0" estranged="0" rgmanager="1" rgmanager_master="0" \
                qdisk="0" nodeid="0x00000002"/>
                  </nodes>
                  <groups>
                    <group name="service:amapp" state="112" state_str="started" flags="0" flags_str="" \
                owner="amcluster1" last_owner="amcluster2" restarts="0" last_transition="1236074142" \
                last_transition_str="Tue Mar  3 09:55:42 2009"/>
                    <group name="service:amweb" state="119" state_str="disabled" flags="0" flags_str="" owner="none" \
                last_owner="none" restarts="0" last_transition="0" last_transition_str="Thu Jan  1 00:00:00 1970"/>
                  </groups>
                </clustat>
                """);
    }

    @ParameterizedTest(name = "clustat {0} exits with {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # arguments          | exit | lines | because
              -s amapp           | 0    | 3     | it is started
              -s service:amweb   | 119  | 3     | it is disabled
              -s nosuch          | 255  | 0     | there is no such service
              -m amcluster2      | 0    | 4     | it is online
              -m nosuch          | 255  | 3     | there is no such member
              -m nosuch -s amapp | 255  | 6     | the member's answer goes before the service's
              -Q                 | 0    | 0     | the cluster is quorate
              -I                 | 0    | 1     | it says the id
              -v                 | 0    | 1     | it says the version
              -f                 | 0    | 12    | it is the usual report
              -i 5 -x            | 1    | 1     | XML is not repeated
            """)
    void exitStatus(String arguments, int exit, int lines, String because) throws IOException {
        serve(true, SERVICES);
        assertThat(clustat(arguments.split(" "))).as(because).isEqualTo(exit);
        assertThat(printed().lines()).as(printed()).hasSize(lines);
    }

    @Test
    void withoutQuorumServicesAreNotKnown() throws IOException {
        cluster.inquorate();
        serve(false, List.of());
        assertThat(clustat()).isZero();
        assertThat(printed()).startsWith("Service states unavailable: Operation requires quorum\n"
                + "Cluster Status for AMHA @ ").contains("Member Status: Inquorate\n\n").doesNotContain("rgmanager");
        assertThat(clustat("-Q")).isEqualTo(1);
        assertThat(clustat("-s", "amapp")).isEqualTo(255);
    }

    @Test
    void withoutRgmanagerOnlyMembersAreShown() throws IOException {
        cluster.cman();
        assertThat(clustat()).isZero();
        assertThat(printed()).endsWith("amcluster2                                  2 Online\n\n");
    }

    @Test
    void withoutCmanNothingIsShown() {
        assertThat(clustat()).isEqualTo(1);
        assertThat(printed()).isEmpty();
        assertThat(err.text())
                .isEqualTo("Could not connect to CMAN: No such file or directory\n");
    }
}
