package org.quorate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every attribute with a value that is not its default, and a file of RHEL 5 as administrators wrote it. */
class ClusterConfigTest {
    private static final List<Setting> PDU = List.of(new Setting("ipaddr", "10.0.0.1"),
            new Setting("passwd", "secret"), new Setting("agent", "fence_apc"), new Setting("port", "99"));

    private final ClusterConfig full = read("everything.conf").config().orElseThrow();

    @Test
    void theClusterIsRead() {
        assertThat(full.name()).isEqualTo("full");
        assertThat(full.alias()).isEqualTo("All of it");
        assertThat(full.version()).isEqualTo(42);
        assertThat(full.root().child("ours").orElseThrow().attribute("mine")).contains("kept");
    }

    @Test
    void cmanIsRead() {
        assertThat(full.cman()).isEqualTo(new CmanConfig(6, false, Transport.UDP,
                new MulticastConfig(address("239.1.2.3"), 5407, 2), new MulticastConfig(address("239.1.2.4"), 5411, 3),
                new ClusterId(77), Optional.of("/etc/cluster/key"), Duration.ofSeconds(20), Duration.ofSeconds(6),
                Duration.ofSeconds(2), Duration.ofSeconds(10), 64, true, true, 3, true));
    }

    @Test
    void totemIsRead() {
        assertThat(full.totem()).isEqualTo(new TotemConfig(Duration.ofSeconds(20), true, Duration.ofMillis(70),
                Duration.ofMillis(5000), 2501, 21, 31, 6, 9000, 51, 18, RrpMode.ACTIVE, 4, 41, Duration.ofMillis(2001),
                Duration.ofMillis(1001), false, Optional.of("/key")));
    }

    @Test
    void nodesAreReadWithTheirWaysToBeFenced() {
        FenceDevice first = device("1", "off");
        FenceDevice second = device("2", "off");
        FenceDevice last = new FenceDevice("pdu", "fence_apc", List.of(new Setting("port", "1")), PDU);
        assertThat(full.nodes().getFirst()).isEqualTo(new NodeConfig("n1", 7, 2, 3,
                Optional.of(new AltName("n1-alt", OptionalInt.of(5413), address("239.1.2.5"), OptionalInt.of(4))),
                Optional.of(new NodeMulticast(address("239.1.2.3"), Optional.of("bond0"))),
                List.of(new FenceMethod("power", List.of(first, second)), new FenceMethod("last", List.of(last))),
                List.of(device("1", "on"))));
        assertThat(full.nodes()).extracting(NodeConfig::name).containsExactly("n1", "n2");
        assertThat(full.fenceDevices()).containsExactly(new FenceDeviceConfig("pdu", "fence_apc", PDU));
    }

    @Test
    void theSharedDeviceWinsAndPasswordsAreNotPrinted() {
        FenceDevice device = device("1", "off");
        assertThat(device.setting("port")).contains("99");
        assertThat(device.setting("action")).contains("off");
        assertThat(device.setting("none")).isEmpty();
        assertThat(full.toString()).contains("[ipaddr=10.0.0.1, passwd=..., agent=fence_apc, port=99]")
                .doesNotContain("secret");
    }

    @Test
    void fencingIsRead() {
        assertThat(full.fence()).isEqualTo(new FenceConfig(Duration.ofSeconds(3), Duration.ofSeconds(4), true, true,
                "/run/o", Duration.ofSeconds(7), Duration.ofSeconds(8), Duration.ofSeconds(9)));
    }

    @Test
    void theLockManagerIsReadAlsoWhereRhel5HadItsSettings() {
        assertThat(full.dlm()).isEqualTo(new DlmConfig(DlmConfig.Protocol.SCTP, Duration.ofSeconds(6), true, false,
                true, true, false, false, true, 100, Duration.ofMillis(1), 2, Duration.ofMillis(3),
                List.of(new LockspaceConfig("archive", true, List.of(new LockspaceConfig.Master("n1", 2),
                        new LockspaceConfig.Master("n2", 1))))));
    }

    @Test
    void loggingIsReadAndSingleDaemonsMayDiffer() {
        assertThat(full.logging().of("fenced")).isEqualTo(new LogSettings(false, false, "local4", LogPriority.ERROR,
                LogPriority.DEBUG, "/var/log/all.log", true));
        assertThat(full.logging().of("qdiskd")).isEqualTo(new LogSettings(true, false, "local4", LogPriority.ERROR,
                LogPriority.DEBUG, "/var/log/qdisk.log", false));
        assertThat(full.logging().of("cmand").syslogPriority()).isEqualTo(LogPriority.CRIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <rm log_level="7" log_facility="local3"/>                                             | DEBUG  | local3
            <rm log_level="3"/>                                                                   | ERROR  | daemon
            <rm log_level="9" log_facility="somewhere"/>                                          | INFO   | daemon
            <logging syslog_priority="crit" logfile_priority="crit"/><rm log_level="7"/>          | CRIT   | daemon
            <logging><logging_daemon name="rgmanager" syslog_facility="user"/></logging><rm log_facility="mail"/> \
            | INFO | user
            """)
    void rgmanagerLogsAsRhel5WroteItUnlessLoggingSaysSo(String sections, LogPriority priority, String facility) {
        var said = "<cluster name='c' config_version='1'><clusternodes><clusternode name='a' nodeid='1'/>"
                + "</clusternodes>" + sections + "</cluster>";
        var logging = ClusterConfig.read(said.getBytes(StandardCharsets.UTF_8)).config().orElseThrow().logging();
        assertThat(logging.of("rgmanager").syslogPriority()).isEqualTo(priority);
        assertThat(logging.of("rgmanager").syslogFacility()).isEqualTo(facility);
        assertThat(logging.of("fenced").syslogFacility()).isEqualTo("daemon");
    }

    @Test
    void theResourceManagerIsReadAndItsServicesAreKeptAsWritten() {
        RmConfig rm = full.rm();
        assertThat(rm.statusPollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(rm.statusChildMax()).isEqualTo(6);
        assertThat(rm.transitionThrottling()).isZero();
        assertThat(List.of(rm.centralProcessing(), rm.disabled(), rm.rebootOnPidExhaustion())).containsOnly(true);
        assertThat(rm.element().orElseThrow().child("service").orElseThrow().attribute("name")).contains("web");
        assertThat(rm.failoverDomains().orElseThrow().children()).hasSize(1);
    }

    @Test
    void aFileOfTwoBladesAsItWasWrittenIsAccepted() {
        ClusterReading reading = read("two-blades.conf");
        assertThat(reading.problems()).extracting(Problem::code).containsOnly("legacy");
        ClusterConfig config = reading.toStart().config().orElseThrow();
        assertThat(config.cman().twoNode()).isTrue();
        assertThat(config.cman().expectedVotes()).isEqualTo(1);
        assertThat(config.cman().multicast().address()).isEqualTo(address("225.0.0.1"));
        assertThat(config.node("twcluster2").orElseThrow().multicast().orElseThrow().networkInterface())
                .contains("bond0");
        assertThat(config.node("twcluster2").orElseThrow().methods()).singleElement()
                .satisfies(method -> assertThat(method.devices()).singleElement()
                        .satisfies(device -> assertThat(device.setting("blade")).contains("2")));
        assertThat(config.fence().postJoinDelay()).isEqualTo(Duration.ofSeconds(3));
    }

    private static FenceDevice device(String port, String action) {
        return new FenceDevice("pdu", "fence_apc", List.of(new Setting("port", port), new Setting("action", action)),
                PDU);
    }

    private static Optional<InetAddress> address(String literal) {
        return Optional.of(InetAddress.ofLiteral(literal));
    }

    private static ClusterReading read(String resource) {
        try (InputStream in = ClusterConfigTest.class.getResourceAsStream(resource)) {
            ClusterReading reading = ClusterConfig.read(in.readAllBytes());
            assertThat(reading.errors()).isEmpty();
            return reading;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
