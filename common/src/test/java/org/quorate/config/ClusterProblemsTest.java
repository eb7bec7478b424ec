package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterProblemsTest {
    private static final String NODES = "<clusternodes><clusternode name='a' nodeid='1'/><clusternode name='b' "
            + "nodeid='2'/></clusternodes>";

    @ParameterizedTest(name = "{1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # a section in line 2                     | what is told of it, in line 2
        <cman expected_votes='three'/>            | 1: error: expected_votes "three" of cman is not a whole number \
        from 1 to 2147483647; correct it [expected-votes]
        <cman expected_votes='0'/>                | 1: error: expected_votes "0" of cman is not a whole number from 1 \
        to 2147483647; correct it [expected-votes-range]
        <cman expected_votes='9'/>                | 1: error: expected_votes 9 needs 5 votes for quorum, but all nodes \
        together have 2; leave it out or correct the votes [expected-votes-unreachable]
        <cman expected_votes='1'/>                | 1: warning: expected_votes 1 is below the 2 votes that can be \
        present; leave it out to use their sum [expected-votes-low]
        <cman expected_votes='3'/>                | 1: warning: expected_votes 3 is above the 2 votes that can be \
        present; leave it out to use their sum [expected-votes-high]
        <cman two_node='yes'/>                    | 1: error: two_node "yes" of cman is not 0 or 1; correct it [bool]
        <cman two_node='1' expected_votes='2'/>   | 1: error: two_node needs expected_votes 1, not 2; write \
        expected_votes="1" [two-node-expected]
        <cman two_node='1'/>                      | 1: warning: two_node without expected_votes; 1 is used; write it \
        [two-node-expected-missing]
        <cman transport='tcp'/>                   | 1: error: transport "tcp" of cman is not udp, udpb, udpu or rdma; \
        correct it [enum]
        <cman broadcast='yes' transport='udpu'/>  | 1: error: broadcast="yes" excludes transport "udpu"; leave out one \
        of them [broadcast-transport]
        <cman port='70000'/>                      | 1: error: port "70000" of cman is not a whole number from 2 to \
        65535; correct it [int-range]
        <cman><multicast addr='10.0.0.1'/></cman> | 7: error: addr "10.0.0.1" of multicast is not a multicast \
        address; write one from 224.0.0.0 to 239.255.255.255, or of ff00::/8 [multicast-address]
        <cman nodename='a'/>                      | 1: warning: nodename is set by cman itself; it is ignored [internal]
        <cman/><cman/>                            | 8: error: second cman section (first in line 2); make one of them \
        [element-repeated]
        <totem token='10s'/>                      | 1: error: token "10s" of totem is not a whole number from 1 to \
        2147483647; correct it [int]
        <totem token='99999999999999999999'/>     | 1: error: token "99999999999999999999" of totem is not a whole \
        number from 1 to 2147483647; correct it [int-range]
        <totem secauth='false'/>                  | 1: error: secauth "false" of totem is not on or off; correct it \
        [enum]
        <totem transport='udp'/>                  | 1: error: transport belongs to cman, not totem; move it to cman \
        [totem-transport]
        <fence_daemon post_join_delay='soon'/>    | 1: error: post_join_delay "soon" of fence_daemon is not a whole \
        number of 0 or more; correct it [int]
        <fence_daemon post_join_delay='-1'/>      | 1: warning: post_join_delay -1 of fence_daemon is ignored; 6 is \
        used; write 0 or more [negative-delay]
        <dlm protocol='udp'/>                     | 1: warning: protocol "udp" of dlm is not tcp, sctp or detect; it \
        is ignored [enum]
        <dlm><lockspace name='x'><master name='A1'/></lockspace></dlm> | 26: warning: master "A1" is no clusternode; \
        did you mean "a"? [node-undefined]
        <dlm><lockspace name='x'/><lockspace name='x'/></dlm> | 27: error: second lockspace "x"; make one of them \
        [lockspace-duplicate]
        <logging to_syslog='1'/>                  | 1: warning: to_syslog "1" of logging is not yes or no; it is \
        ignored [enum]
        <logging><logging_daemon name='fencd'/></logging> | 10: warning: logging_daemon "fencd" is no daemon; did you \
        mean "fenced"? [daemon-unknown]
        <rm status_poll_interval='0'/>            | 1: warning: status_poll_interval "0" of rm is not a whole number \
        from 1 to 2147483647; it is ignored [int-range]
        <fencedevices><fencedevice name='x'/></fencedevices> | 15: error: fencedevice "x" has no agent; name the fence \
        agent to run [agent-missing]
        <fencedevices><fencedevice agent='x'/></fencedevices> | 15: error: fencedevice has no name; give it one \
        [name-missing]
        <gulm/>                                   | 1: warning: gulm, the lock manager of RHEL 4, is ignored; remove \
        it [legacy]
        """)
    void aSectionIsJudged(String section, String told) {
        ClusterReading reading = read("<cluster name='c' config_version='1'>\n" + section + NODES + "</cluster>");
        assertThat(reading.problems()).extracting(Problem::toString).containsExactly("cluster.conf:2:" + told);
        assertThat(reading.accepted()).isEqualTo(!told.contains(": error: "));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # a second node in line 2                | what is told of it, in line 2
        <clusternode name='a' nodeid='2'/>       | 1: error: second clusternode "a" (first in line 1); remove or \
        rename one of them [node-duplicate]
        <clusternode name='b' nodeid='1'/>       | 1: error: nodeid 1 of "b" is already that of "a" (line 1); give it \
        one of its own [nodeid-duplicate]
        <clusternode name='b'/>                  | 1: error: clusternode "b" has no nodeid while others have; ccs_tool \
        addnodeids adds it [nodeid-missing]
        <clusternode name='b' nodeid='0'/>       | 1: error: nodeid "0" of clusternode "b" is not a whole number from \
        1 to 2147483647; correct it [nodeid]
        <clusternode nodeid='2'/>                | 1: error: clusternode has no name; give it one [name-missing]
        <clusternode name='localhost' nodeid='2'/> | 1: error: node name "localhost" is the loopback interface; name \
        the address by which the other nodes reach it [node-loopback]
        <clusternode name='b' nodeid='2' votes='-1'/> | 1: error: votes "-1" of clusternode "b" is not a whole number \
        from 0 to 255; correct it [votes-range]
        <clusternode name='b' nodeid='2' votes='0'/> | 1: warning: clusternode "b" has no vote; it counts as member \
        but not for quorum [votes-zero]
        <clusternode name='b' nodeid='2'><altname name='b'/></clusternode> | 34: error: altname of "b" is the node's \
        own name; name its address on the second network [altname-same]
        <clusternode name='b' nodeid='2'><multicast addr='239.1.1.2'/></clusternode> | 34: warning: multicast inside \
        clusternode is the form of RHEL 4; the address belongs to cman/multicast; the interface is used for \
        heartbeats [legacy]
        <clusternode name='b' nodeid='2'><fence><method name='m'/></fence></clusternode> | 41: warning: method "m" of \
        clusternode "b" has no device; it cannot succeed [method-empty]
        <clusternode name='b' nodeid='2'><unfence><device name='APD'/></unfence></clusternode> | 43: error: device \
        "APD" in unfence of clusternode "b": no such fencedevice; did you mean "apc"? [fencedevice-undefined]
        """)
    void aNodeIsJudged(String node, String told) {
        ClusterReading reading = read("<cluster name='c' config_version='1'><clusternodes><clusternode name='a' "
                + "nodeid='1'/>\n" + node + "</clusternodes><fencedevices><fencedevice name='apc' agent='fence_apc'/>"
                + "</fencedevices></cluster>");
        assertThat(reading.problems()).extracting(Problem::toString).containsExactly("cluster.conf:2:" + told);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # the root                                             | codes
        <Cluster/>                                             | root
        <cluster/>                                            | name-missing config-version-missing clusternodes-missing
        <cluster name='sixteen-letters-' config_version='1'>   | name-too-long
        <cluster name='fifteen-letters' config_version='12b'>  | config-version
        <cluster name='c' config_version='-7'>                 | config-version
        <cluster name='c' config_version=''>                   | config-version
        <cluster name='c' config_version='2147483648'>         | config-version
        <cluster name='c' config_version='1' alias='d'>        | legacy
        """)
    void theRootIsJudged(String root, String codes) {
        ClusterReading reading = read(root.endsWith("/>") ? root : root + NODES + "</cluster>");
        assertThat(reading.problems().stream().map(Problem::code).collect(Collectors.joining(" "))).isEqualTo(codes);
    }

    @Test
    void allProblemsOfAFileAreToldInTheOrderOfTheFile() {
        ClusterReading reading = read("<cluster name='c' config_version='x'>\n<rm disabled='no'/>\n"
                + "<cman two_node='1' port='1'/>\n<totem token='0'/><clusternodes>\n<clusternode name='a'/>"
                + "</clusternodes>\n<fence_daemon clean_start='maybe'/></cluster>");
        assertThat(reading.problems()).extracting(p -> p.at().line() + " " + p.code()).containsExactly(
                "1 config-version", "2 bool", "3 int-range", "3 two-node-count", "3 two-node-expected-missing",
                "4 int-range", "5 legacy", "6 bool");
        assertThat(reading.config()).isEmpty();
    }

    @Test
    void aFileOfRhel4WithoutNumbersIsReadButNothingStartsWithIt() {
        ClusterReading reading = read("<cluster name='c' config_version='1'><clusternodes>\n<clusternode name='a'/>"
                + "<clusternode name='b'/></clusternodes></cluster>");
        assertThat(reading.problems()).extracting(Problem::toString).containsExactly("cluster.conf:2:1: warning: no "
                + "clusternode has a nodeid (RHEL 4 form); ccs_tool addnodeids adds them [legacy]");
        assertThat(reading.accepted()).isTrue();
        assertThat(reading.toStart().errors()).extracting(Problem::toString).containsExactly("cluster.conf:2:1: error: "
                + "clusternode \"a\" has no nodeid; ccs_tool addnodeids adds it [nodeid-missing]");
        assertThat(reading.toStart().accepted()).isFalse();
    }

    @Test
    void nodesThatListenToDifferentAddressesAreRefused() {
        String node = "<clusternode name='%s' nodeid='%s'>\n<multicast addr='239.1.1.%s'/></clusternode>";
        ClusterReading reading = read("<cluster name='c' config_version='1'><clusternodes>" + node.formatted("a", 1, 1)
                + node.formatted("b", 2, 2) + "</clusternodes></cluster>");
        assertThat(reading.errors()).extracting(Problem::toString).containsExactly("cluster.conf:3:1: error: multicast "
                + "address 239.1.1.2 of clusternode \"b\" is not the cluster's, 239.1.1.1; all nodes need the same "
                + "[multicast-address]");
    }

    @Test
    void overlappingRingsAreRefused() {
        ClusterReading reading = read("<cluster name='c' config_version='1'><cman>\n<multicast addr='239.1.1.1'/>\n"
                + "<altmulticast addr='239.1.1.1' port='5406'/></cman>" + NODES + "</cluster>");
        assertThat(reading.problems()).extracting(Problem::code).containsExactly("ring-clash");
        assertThat(reading.problems().getFirst().at().line()).isEqualTo(3);
    }

    @Test
    void eightMethodsAndDevicesAreEnough() {
        String devices = "<device name='d'/>".repeat(9);
        String methods = IntStream.rangeClosed(1, 9).mapToObj(i -> "<method name='" + i + "'>" + (i == 1 ? devices
                : "<device name='d'/>") + "</method>").collect(Collectors.joining());
        ClusterReading reading = read("<cluster name='c' config_version='1'><clusternodes><clusternode name='a' "
                + "nodeid='1'><fence>" + methods + "</fence></clusternode></clusternodes><fencedevices><fencedevice "
                + "name='d' agent='x'/><fencedevice name='d' agent='y'/><fencedevice name='2nd' agent='y'/>"
                + "</fencedevices></cluster>");
        assertThat(reading.problems()).extracting(Problem::code).containsExactly("too-many-devices",
                "too-many-methods", "fencedevice-duplicate", "fencedevice-name");
    }

    @Test
    void whateverIsWrittenInsideAFileIsToldAndNeverThrown() throws Exception {
        String whole;
        try (InputStream in = ClusterProblemsTest.class.getResourceAsStream("everything.conf")) {
            whole = new String(in.readAllBytes(), UTF_8);
        }
        String[] pieces = whole.split("\"");
        String[] values = {"", "-1", "0", "65535", "2147483647", "99999999999", "yes", "::", "fe80::1%x", "ff02::1",
            "0x1", "&#10;", "n1", "225.0.0", "pdu", "\u00e4"};
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            String[] damaged = pieces.clone();
            for (int hit = 0; hit < 4; hit++) {
                damaged[1 + 2 * random.nextInt(pieces.length / 2 - 1)] = values[random.nextInt(values.length)];
            }
            ClusterReading reading = read(String.join("\"", damaged));
            assertThat(reading.accepted()).isEqualTo(reading.errors().isEmpty());
            reading.toStart();
        }
    }

    private static ClusterReading read(String text) {
        return ClusterConfig.read(text.getBytes(UTF_8));
    }
}
