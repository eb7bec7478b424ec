package org.quorate.rgmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.rgmanager.RgClient;
import org.quorate.api.rgmanager.RgEvent;
import org.quorate.api.rgmanager.RgProtocol;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceChange;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.daemon.Context;
import org.quorate.daemon.StartFailure;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/** The whole daemon in a cluster of one node, with real sockets and real agents. */
class RgmanagerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ServiceName WEB = ServiceName.parse("web");
    private static final String AGENT = """
            #!/bin/sh
            PATH=/bin:/usr/bin
            state=%s/running
            echo "$1" >> %s/calls
            case "$1" in
            meta-data) cat <<END
            <resource-agent name="service"><parameters><parameter name="name" primary="1" required="1" unique="1"/>
            </parameters><actions><action name="start" timeout="5"/><action name="stop" timeout="5"/>
            <action name="status" timeout="5" interval="1"/></actions></resource-agent>
            END
            ;;
            start) touch $state ;;
            stop) rm -f $state ;;
            status) test -e $state ;;
            esac
            """;

    @TempDir
    private Path root;
    private Paths paths;
    private LoneNode node;
    private Closeable daemon;

    @BeforeEach
    void configure() throws IOException {
        paths = new Paths(root);
        Files.createDirectories(paths.configFolder());
        Files.createDirectories(paths.agentFolder());
        Files.createDirectories(paths.runFolder());
        configure(1, "<service name=\"web\"/>");
        var agent = paths.agentFolder().resolve("service.sh");
        Files.writeString(agent, AGENT.formatted(root, root));
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        node = new LoneNode(paths);
    }

    private void configure(int version, String services) throws IOException {
        Files.writeString(paths.clusterConf(), "<cluster name=\"test\" config_version=\"" + version + "\">"
                + "<clusternodes>"
                + "<clusternode name=\"n1\" nodeid=\"1\"/></clusternodes><rm status_poll_interval=\"1\">" + services
                + "</rm></cluster>");
    }

    @AfterEach
    void end() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        node.close();
    }

    private void start() throws StartFailure {
        daemon = Rgmanager.start(new Context("rgmanager", paths, List.of("-w"), false));
    }

    private RgReply ask(RgRequest request) throws IOException, RefusedException {
        try (FrameClient<RgRequest, RgReply, RgEvent> client = FrameClient.local(paths.socket("rgmanager"),
                RgProtocol.LOCAL, Hello.of("test"), Listener.none())) {
            return client.call(request, SOON);
        }
    }

    private ServiceState state() throws IOException, RefusedException {
        var services = (RgReply.Services) ask(new RgRequest.ServicesQuery());
        return services.services().stream().filter(s -> s.name().equals(WEB)).map(ServiceRecord::state).findFirst()
                .orElse(ServiceState.UNINITIALIZED);
    }

    private void awaitState(ServiceState wanted) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(this::state, wanted::equals);
    }

    private boolean runs() {
        return Files.exists(root.resolve("running"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(root.resolve("calls"));
    }

    @Test
    void aServiceIsStartedWatchedAndStopped() throws Exception {
        start();
        awaitState(ServiceState.STARTED);
        assertThat(runs()).isTrue();
        assertThat(node.held()).containsExactly("rg=\"service:web\"");
        assertThat(calls()).containsSubsequence("meta-data", "stop", "start");
        var answer = (RgReply.Ended) ask(new RgRequest.Act(ServiceRequest.DISABLE, WEB, 0, false));
        assertThat(answer.result()).isEqualTo(ServiceResult.SUCCESS);
        assertThat(runs()).isFalse();
        await().atMost(SOON).until(() -> node.held().isEmpty());
    }

    @Test
    void aServiceThatDiedIsStartedAgain() throws Exception {
        start();
        awaitState(ServiceState.STARTED);
        Files.delete(root.resolve("running"));
        await().atMost(SOON).until(this::runs);
        awaitState(ServiceState.STARTED);
        assertThat(calls()).containsSubsequence("start", "status", "stop", "start");
    }

    @Test
    void anOrderlyEndStopsTheService() throws Exception {
        start();
        awaitState(ServiceState.STARTED);
        daemon.close();
        daemon = null;
        assertThat(runs()).isFalse();
        assertThat(node.held()).isEmpty();
    }

    @Test
    void withoutQuorumTheServiceStopsAndWithItItStarts() throws Exception {
        start();
        awaitState(ServiceState.STARTED);
        node.quorate(false);
        await().atMost(SOON).until(() -> !runs() && node.held().isEmpty());
        node.quorate(true);
        await().atMost(SOON).until(this::runs);
        awaitState(ServiceState.STARTED);
    }

    @Test
    void anotherConfigurationStopsWhatWentAndStartsWhatCame() throws Exception {
        start();
        awaitState(ServiceState.STARTED);
        configure(2, "<service name=\"db\"/>");
        node.configurationActive(2);
        await().atMost(SOON).until(() -> node.held().equals(List.of("rg=\"service:db\"")));
        awaitState(ServiceState.UNINITIALIZED);
        configure(3, "<service name=\"db\"/><service name=\"web\"/>");
        node.configurationActive(3);
        awaitState(ServiceState.STARTED);
        assertThat(calls().stream().filter("start"::equals)).hasSize(3);
    }

    @Test
    void whatAConfigurationWouldDoIsToldAndNotDone() throws Exception {
        start();
        awaitState(ServiceState.STARTED);
        byte[] present = Files.readAllBytes(paths.clusterConf());
        configure(2, "<service name=\"db\"/>");
        byte[] other = Files.readAllBytes(paths.clusterConf());
        try (var rgmanager = RgClient.connect(paths, "test")) {
            assertThat(rgmanager.effectOf(other).services()).flatExtracting(c -> c.lines(id -> "n" + id))
                    .containsExactly("service:web on n1 stops and is gone: it is not in the new configuration",
                            "service:db is new: it starts where its rules let it");
            assertThat(rgmanager.effectOf(present).services()).extracting(ServiceChange::kind)
                    .containsExactly(ServiceChange.Kind.UNTOUCHED);
            assertThatThrownBy(() -> rgmanager.effectOf("<cluster/>".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(RefusedException.class).hasMessageContaining("cluster.conf:1:");
        }
        assertThat(state()).isEqualTo(ServiceState.STARTED);
        assertThat(calls().stream().filter("start"::equals)).hasSize(1);
    }

    @Test
    void signalsMakeItReadItsConfigurationAndWriteDownWhatItKnows() throws Exception {
        assumeFalse(isHangupIgnored(), "started by nohup or the like, a JVM never hears SIGHUP");
        start();
        awaitState(ServiceState.STARTED);
        configure(2, "<service name=\"web\"/><service name=\"db\"/>");
        signal("HUP");
        await().atMost(SOON).until(() -> node.held().contains("rg=\"service:db\""));
        signal("USR1");
        var dump = paths.stateFolder().resolve("rgmanager-dump");
        await().atMost(SOON).until(() -> Files.exists(dump));
        assertThat(Files.readString(dump)).contains("Configuration version: 2", "service:web: ",
                "Resource Rules for \"service\"", "=== Resource Tree ===\nservice {\n  name = \"web\";\n}\n");
    }

    @Test
    void clulogLearnsHowItLogsAndForgetsItAtTheEnd() throws Exception {
        Files.writeString(paths.clusterConf(), Files.readString(paths.clusterConf()).replace("<rm",
                "<logging to_syslog=\"no\" logfile_priority=\"err\"/><rm"));
        start();
        var sheet = paths.runFolder().resolve("rgmanager.logging");
        assertThat(sheet).content().isEqualTo("facility=daemon\nsyslog=-1\nfile=" + root
                + "/var/log/cluster/rgmanager.log\nfile_severity=3\n");
        daemon.close();
        assertThat(sheet).doesNotExist();
    }

    private static boolean isHangupIgnored() throws IOException {
        try (var status = Files.lines(Path.of("/proc/self/status"))) {
            String ignored = status.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
            return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & 1) != 0;
        }
    }

    private static void signal(String name) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void whatRunsByAnOlderConfigurationIsStoppedByIt() throws Exception {
        Files.createFile(root.resolve("running"));
        new RunningFile(paths.runFolder().resolve("rgmanager.state")).write(new RunningFile.Content(
                List.of(new Versioned(new ServiceRecord(WEB, 1, 0, ServiceState.STARTED, 0, 1, false, false), 5, 0)),
                Files.readAllBytes(paths.clusterConf())));
        node.hold("rg=\"service:web\"");
        configure(2, "<service name=\"db\"/>");
        start();
        await().atMost(SOON).until(() -> node.held().equals(List.of("rg=\"service:db\"")));
        await().atMost(SOON).untilAsserted(() -> assertThat(calls()).containsSubsequence("stop", "start"));
    }

    @Test
    void whatCameIntoForceBeforeItListenedIsTakenIntoUse() throws Exception {
        node.beforeSubscription(() -> {
            try {
                configure(2, "<service name=\"db\"/>");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        start();
        await().atMost(SOON).until(() -> node.held().equals(List.of("rg=\"service:db\"")));
    }

    @Test
    void aNewManagerGoesOnWithWhatRuns() throws Exception {
        Files.createFile(root.resolve("running"));
        var file = new RunningFile(paths.runFolder().resolve("rgmanager.state"));
        file.write(new RunningFile.Content(List.of(new Versioned(
                new ServiceRecord(WEB, 1, 0, ServiceState.STARTED, 0, 1, false, false), 5, 0)),
                Files.readAllBytes(paths.clusterConf())));
        node.hold("rg=\"service:web\"");
        start();
        awaitState(ServiceState.STARTED);
        await().atMost(SOON).until(() -> calls().contains("status"));
        assertThat(calls()).doesNotContain("stop", "start");
        assertThat(runs()).isTrue();
    }
}
