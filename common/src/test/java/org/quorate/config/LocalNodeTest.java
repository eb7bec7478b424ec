package org.quorate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.config.LocalNode.Answer;
import org.quorate.config.LocalNode.Wish;

class LocalNodeTest {
    private static final String AMHA = "amcluster1=192.168.110.21 am1=192.168.100.21 amcluster2=192.168.110.22";

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        # uname    | nodes             | interfaces | names                       | because
          n1       | n1 n2             | e=10.0.0.1 | n1=10.0.0.1 n2=10.0.0.2     | the name is there
          n1.a.b   | n1.a n2.a         | e=10.0.0.1 | n1.a=10.0.0.1               | the domain is cut off by parts
          n1.a.b   | n1 n2             | e=10.0.0.1 | n1=10.0.0.1                 | all of the domain is cut off
          N1       | n1 n2             | e=10.0.0.1 | n1=10.0.0.1                 | case does not matter in host names
          n1       | n1.a n2.a         | e=10.0.0.1 | n1.a=10.0.0.1               | short forms are compared
          n1.x     | n1.a n2.a         | e=10.0.0.1 | n1.a=10.0.0.1               | also those of another domain
          n1       | n1.a n1.b         | e=10.0.0.1 | n1.a=10.0.0.1 n1.b=10.0.0.2 | short forms alike: addresses tell
          other    | n1 n2             | e=10.0.0.1 | n1=10.0.0.1 n2=10.0.0.2     | the address is that of the name
          other    | 10.0.0.1 10.0.0.2 | e=10.0.0.1 | 10.0.0.1=10.0.0.1           | node names may be addresses
          10.0.0.9 | n1 10             | e=10.0.0.1 | n1=10.0.0.1 10=10.0.0.9     | an address has no domain
          n1       | n1 n2             | e=10.0.0.1 | n1=127.0.1.1,10.0.0.1       | loopback is passed over
          n1       | n1 n2             | e=fd00::1  | n1=fd00::1                  | IPv6 does as well
        """)
    void aNodeIsFound(String uname, String nodes, String interfaces, String names, String because) {
        Answer answer = find(uname, nodes, interfaces, names, Wish.NONE);
        assertThat(answer).as(because).isInstanceOf(Answer.Found.class);
        Answer.Found found = (Answer.Found) answer;
        assertThat(found.node().name()).isIn("n1", "n1.a", "10.0.0.1");
        assertThat(found.address().getHostAddress()).isIn("10.0.0.1", "fd00:0:0:0:0:0:0:1");
        assertThat(found.networkInterface()).contains("e");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"am1, bond0=192.168.100.21 bond1=192.168.110.21, amcluster1",
                "am2, bond0=192.168.100.22 bond1=192.168.110.22, amcluster2"})
    void hostsCalledOtherwiseThanTheirClusterInterfaceFindThemselves(String uname, String interfaces, String node) {
        Answer answer = find(uname, "amcluster1 amcluster2", interfaces, AMHA, Wish.NONE);
        assertThat(((Answer.Found) answer).line()).isEqualTo("this node is " + node + " at 192.168.110.2"
                + node.charAt(9) + " on bond1: its name resolves to an address of this host, " + uname);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        # uname -n | nodes    | interfaces    | names                       | refused
          other    | n1 n2    | eth0=10.0.0.9 | n1=10.0.0.1                 | Cannot find node name in cluster.conf: \
        neither other nor any address of this host (10.0.0.9) is that of n1, n2; add a clusternode for this host, or \
        make one of these names resolve to an address of it
          n1       | n1 n2    | lo=127.0.1.1 eth0=10.0.0.1 | n1=127.0.1.1   | node name n1 resolves to the loopback \
        address 127.0.1.1; correct /etc/hosts: it must be the address by which other nodes reach this one
          other    | n1 n2    | lo=127.0.0.1  | n1=127.0.0.1                | Cannot find node name in cluster.conf: \
        neither other nor any address of this host () is that of n1, n2; add a clusternode for this host, or make \
        one of these names resolve to an address of it
          n1       | n1 n2    | eth0=10.0.0.1 | n2=10.0.0.2                 | node name n1 does not resolve; add it \
        to /etc/hosts of every node
          n1       | n1 n2    | eth0=10.0.0.2 | n1=10.0.0.1 n2=10.0.0.2     | node name n1 resolves to 10.0.0.1, \
        which is no address of this host (10.0.0.2); correct /etc/hosts or DNS, or bring the interface up
          other    | n1 n2    | eth0=10.0.0.1 eth1=10.0.0.2 | n1=10.0.0.1 n2=10.0.0.2 | Cannot tell which node this \
        is: n1, n2 all resolve to addresses of this host; correct /etc/hosts or DNS, or give the node's name
        """)
    void itIsRefusedInOneLine(String uname, String nodes, String interfaces, String names, String refused) {
        Answer answer = find(uname, nodes, interfaces, names, Wish.NONE);
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(((Answer.Refused) answer).line()).isEqualTo(refused);
    }

    @Test
    void whatIsAskedForIsTaken() {
        Wish loopback = new Wish(Optional.of("n2"), Optional.of(InetAddress.ofLiteral("127.0.0.2")));
        assertThat(((Answer.Found) find("n1", "n1 n2", "lo=127.0.0.1", "", loopback)).line())
                .isEqualTo("this node is n2 at 127.0.0.2: the name was given");
        assertThat(((Answer.Refused) find("n1", "n1 n2", "lo=127.0.0.1", "",
                new Wish(Optional.of("n3"), Optional.empty()))).line())
                .isEqualTo("Cannot find node name n3 in cluster.conf; it has n1, n2");
    }

    @Test
    void thisMachineKnowsItself() throws Exception {
        LocalHost host = LocalHost.ofSystem();
        assertThat(host.name()).isNotBlank();
        assertThat(host.addresses()).anyMatch(address -> address.address().isLoopbackAddress());
        assertThat(host.resolver().addresses("127.0.0.7")).containsExactly(InetAddress.ofLiteral("127.0.0.7"));
        assertThat(host.resolver().addresses("no such name")).isEmpty();
    }

    private static Answer find(String uname, String nodes, String interfaces, String names, Wish wish) {
        List<NodeConfig> configs = Arrays.stream(nodes.split(" ")).map(name -> new NodeConfig(name, 1, 1, 1,
                Optional.empty(), Optional.empty(), List.of(), List.of())).toList();
        List<LocalHost.Address> addresses = Arrays.stream(interfaces.split(" ")).map(each -> each.split("="))
                .map(each -> new LocalHost.Address(each[0], InetAddress.ofLiteral(each[1]))).toList();
        LocalHost.Resolver resolver = name -> Arrays.stream((names == null ? "" : names).split(" "))
                .map(each -> each.split("=")).filter(each -> each[0].equals(name))
                .flatMap(each -> Arrays.stream(each[1].split(","))).map(InetAddress::ofLiteral).toList();
        return LocalNode.find(configs, new LocalHost(uname, addresses, resolver), wish);
    }
}
