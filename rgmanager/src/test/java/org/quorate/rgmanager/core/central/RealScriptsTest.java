package org.quorate.rgmanager.core.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.Fixture;
import org.quorate.rgmanager.core.ServicesEffect.RunScript;
import org.quorate.rgmanager.core.trigger.EventTrigger.Script;
import org.quorate.rgmanager.script.EventScripts;

/** Scripts as real processes that talk with an event master whose members obey at once. */
class RealScriptsTest {
    private static final Path AGENTS = Path.of("src/main/agents").toAbsolutePath();
    private static final CentralEvent DOWN = new CentralEvent.Node(1, "n1", false);

    private final List<String> trace = new ArrayList<>();
    private final Stage stage = new Stage(Fixture.configuration(3, """
            <service name="a"/><service name="b"/><service name="other"/>"""), trace::add);
    private ScriptCalls calls;
    private EventScripts scripts;
    private int status;

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        if (scripts != null) {
            scripts.close();
        }
    }

    private void run(CentralEvent event, Script script) throws Exception {
        calls = new ScriptCalls(stage, stage.rules, event);
        scripts = new EventScripts(AGENTS, folder.resolve("run"));
        var ended = new CompletableFuture<Integer>();
        scripts.start(new RunScript(7, "test", script, ScriptVariables.of(event, 1)), new EventScripts.Listener() {
            @Override
            public void said(String line) {
                stage.carryOut(calls.call(line));
                scripts.answer(7, stage.answer);
            }

            @Override
            public void ended(int exitCode) {
                ended.complete(exitCode);
            }
        });
        status = ended.get(20, TimeUnit.SECONDS);
    }

    private void set(String service, int owner) {
        var name = ServiceName.parse(service);
        var state = owner == 0 ? ServiceState.STOPPED : ServiceState.STARTED;
        stage.records.put(name, new ServiceRecord(name, owner, 0, state, 0, 1, false, false));
    }

    @Test
    void aScriptIsAnsweredLineByLine() throws Exception {
        stage.online = List.of(2, 3);
        run(DOWN, new Script.Inline("""

                echo nodes_online
                read -r nodes
                echo "notice $node_name is down, $nodes are left"
                read -r _
                echo service_start service:a "${nodes#*,}"
                read -r owner
                echo "debug a is on $owner"
                read -r _
                echo stop_processing
                """));
        assertThat(trace).containsExactly("  says notice: n1 is down, 2,3 are left", "  n3: remote start service:a",
                "  says debug: a is on 3");
        assertThat(status).isZero();
        assertThat(calls.isEnough()).isTrue();
        try (var left = Files.list(folder.resolve("run"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void withTheShellFunctionsItReadsLikeTheOriginalsScripts() throws Exception {
        stage.online = List.of(2, 3);
        set("a", 3);
        set("b", 0);
        run(new CentralEvent.User(ServiceRequest.ENABLE, ServiceName.parse("b"), 0, false), new Script.Inline("""
                #!/bin/sh -u
                . "$OCF_ROOT/event-shellfuncs"
                if [ "$event_type" -eq "$EVENT_USER" ] && [ "$user_request" -eq "$USER_ENABLE" ]; then
                    echo this goes to the log
                    set -- $(service_status service:a)
                    nodes=$(subtract "$(nodes_online)" "$4")
                    service_start "$user_service" "$nodes" || alert "no place"
                    service_start service:nothing "$nodes" || notice "$(rg_error_string)"
                    user_return=$ERR_DOMAIN
                    stop_processing
                fi
                """));
        assertThat(trace).containsExactly("  n2: remote start service:b", "  says notice: Service does not exist");
        assertThat(calls.userReturn()).hasValue(-15);
        assertThat(calls.isEnough()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # online | a | b | master | what is done
          1,2,3  | 0 | 0 | a      | n3: remote start service:a, n2: remote start service:b
          2,3    | 0 | 3 | a      | n3: remote start service:a, n3: user stop service:b, n2: remote start service:b
          2      | 0 | 2 | a      | n2: remote start service:a, n2: user stop service:b
          2      | 0 | 2 | b      | ''
          2      | 2 | 0 | b      | n2: user stop service:a, n2: remote start service:b
          2      | 2 | 0 | a      | ''
          2,3    | 2 | 0 | a      | n3: remote start service:b
          2,3    | 2 | 2 | a      | n2: user stop service:b, n3: remote start service:b
        """)
    void oneServiceFollowsAnother(String online, int a, int b, String master, String done) throws Exception {
        stage.online = Nodes.parse(online);
        set("a", a);
        set("b", b);
        set("other", stage.online.getFirst());
        run(DOWN, new Script.Inline("""
                . "$OCF_ROOT/event-shellfuncs"
                . "$OCF_ROOT/follow-service"
                follow_service service:a service:b service:""" + master));
        assertThat(String.join(",", trace.stream().filter(l -> !l.contains("says")).toList()).strip()
                .replace(",  ", ", ")).isEqualTo(done);
        assertThat(calls.isEnough()).isTrue();
    }

    @Test
    void whatCannotBeRunIsSaidSo() throws Exception {
        run(DOWN, new Script.InFile("not-there"));
        assertThat(status).isEqualTo(126);
        run(DOWN, new Script.InFile("event-shellfuncs"));
        assertThat(status).isEqualTo(126);
        run(DOWN, new Script.Inline("exit 3"));
        assertThat(status).isEqualTo(3);
    }

    @Test
    void aHungScriptIsEndedWithWhatItStarted() throws Exception {
        var pid = folder.resolve("pid");
        var ended = new CompletableFuture<Integer>();
        scripts = new EventScripts(AGENTS, folder.resolve("run"));
        scripts.start(new RunScript(7, "test", new Script.Inline("sleep 600 & echo $! > " + pid + "; wait"),
                ScriptVariables.of(DOWN, 1)), new EventScripts.Listener() {
                    @Override
                    public void said(String line) {
                        throw new AssertionError(line);
                    }

                    @Override
                    public void ended(int exitCode) {
                        ended.complete(exitCode);
                    }
                });
        await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
        scripts.end(7);
        assertThat(ended.get(10, TimeUnit.SECONDS)).isNotZero();
        assertThat(isAlive(pid)).isFalse();
    }

    private static boolean isAlive(Path pid) throws IOException {
        var child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        return child.isPresent() && child.get().isAlive() && child.get().info().command().isPresent();
    }
}
