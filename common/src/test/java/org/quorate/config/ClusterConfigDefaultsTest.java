package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every default of the configuration, so that none changes unnoticed. */
class ClusterConfigDefaultsTest {
    private final ClusterConfig config = read(2, "");

    @Test
    void theClusterIsDisplayedByItsName() {
        assertThat(config.name()).isEqualTo("cluster1");
        assertThat(config.alias()).isEqualTo("cluster1");
        assertThat(config.hasQuorumDisk()).isFalse();
        assertThat(config.fenceDevices()).isEmpty();
    }

    @Test
    void cmanHasItsDefaults() {
        MulticastConfig ring = new MulticastConfig(Optional.empty(), 5405, 1);
        assertThat(config.cman()).isEqualTo(new CmanConfig(2, false, Transport.UDP, ring, ring, new ClusterId(26777),
                Optional.empty(), Duration.ofMillis(10000), Duration.ofMillis(5000), Duration.ofMillis(1000),
                Duration.ZERO, 128, false, false, 0, false));
    }

    @Test
    void inTwoNodeModeOneVoteIsExpected() {
        assertThat(read(2, "<cman two_node='1'/>").cman().expectedVotes()).isEqualTo(1);
        assertThat(read(5, "<cman/>").cman().expectedVotes()).isEqualTo(5);
    }

    @Test
    void theQuorumDeviceIsPolledForOneTokenTimeout() {
        assertThat(read(2, "<totem token='30000'/>").cman().quorumDevPoll()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void totemHasItsDefaults() {
        assertThat(config.totem()).isEqualTo(new TotemConfig(Duration.ofMillis(10000), false, Duration.ofMillis(60),
                Duration.ofMillis(2000), 2500, 20, 30, 5, 1500, 50, 17, RrpMode.NONE, 3, 30, Duration.ofMillis(2000),
                Duration.ofMillis(1000), true, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"2, 10000, 2000", "2, 5000, 1000", "2, 300, 200", "1, 300, 200", "3, 300, 2300", "3, 10000, 12000"})
    void consensusFollowsFromTokenAndNodes(int nodes, int token, int consensus) {
        assertThat(read(nodes, "<totem token='" + token + "'/>").totem().consensus())
                .isEqualTo(Duration.ofMillis(consensus));
    }

    @Test
    void aNodeHasOneVote() {
        assertThat(config.node("n1")).contains(new NodeConfig("n1", 1, 1, 1, Optional.empty(), Optional.empty(),
                List.of(), List.of()));
        assertThat(config.node(2)).map(NodeConfig::name).contains("n2");
        assertThat(config.node(0)).isEmpty();
    }

    @Test
    void fencingHasItsDefaults() {
        assertThat(config.fence()).isEqualTo(new FenceConfig(Duration.ofSeconds(6), Duration.ZERO, false, false,
                "/var/run/cluster/fenced_override", Duration.ofSeconds(3), Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
    }

    @Test
    void theLockManagerHasItsDefaults() {
        assertThat(config.dlm()).isEqualTo(new DlmConfig(DlmConfig.Protocol.DETECT, Duration.ofSeconds(5), false, true,
                false, false, true, true, false, 0, Duration.ofSeconds(10), 10, Duration.ofSeconds(10), List.of()));
    }

    @Test
    void loggingHasItsDefaults() {
        assertThat(config.logging().of("fenced")).isEqualTo(new LogSettings(true, true, "daemon", LogPriority.INFO,
                LogPriority.INFO, "/var/log/cluster/fenced.log", false));
    }

    @Test
    void theResourceManagerHasItsDefaults() {
        assertThat(config.rm()).isEqualTo(new RmConfig(Duration.ofSeconds(10), 5, Duration.ofSeconds(5), false, false,
                false, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cluster1,   26777, 239.192.104.2,   239.192.104.3,   53623, 239.192.209.73",
        "an-cluster, 31412, 239.192.122.47,  239.192.122.48,  39317, 239.192.153.47",
        "alpha,      3169,  239.192.12.109,  239.192.12.110,  12320, 239.192.48.80",
        "mycluster,  56756, 239.192.221.146, 239.192.221.147, 65461, 239.192.255.181",
        "a,          97,    239.192.0.97,    239.192.0.98,    52512, 239.192.205.237"})
    void numberAndAddressesFollowFromTheName(String name, int id, String ring0, String ring1, int hashed, String then) {
        InetAddress ipv4 = InetAddress.ofLiteral("10.0.0.1");
        CmanConfig plain = read(name, 2, "").cman();
        assertThat(plain.clusterId().value()).isEqualTo(id);
        assertThat(plain.groupAddress(ipv4).getHostAddress()).isEqualTo(ring0);
        assertThat(plain.altGroupAddress(ipv4).getHostAddress()).isEqualTo(ring1);
        assertThat(plain.groupAddress(InetAddress.ofLiteral("fd00::1")))
                .isEqualTo(InetAddress.ofLiteral("ff15::" + Integer.toHexString(id)));
        CmanConfig hash = read(name, 2, "<cman hash_cluster_id='yes'/>").cman();
        assertThat(hash.clusterId().value()).isEqualTo(hashed);
        assertThat(hash.groupAddress(ipv4).getHostAddress()).isEqualTo(then);
        assertThat(read(name, 2, "<cman hash_cluster_id='yes' upgrading='yes'/>").cman().clusterId().value())
                .isEqualTo(id);
    }

    static ClusterConfig read(int nodes, String sections) {
        return read("cluster1", nodes, sections);
    }

    private static ClusterConfig read(String name, int nodes, String sections) {
        StringBuilder text = new StringBuilder("<cluster name='" + name + "' config_version='1'>" + sections
                + "<clusternodes>");
        for (int id = 1; id <= nodes; id++) {
            text.append("<clusternode name='n").append(id).append("' nodeid='").append(id).append("'/>");
        }
        ClusterReading reading = ClusterConfig.read((text + "</clusternodes></cluster>").getBytes(UTF_8));
        assertThat(reading.errors()).isEmpty();
        return reading.config().orElseThrow();
    }
}
