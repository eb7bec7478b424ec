package org.quorate.rgmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.rgmanager.RgEvent;
import org.quorate.api.rgmanager.RgProtocol;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.daemon.Context;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/** The whole daemon as event master of a cluster of one node, with real agents and real scripts. */
class EventScriptsInTheDaemonTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ServiceName WEB = ServiceName.parse("web");
    private static final ServiceName DB = ServiceName.parse("db");
    private static final String AGENT = """
            #!/bin/sh
            PATH=/bin:/usr/bin
            state=%s/$OCF_RESKEY_name
            case "$1" in
            meta-data) cat <<END
            <resource-agent name="service"><parameters><parameter name="name" primary="1" required="1" unique="1"/>
            <parameter name="recovery"/>
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
    void install() throws IOException {
        paths = new Paths(root);
        Files.createDirectories(paths.configFolder());
        Files.createDirectories(paths.agentFolder());
        Files.createDirectories(paths.runFolder());
        program("service.sh", AGENT.formatted(root));
        Files.copy(Path.of("src/main/agents/event-shellfuncs"), paths.agentFolder().resolve("event-shellfuncs"));
        node = new LoneNode(paths);
    }

    private void program(String name, String text) throws IOException {
        var file = paths.agentFolder().resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void start(String events) throws Exception {
        Files.writeString(paths.clusterConf(), "<cluster name=\"test\" config_version=\"1\"><clusternodes>"
                + "<clusternode name=\"n1\" nodeid=\"1\"/></clusternodes>"
                + "<rm status_poll_interval=\"1\" central_processing=\"1\"><service name=\"web\"/>"
                + "<service name=\"db\"/><events>" + events + "</events></rm></cluster>");
        daemon = Rgmanager.start(new Context("rgmanager", paths, List.of("-w"), false));
    }

    @AfterEach
    void end() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        node.close();
    }

    private RgReply ask(RgRequest request) throws IOException, RefusedException {
        try (FrameClient<RgRequest, RgReply, RgEvent> client = FrameClient.local(paths.socket("rgmanager"),
                RgProtocol.LOCAL, Hello.of("test"), Listener.none())) {
            return client.call(request, SOON);
        }
    }

    private RgReply.Ended act(ServiceRequest request, ServiceName service) throws IOException, RefusedException {
        return (RgReply.Ended) ask(new RgRequest.Act(request, service, 0, false));
    }

    private Map<ServiceName, ServiceState> states() throws IOException, RefusedException {
        return ((RgReply.Services) ask(new RgRequest.ServicesQuery())).services().stream()
                .collect(Collectors.toMap(ServiceRecord::name, ServiceRecord::state));
    }

    private void awaitStates(ServiceState web, ServiceState db) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(20))
                .until(this::states, Map.of(WEB, web, DB, db)::equals);
    }

    @Test
    void theBuiltInRulesStartWatchAndObey() throws Exception {
        start("");
        awaitStates(ServiceState.STARTED, ServiceState.STARTED);
        assertThat(ask(new RgRequest.ManagersQuery())).isEqualTo(new RgReply.Managers(List.of(1), 1));
        assertThat(node.held()).containsExactly("rg=\"service:db\"", "rg=\"service:web\"");
        Files.delete(root.resolve("web"));
        await().atMost(SOON).until(() -> Files.exists(root.resolve("web")));
        awaitStates(ServiceState.STARTED, ServiceState.STARTED);
        assertThat(act(ServiceRequest.DISABLE, DB).result()).isEqualTo(ServiceResult.SUCCESS);
        awaitStates(ServiceState.STARTED, ServiceState.DISABLED);
        assertThat(Files.exists(root.resolve("db"))).isFalse();
        assertThat(act(ServiceRequest.RELOCATE, DB).result()).isEqualTo(ServiceResult.INVALID);
        var enabled = act(ServiceRequest.ENABLE, DB);
        assertThat(enabled.result()).isEqualTo(ServiceResult.SUCCESS);
        assertThat(enabled.owner()).isEqualTo(1);
    }

    @Test
    void aScriptDecidesWhatIsStartedAndWhatUsersGet() throws Exception {
        program("place", """
                #!/bin/sh
                . "$OCF_ROOT/event-shellfuncs"
                case $event_type in
                "$EVENT_NODE")
                    notice "$node_name is there; starting db alone"
                    service_start service:db "$(nodes_online)" && stop_processing
                    ;;
                "$EVENT_USER")
                    if [ "$user_service" = service:web ]; then
                        user_return=$ERR_DEPEND
                        stop_processing
                    fi
                    ;;
                esac
                """);
        start("<event name=\"place\" priority=\"10\" file=\"place\"/>");
        awaitStates(ServiceState.STOPPED, ServiceState.STARTED);
        assertThat(act(ServiceRequest.ENABLE, WEB).result()).isEqualTo(ServiceResult.DEPENDENCY);
        assertThat(act(ServiceRequest.STOP_USER, DB).result()).isEqualTo(ServiceResult.SUCCESS);
        awaitStates(ServiceState.STOPPED, ServiceState.STOPPED);
    }

    @Test
    void aScriptThatHangsOrFailsIsPassedOver() throws Exception {
        start("""
                <event name="hangs" priority="1" class="node" timeout="1">sleep 600; echo stop_processing</event>
                <event name="fails" priority="2" class="node">exit 1</event>
                <event name="is not there" priority="3" class="node" file="/does/not/exist"/>
                <event name="old" priority="4" class="node" file="/usr/share/cluster/follow-service.sl"/>
                """);
        awaitStates(ServiceState.STARTED, ServiceState.STARTED);
        assertThat(ProcessHandle.current().descendants().filter(p -> p.info().commandLine().orElse("")
                .contains("sleep 600"))).isEmpty();
    }
}
