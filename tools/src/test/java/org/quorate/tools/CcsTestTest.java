package org.quorate.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.system.Paths;
import org.quorate.tools.ccs.Descriptors;
import org.quorate.wire.FrameServer;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;

/** What scripts see of the configuration in force, from a ccsd that has one. */
class CcsTestTest {
    private static final String FILE = """
            <cluster name="AMHA" config_version="6"><clusternodes>
              <clusternode name="amcluster1" nodeid="1"/><clusternode name="amcluster2" nodeid="2" weight="&lt;"/>
            </clusternodes></cluster>
            """;

    @TempDir
    Path root;

    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();

    @Test
    void aQueryThatIsRepeatedGoesOnToTheNextValue() throws Exception {
        try (var ccsd = ccsd()) {
            assertThat(ccsd).isNotNull();
            assertThat(run("connect", "force")).isZero();
            String names = "/cluster/clusternodes/clusternode/@name";
            assertThat(run("get", "0", names)).isZero();
            assertThat(run("get", "0", names)).isZero();
            assertThat(run("get", "0", names)).isZero();
            assertThat(run("get", "0", "/cluster/@name")).isZero();
            assertThat(run("get", "0", "/cluster/nosuch")).isEqualTo(1);
            assertThat(run("get", "0", "/cluster/clusternodes")).isEqualTo(1);
            assertThat(run("get", "0", "/cluster[")).isEqualTo(1);
            assertThat(run("disconnect", "0")).isZero();
            assertThat(run("get", "0", names)).isEqualTo(1);
        }
        assertThat(out.text()).isEqualTo("""
                Force is set.
                Connect successful.
                 Connection descriptor = 0
                Get successful.
                 Value = <amcluster1>
                Get successful.
                 Value = <amcluster2>
                Get successful.
                 Value = <amcluster1>
                Get successful.
                 Value = <AMHA>
                Disconnect successful.
                """);
        assertThat(err.text()).isEqualTo("""
                ccs_get failed: No data available
                ccs_get failed: No data available
                ccs_get failed: Invalid argument
                ccs_get failed: Invalid request descriptor
                """);
    }

    @Test
    void aListEndsOnceAndBeginsAgainBelowThePathThatIsSet() throws Exception {
        try (var ccsd = ccsd()) {
            assertThat(ccsd).isNotNull();
            run("connect", "force", "AMHA");
            run("set_state", "0", "/cluster/clusternodes");
            for (int i = 0; i < 4; i++) {
                assertThat(run("get_list", "0", "clusternode/@nodeid")).isZero();
            }
            run("get_state", "0");
        }
        assertThat(out.text()).isEqualTo("""
                Force is set.
                Setting cluster name to AMHA
                Connect successful.
                 Connection descriptor = 0
                Set state successful.
                Get successful.
                 Value = <1>
                Get successful.
                 Value = <2>
                Get successful.
                 Value = <(null)>
                Get successful.
                 Value = <1>
                Get state successful.
                 Current working path: /cluster/clusternodes
                 Previous query      : clusternode/@nodeid
                """);
    }

    @Test
    void connectingWithoutForceNeedsAQuorateCluster() throws Exception {
        try (var ccsd = ccsd()) {
            assertThat(ccsd).isNotNull();
            assertThat(run("connect")).isEqualTo(1);
            assertThat(run("connect", "block")).isEqualTo(1);
            assertThat(run("connect", "AMHA")).isEqualTo(1);
            assertThat(run("connect", "force", "other")).isEqualTo(1);
        }
        assertThat(run("connect", "force")).isEqualTo(1);
        assertThat(run("get", "0")).isEqualTo(1);
        assertThat(run("set", "0", "/a", "b")).isEqualTo(1);
        assertThat(run("got")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("""
                ccs_connect failed: Connection refused
                Blocking can only be used with "force".
                A cluster name can only be specified when using 'force'.
                ccs_connect failed: Invalid argument
                ccs_connect failed: Connection refused
                Wrong number of arguments.
                ccs_set failed: Function not implemented
                Unknown command: got
                """);
    }

    @Test
    void descriptorsAreSlotsThatExpireAndAreNumberedOn() throws Exception {
        Descriptors descriptors = new Descriptors(root.resolve("run"));
        assertThat(descriptors.open(0)).hasValue(0);
        assertThat(descriptors.open(29_999)).hasValue(31);
        assertThat(descriptors.open(30_000)).hasValue(60);
        assertThat(descriptors.look(0, 30_000)).isEmpty();
        for (int slot = 2; slot < 30; slot++) {
            assertThat(descriptors.open(30_001)).hasValue(slot + 30 * (slot + 1));
        }
        assertThat(descriptors.open(30_001)).isEmpty();
        assertThat(descriptors.close(31, 30_001)).isTrue();
        assertThat(descriptors.close(31, 30_001)).isFalse();
    }

    @Test
    void theWholeConfigurationIsPrintedAsXml() throws Exception {
        Files.createDirectories(root.resolve("etc/cluster"));
        Files.writeString(root.resolve("etc/cluster/cluster.conf"), "<cluster name='ü'/>");
        var dump = new CcsConfigDump(new Paths(root), out, err);
        assertThat(dump.run(List.of("-r"))).isEqualTo(255);
        assertThat(dump.run(List.of())).isZero();
        try (var ccsd = ccsd()) {
            assertThat(ccsd).isNotNull();
            assertThat(dump.run(List.of("-r"))).isZero();
        }
        assertThat(out.text()).isEqualTo("""
                <?xml version="1.0"?>
                <cluster name="ü"/>
                <?xml version="1.0"?>
                <cluster name="AMHA" config_version="6">
                \t<clusternodes>
                \t\t<clusternode name="amcluster1" nodeid="1"/>
                \t\t<clusternode name="amcluster2" nodeid="2" weight="&lt;"/>
                \t</clusternodes>
                </cluster>
                """);
    }

    private int run(String... words) {
        return new CcsTest(new Paths(root), out, err).run(List.of(words));
    }

    private Closeable ccsd() throws Exception {
        Paths paths = new Paths(root);
        Files.createDirectories(paths.runFolder());
        Handler<CcsRequest, CcsReply, CcsEvent> handler =
                (session, id, _) -> session.reply(id, new CcsReply.Document(6, FILE.getBytes(UTF_8)));
        return FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, Hello.of("ccsd"), handler);
    }
}
