package org.quorate.rgmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.daemon.Context;
import org.quorate.rgmanager.agent.AgentRuns;
import org.quorate.system.Paths;
import org.slf4j.LoggerFactory;

/** How services are watched by the whole daemon: slow checks, checks that hang, and what agents say. */
class WatchingTest {
    private static final Logger AGENTS = (Logger) LoggerFactory.getLogger(AgentRuns.class);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SERVICE = """
            #!/bin/sh
            PATH=/bin:/usr/bin
            cat <<END
            <resource-agent name="service"><parameters><parameter name="name" primary="1" unique="1"/></parameters>
            <actions><action name="start" timeout="5"/><action name="stop" timeout="5"/></actions></resource-agent>
            END
            """;
    private static final String APP = """
            #!/bin/sh
            PATH=/bin:/usr/bin
            here=ROOT/$OCF_RESKEY_name
            case "$1" in
            meta-data) cat <<END
            <resource-agent name="app"><parameters><parameter name="name" primary="1" unique="1"/></parameters>
            <actions><action name="start" timeout="5"/><action name="stop" timeout="5"/>
            <action name="status" timeout="5" interval="1"/></actions></resource-agent>
            END
            ;;
            start) touch $here.runs; ;;
            stop) rm -f $here.runs $here.hang ;;
            status) echo "hello from $OCF_RESKEY_name"; echo "and more" >&2
                echo begin >> $here.checks; echo "+" >> ROOT/checks
                if [ -e $here.hang ]; then
                    # One child in its group, one that has left group and session.
                    sleep 300 & echo $! > $here.child
                    setsid sleep 300 & echo $! > $here.stray
                    wait
                fi
                [ -e ROOT/slow ] && sleep 1.5
                echo end >> $here.checks; echo "-" >> ROOT/checks
                test -e $here.runs ;;
            esac
            """;

    @TempDir
    private Path root;
    private Paths paths;
    private LoneNode node;
    private Closeable daemon;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void install() throws IOException {
        paths = new Paths(root);
        Files.createDirectories(paths.configFolder());
        Files.createDirectories(paths.agentFolder());
        Files.createDirectories(paths.runFolder());
        agent("service.sh", SERVICE);
        agent("app.sh", APP.replace("ROOT", root.toString()));
        node = new LoneNode(paths);
    }

    private void agent(String name, String text) throws IOException {
        var file = Files.writeString(paths.agentFolder().resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void end() throws IOException {
        AGENTS.detachAppender(log);
        AGENTS.setLevel(null);
        AGENTS.setAdditive(true);
        if (daemon != null) {
            daemon.close();
        }
        node.close();
    }

    private void start(String limits, String services) throws Exception {
        Files.writeString(paths.clusterConf(), "<cluster name=\"test\" config_version=\"1\"><clusternodes>"
                + "<clusternode name=\"n1\" nodeid=\"1\"/></clusternodes><rm status_poll_interval=\"1\" " + limits
                + ">" + services + "</rm></cluster>");
        log.start();
        AGENTS.setLevel(Level.INFO);
        AGENTS.setAdditive(false);
        AGENTS.addAppender(log);
        daemon = Rgmanager.start(new Context("rgmanager", paths, List.of("-w"), false));
    }

    private static String service(String name, String inside) {
        return "<service name=\"" + name + "\"><app name=\"" + name + "\">" + inside + "</app></service>";
    }

    private List<String> lines(String file) throws IOException {
        Path path = root.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    @Test
    void slowChecksDoNotPileUp() throws Exception {
        Files.createFile(root.resolve("slow"));
        start("status_child_max=\"2\"", service("a", "") + service("b", "") + service("c", "") + service("d", ""));
        await().atMost(SOON).until(() -> lines("checks").stream().filter("-"::equals).count() >= 6);
        int running = 0;
        int most = 0;
        for (String line : lines("checks")) {
            running += line.equals("+") ? 1 : -1;
            most = Math.max(most, running);
        }
        assertThat(most).isEqualTo(2);
        for (String name : List.of("a", "b", "c", "d")) {
            var checks = lines(name + ".checks");
            for (int i = 1; i < checks.size(); i++) {
                assertThat(checks.get(i)).as("one check of a service at a time").isNotEqualTo(checks.get(i - 1));
            }
        }
    }

    @Test
    void aCheckThatHangsIsEndedWithItsChildrenAndTheServiceRecovers() throws Exception {
        start("", service("web", "<action name=\"status\" depth=\"0\" timeout=\"2\"/>"));
        await().atMost(SOON).until(() -> !lines("web.checks").isEmpty());
        Files.createFile(root.resolve("web.hang"));
        await().atMost(SOON).until(() -> Files.exists(root.resolve("web.stray")));
        await().atMost(SOON).until(() -> !Files.exists(root.resolve("web.hang")));
        for (String file : List.of("web.child", "web.stray")) {
            long pid = Long.parseLong(lines(file).getFirst().strip());
            ProcessHandle.of(pid).ifPresent(left -> left.onExit().orTimeout(5, TimeUnit.SECONDS).join());
        }
        await().atMost(SOON).until(() -> Files.exists(root.resolve("web.runs")));
        assertThat(said()).contains("service:web: app:web status takes longer than 2 s: killed");
        assertThat(unburied()).isEmpty();
    }

    @Test
    void whatAnAgentSaysIsLoggedWithServiceAndResource() throws Exception {
        start("", service("web", ""));
        await().atMost(SOON).until(() -> said().containsAll(List.of(
                "service:web: app:web status: hello from web", "service:web: app:web status: and more")));
    }

    private List<String> said() {
        return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Children of this process that have ended and that nobody has waited for. */
    private static List<String> unburied() throws IOException {
        List<String> found = new ArrayList<>();
        String self = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                Path stat = process.resolve("stat");
                if (Files.isReadable(stat)) {
                    String text = Files.readString(stat);
                    String[] words = text.substring(text.lastIndexOf(')') + 2).split(" ");
                    if (words[0].equals("Z") && words[1].equals(self)) {
                        found.add(text);
                    }
                }
            }
        }
        return found;
    }
}
