package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** What a person or a script sees, against a cmand that answers as told. */
@Timeout(20)
class CmanToolTest {
    @TempDir
    Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<CmanRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Closeable> open = new ArrayList<>();
    private final TreeMap<String, String> environment = new TreeMap<>();
    private Paths paths;
    private volatile Epoch epoch = epoch(true, 2);
    private volatile int deviceVotes = -1;
    private volatile List<String> flags = List.of("2node");
    private volatile List<CmanReply.Node> nodes = List.of(
            node(1, "amcluster1", "Member", 8, at(51, 10)), node(2, "amcluster2", "Member", 12, at(51, 22)));
    private volatile Refused refusal;
    private volatile Epoch next;
    private volatile Closeable endAfterLeave;

    @BeforeEach
    void prepare() {
        paths = new Paths(root);
    }

    @AfterEach
    void end() throws IOException {
        for (var each : open) {
            each.close();
        }
    }

    @Test
    void statusIsAsScriptsKnowIt() throws Exception {
        cmand();
        assertThat(run("status")).isZero();
        assertThat(out()).isEqualTo("""
                Version: 6.2.0
                Config Version: 6
                Cluster Name: AMHA
                Cluster Id: 1037
                Cluster Member: Yes
                Cluster Generation: 12
                Membership state: Cluster-Member
                Nodes: 2
                Expected votes: 1
                Total votes: 2
                Node votes: 1
                Quorum: 1 \s
                Active subsystems: 8
                Flags: 2node\s
                Ports Bound: 0 177 \s
                Node name: amcluster1
                Node ID: 1
                Multicast addresses: 239.192.4.17\s
                Node addresses: 192.168.56.11\s
                """);
        assertThat(err()).isEmpty();
    }

    @Test
    void statusOfANodeWithoutQuorumAndWithAQuorumDevice() throws Exception {
        epoch = epoch(false, 1);
        deviceVotes = 1;
        flags = List.of();
        nodes = List.of(node(1, "amcluster1", "Member", 8, at(51, 10)),
                node(2, "amcluster2", "Disallowed", 12, 0));
        cmand();
        assertThat(run("status")).isZero();
        assertThat(out()).contains("\nExpected votes: 1\nQuorum device votes: 1\nTotal votes: 1\n")
                .contains("\nQuorum: 1 Activity blocked\n")
                .contains("\nFlags: \n")
                .endsWith("Node addresses: 192.168.56.11 \nDisallowed nodes: amcluster2 \n");
    }

    @Test
    void nodesIsAsScriptsKnowIt() throws Exception {
        cmand();
        assertThat(run("nodes")).isZero();
        assertThat(out()).isEqualTo("""
                Node  Sts   Inc   Joined               Name
                   1   M      8   2009-03-03 09:51:10  amcluster1
                   2   M     12   2009-03-03 09:51:22  amcluster2
                """);
    }

    @Test
    void nodesWithADeadNodeAQuorumDeviceFencingAndAddresses() throws Exception {
        nodes = List.of(node(0, "/dev/sdb1", "Member", 0, at(52, 1)),
                node(1, "amcluster1", "Member", 8, at(51, 10)),
                new CmanReply.Node(2, "amcluster2", "Dead", 12, 1, 1, 0, List.of("192.168.56.12"), at(51, 22),
                        "agent of node 1", true));
        cmand();
        assertThat(run("-a", "nodes", "-f")).isZero();
        assertThat(out()).isEqualTo("Node  Sts   Inc   Joined               Name\n"
                + "   0   M      0   2009-03-03 09:52:01  /dev/sdb1\n"
                + "       Addresses: \n"
                + "   1   M      8   2009-03-03 09:51:10  amcluster1\n"
                + "       Addresses: 192.168.56.11 \n"
                + "   2   X     12                        amcluster2\n"
                + "       Last fenced:   2009-03-03 09:51:22 by agent of node 1\n"
                + "       Node has not been fenced since it went down\n"
                + "       Addresses: 192.168.56.12 \n");
    }

    @Test
    void nodesByColumnsAndByName() throws Exception {
        cmand();
        assertThat(run("nodes", "-F", "id,type,name,addr,votes,exp,state,other")).isZero();
        assertThat(out()).isEqualTo("1 M amcluster1 192.168.56.11 1 1 Member \n"
                + "2 M amcluster2 192.168.56.12 1 1 Member \n");
        out.reset();
        assertThat(run("nodes", "-n", "amcluster2", "-F", "id")).isZero();
        assertThat(out()).isEqualTo("2 \n");
    }

    @Test
    void disallowedNodesAreToldFirst() throws Exception {
        nodes = List.of(node(1, "amcluster1", "Disallowed", 8, 0));
        cmand();
        assertThat(run("nodes")).isZero();
        assertThat(out()).isEqualTo("""
                NOTE: There are 1 disallowed nodes,
                      members list may seem inconsistent across the cluster
                Node  Sts   Inc   Joined               Name
                   1   d      8                        amcluster1
                """);
    }

    @Test
    void servicesAreTheGroupsOfThisNode() throws Exception {
        cmand();
        assertThat(run("services")).isZero();
        assertThat(out()).isEqualTo("type             level name       id       state       \n"
                + "fence            0     default    00010001 none        \n"
                + "[1 2]\n"
                + "dlm              1     rgmanager  00020001 none        \n"
                + "[1]\n");
    }

    @Test
    void theVersionIsPrinted() throws Exception {
        cmand();
        assertThat(run("version")).isZero();
        assertThat(out()).isEqualTo("6.2.0 config 6\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"version -r 7, 7", "version -r7, 7", "-r 7 version, 7", "version -r 6, 6", "version -S -r, 0"})
    void aVersionIsAnnounced(String line, int version) throws Exception {
        cmand();
        assertThat(run(line.split(" "))).isZero();
        assertThat(out()).isEmpty();
        assertThat(asked).containsExactly(new CmanRequest.ActivateConfiguration(version));
    }

    @Test
    void withoutANumberTheFileOfThisNodeIsDistributedFirst() throws Exception {
        cmand();
        ccsd(7);
        assertThat(run("version", "-r")).isZero();
        assertThat(asked).containsExactly(new CmanRequest.ActivateConfiguration(0));
    }

    @Test
    void aFileThatIsOlderThanWhatRunsIsNotReloaded() throws Exception {
        cmand();
        ccsd(5);
        assertThat(run("version", "-r")).isEqualTo(1);
        assertThat(err()).isEqualTo("cman_tool: Not reloading, config version older or equal the running config\n");
    }

    @Test
    void anOlderVersionIsRefused() throws Exception {
        refusal = new Refused("EINVAL", "version 5 is older than 6");
        cmand();
        assertThat(run("version", "-r", "5")).isEqualTo(1);
        assertThat(err()).isEqualTo("cman_tool: can't set version: Invalid argument\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # line                     | code     | status | message
          leave                    | EBUSY    | 1 | cman_tool: Error leaving cluster: Device or resource busy
          leave                    | EALREADY | 1 | cman_tool: Error leaving cluster: Operation already in progress
          leave                    | EPERM    | 1 | cman_tool: Error leaving cluster: Permission denied
          leave -w -t 1            | EBUSY    | 2 | Timed-out waiting for cluster
          kill                     | EINVAL   | 1 | cman_tool: No node name specified\\n
          kill -n a -n b           | ENOENT   | 0 | Can't kill node a : No such file or directory
          kill -n amcluster2       | EINVAL   | 0 | kill node failed: Invalid argument
          expected                 | EINVAL   | 1 | cman_tool: can't set expected votes: Invalid argument
          expected -e 9            | ENOENT   | 1 | cman_tool: can't set expected votes: Node is not yet a cluster
          votes -v 2               | EINVAL   | 1 | cman_tool: can't set votes: Invalid argument
          votes                    | EINVAL   | 1 | cman_tool: can't set votes: Invalid argument
          votes -v 2 -n nobody     | EINVAL   | 1 | cman_tool: Can't set votes for node nobody : No such file or dire
        """)
    void refusalsAreToldInTheOldWords(String line, String code, int status, String message) throws Exception {
        refusal = new Refused(code, "a reason");
        cmand();
        assertThat(run(line.split(" "))).isEqualTo(status);
        assertThat(err()).startsWith(message.replace("\\n", "\n"));
        assertThat(out()).isEmpty();
    }

    @Test
    void changesAreAskedForSilently() throws Exception {
        cmand();
        assertThat(run("expected", "-e", "3")).isZero();
        assertThat(run("votes", "-v", "2")).isZero();
        assertThat(run("votes", "-v2", "-n", "amcluster2")).isZero();
        assertThat(run("kill", "-n", "amcluster2", "-n", "amcluster1")).isZero();
        assertThat(run("leave", "remove", "force")).isZero();
        assertThat(asked).containsExactly(new CmanRequest.SetExpectedVotes(3), new CmanRequest.SetVotes("", 2),
                new CmanRequest.SetVotes("amcluster2", 2), new CmanRequest.Kill("amcluster2"),
                new CmanRequest.Kill("amcluster1"), new CmanRequest.Leave(true, true));
        assertThat(out() + err()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # line                        | message
          -w                          | cman_tool: no operation specified
          join leave                  | cman_tool: can't specify two operations
          expected 2                  | cman_tool: unknown option 2
          -Z status                   | cman_tool: invalid option -- 'Z'\\nPlease use '-h' for usage.
          wait -t                     | cman_tool: option requires an argument -- 't'\\nPlease use '-h' for usage.
          wait -t soon                | cman_tool: argument to t (soon) is not an integer
          votes -v -1                 | cman_tool: argument to v cannot be negative
          join -D=no                  | cman_tool: invalid option to -D, it should be 'force', 'warn' or 'none'\\n
          join -c abcdefghijklmnopq   | cman_tool: maximum cluster name length is 16
          join -c abcdefghijklmnop    | cman_tool: Cluster name must be < 16 characters long
          join -2                     | cman_tool: expected_votes value (0) invalid in two node mode
          join -2 -e 2                | cman_tool: expected_votes value (2) invalid in two node mode
          join -p 70000               | cman_tool: Port must be a number between 1 and 65535
          join -N 0                   | cman_tool: Node id must be between 1 and 4096
          join -t 5                   | cman_tool: timeout is only appropriate with wait
          join -w                     | cman_tool: ccsd is not running\\n
          status                      | cman_tool: Cannot open connection to cman, is it running ?
          wait                        | cman_tool: Cannot open connection to cman, is it running ?
          leave -w                    | cman_tool: Cannot open connection to cman, is it running ?
        """)
    void aWrongLineOrAMissingDaemonIsToldWithStatusOne(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(1);
        assertThat(err()).isEqualTo(message.replace("\\n", "\n") + "\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void elevenNodesAreTooMany() {
        var line = new ArrayList<String>(List.of("kill"));
        for (int i = 0; i < 11; i++) {
            line.addAll(List.of("-n", "n" + i));
        }
        assertThat(run(line.toArray(String[]::new))).isEqualTo(1);
        assertThat(err()).isEqualTo("cman_tool: maximum of 10 node names allowed\n");
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(run("-h")).isZero();
        assertThat(out()).startsWith("Usage:");
        out.reset();
        assertThat(run("status", "-V")).isZero();
        assertThat(out().lines()).hasSize(2);
        assertThat(out()).startsWith("cman_tool ");
    }

    @Test
    void joiningTwiceIsRefused() throws Exception {
        cmand();
        assertThat(run("join")).isEqualTo(1);
        assertThat(err()).isEqualTo("cman_tool: Node is already active\n");
    }

    @Test
    void aDaemonThatDoesNotStartIsHeard() throws Exception {
        ccsd(6);
        program("echo 'cmand: no cluster key' >&2; exit 5");
        assertThat(run("join", "-w")).isEqualTo(1);
        assertThat(err()).isEqualTo("no cluster key\ncman_tool: cmand daemon didn't start\n");
    }

    @Test
    void theDaemonIsStartedWithWhatWasAskedFor() throws Exception {
        ccsd(6);
        program("env | grep ^CMAN_ | sort > " + root + "/environment; exit 1");
        run("join", "-v", "2", "-e", "1", "-2", "-n", "am1", "-N", "7", "-m", "225.0.0.1", "-p", "5410", "-c", "AMHA",
                "-k", "/key", "-d4");
        assertThat(Files.readString(root.resolve("environment"))).isEqualTo("""
                CMAN_2NODE=true
                CMAN_CLUSTER_NAME=AMHA
                CMAN_DEBUG=4
                CMAN_EXPECTEDVOTES=1
                CMAN_IP_PORT=5410
                CMAN_KEYFILE=/key
                CMAN_MCAST_ADDR=225.0.0.1
                CMAN_NODEID=7
                CMAN_NODENAME=am1
                CMAN_VOTES=2
                """);
    }

    @Test
    void waitReturnsAtOnceForAMember() throws Exception {
        cmand();
        assertThat(run("wait", "-q", "-t", "5")).isZero();
        assertThat(out() + err()).isEmpty();
    }

    @Test
    void waitForQuorumIsLimited() throws Exception {
        epoch = epoch(false, 1);
        cmand();
        assertThat(run("wait", "-q", "-t", "1")).isEqualTo(2);
        assertThat(err()).isEqualTo("Timed-out waiting for cluster\n");
    }

    @Test
    void waitEndsWithTheEpochThatWasWaitedFor() throws Exception {
        epoch = epoch(false, 1);
        next = epoch(true, 2);
        cmand();
        assertThat(run("wait", "-q")).isZero();
    }

    @Test
    void leaveWaitsUntilTheDaemonIsGone() throws Exception {
        var server = cmand();
        endAfterLeave = server;
        assertThat(run("leave", "-w", "-t", "10")).isZero();
        assertThat(Files.exists(paths.socket("cmand"))).isFalse();
    }

    private Closeable cmand() throws IOException {
        Handler<CmanRequest, CmanReply, CmanEvent> handler = new Handler<>() {
            @Override
            public void received(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
                answer(session, id, request);
            }
        };
        var server = FrameServer.open(LocalDoor.at(paths.socket("cmand")), CmanProtocol.LOCAL, Hello.of("cmand"),
                handler);
        open.add(server);
        return server;
    }

    private void answer(Session<CmanReply, CmanEvent> session, long id, CmanRequest request) {
        switch (request) {
            case CmanRequest.StatusQuery() -> session.reply(id, new CmanReply.Status("Cluster-Member", 6, "AMHA", 1037,
                    12, 1, deviceVotes, 1, flags, 8, List.of(0, 177), "amcluster1", 1, List.of("239.192.4.17"),
                    List.of("192.168.56.11"), epoch));
            case CmanRequest.NodesQuery() -> session.reply(id, new CmanReply.Nodes(nodes));
            case CmanRequest.Subscribe _ -> {
                session.reply(id, new CmanReply.Done());
                session.tell(new CmanEvent.EpochInstalled(epoch));
                if (next != null) {
                    session.tell(new CmanEvent.EpochInstalled(next));
                }
            }
            default -> {
                asked.add(request);
                if (refusal != null) {
                    session.refuse(id, refusal);
                } else {
                    session.reply(id, new CmanReply.Done());
                }
                if (endAfterLeave != null) {
                    Thread.ofVirtual().start(this::endCmand);
                }
            }
        }
    }

    private void endCmand() {
        try {
            endAfterLeave.close();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void ccsd(int onDisk) throws IOException {
        Handler<CcsRequest, CcsReply, CcsEvent> handler = (session, id, request) -> {
            switch (request) {
                case CcsRequest.StatusQuery() -> session.reply(id, new CcsReply.Status("AMHA", 6, onDisk, List.of()));
                case CcsRequest.Reload() -> session.reply(id, new CcsReply.Updated(6, onDisk, List.of("amcluster1")));
                default -> session.reply(id, new CcsReply.Document(6, new byte[0]));
            }
        };
        open.add(FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, Hello.of("ccsd"), handler));
    }

    private void program(String script) throws IOException {
        var sbin = Files.createDirectories(root.resolve("sbin"));
        var file = Files.writeString(sbin.resolve("cmand"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("QUORATE_SBIN", sbin.toString());
    }

    private static Epoch epoch(boolean quorate, int members) {
        var groups = new TreeMap<>(Map.of("fence", 1L, "dlm", 2L, "rgmanager", 3L));
        var all = List.of(
                new Member(new NodeId(1), new NodeName("amcluster1"), 1, 1, 6, groups, List.of(), 0),
                new Member(new NodeId(2), new NodeName("amcluster2"), 1, 1, 6, new TreeMap<>(Map.of("fence", 1L)),
                        List.of(), 0));
        return new Epoch(12, all.subList(0, members), quorate, 1, members, List.of(), List.of(), List.of());
    }

    private static CmanReply.Node node(int id, String name, String state, long incarnation, long joined) {
        return new CmanReply.Node(id, name, state, incarnation, 1, 1, joined,
                id == 0 ? List.of() : List.of("192.168.56.1" + id), 0, "", false);
    }

    private static long at(int minute, int second) {
        return LocalDateTime.of(2009, 3, 3, 9, minute, second).atZone(ZoneId.systemDefault()).toInstant()
                .toEpochMilli();
    }

    private int run(String... line) {
        return new CmanTool(paths, environment, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)).run(List.of(line));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
