package org.quorate.fenced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.api.fence.FenceClient;
import org.quorate.api.fence.FenceReply;
import org.quorate.daemon.Context;
import org.quorate.daemon.StartFailure;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/** The daemon as it is started, on its real socket, with real agents, against a cmand that does as it is told. */
class FencedTest {
    @TempDir
    private Path root;
    private Paths paths;
    private FakeCmand cmand;
    private Closeable fenced;
    private FenceClient client;

    @BeforeEach
    void prepare() throws IOException {
        paths = new Paths(root);
        Files.createDirectories(paths.configFolder());
        configure(1, "fence_ok");
        agent("fence_ok", "cat > \"$0.told\"; exit 0");
        agent("fence_bad", "echo no power >&2; exit 1");
        agent("fence_slow", "echo $$ > \"$0.pid\"; sleep 300");
        cmand = new FakeCmand(paths);
    }

    private void configure(int version, String agent) throws IOException {
        Files.writeString(paths.clusterConf(), """
                <cluster name="test" config_version="%d">
                  <fence_daemon post_join_delay="0"/>
                  <cman two_node="1" expected_votes="1"/>
                  <clusternodes>
                    <clusternode name="node1" nodeid="1"><fence/></clusternode>
                    <clusternode name="node2" nodeid="2">
                      <fence><method name="1"><device name="dev" blade="2"/></method></fence>
                    </clusternode>
                  </clusternodes>
                  <fencedevices><fencedevice name="dev" agent="%s" ipaddr="10.0.0.1"/></fencedevices>
                </cluster>
                """.formatted(version, agent));
    }

    private void agent(String name, String body) throws IOException {
        var folder = Files.createDirectories(paths.at("usr/share/quorate/fence"));
        var file = Files.writeString(folder.resolve(name), """
                #!/bin/sh
                [ "$1" = -o ] && exec echo '<resource-agent><parameters><parameter name="plug"/></parameters>\
                </resource-agent>'
                """ + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Path trace(String name) {
        return paths.at("usr/share/quorate/fence").resolve(name);
    }

    private void start(String... arguments) throws Exception {
        fenced = Fenced.start(new Context("fenced", paths, List.of(arguments), false));
        client = FenceClient.at(paths.socket("fenced"), "test");
    }

    private void join() throws Exception {
        client.join();
        await().atMost(Duration.ofSeconds(10)).until(this::isInDomain);
    }

    private boolean isInDomain() throws IOException {
        try {
            return client.domain().members().contains(1);
        } catch (RefusedException notYet) {
            return false;
        }
    }

    @AfterEach
    void end() throws IOException {
        if (fenced != null) {
            client.close();
            fenced.close();
        }
        cmand.close();
    }

    private CmanRequest asked() throws InterruptedException {
        return cmand.asked().poll(15, TimeUnit.SECONDS);
    }

    @Test
    void aNodeThatFailsIsCutOffAndReported() throws Exception {
        start();
        join();
        cmand.fail();

        assertThat(asked()).isEqualTo(new CmanRequest.ReportFenced(new NodeId(2), 3, "agent"));
        assertThat(Files.readString(trace("fence_ok.told"))).isEqualTo("plug=2\nnodename=node2\nipaddr=10.0.0.1\n");
        await().atMost(Duration.ofSeconds(10)).until(() -> client.domain().nodes().get(1).how().equals("agent"));
        assertThat(client.domain().victims()).isZero();
    }

    @Test
    void nobodyIsCutOffByOneWhoIsNotInTheDomain() throws Exception {
        start();
        cmand.fail();
        assertThatThrownBy(() -> client.domain()).isInstanceOf(RefusedException.class);
        client.join();

        assertThat(asked()).isEqualTo(new CmanRequest.ReportFenced(new NodeId(2), 2 + 1, "agent"));
    }

    @Test
    void afterACrashInTheDomainItJoinsByItselfAndAfterAnEndItDoesNot() throws Exception {
        var mark = paths.runFolder().resolve("fenced.joined");
        Files.createDirectories(paths.runFolder());
        Files.writeString(mark, "another boot");
        start();
        assertThat(isInDomain()).isFalse();
        fenced.close();
        assertThat(mark).doesNotExist();
        Files.copy(Path.of("/proc/sys/kernel/random/boot_id"), mark);
        start();
        await().atMost(Duration.ofSeconds(10)).until(this::isInDomain);
        assertThat(mark).exists();
        fenced.close();
        assertThat(mark).as("after an end in order").doesNotExist();
    }

    @Test
    void aPersonMayVouchWhileTheAgentFailsOrHangs() throws Exception {
        configure(1, "fence_slow");
        start();
        join();
        cmand.fail();
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(trace("fence_slow.pid")));
        await().atMost(Duration.ofSeconds(10)).until(() -> client.domain().victimNow() == 2);

        client.acknowledge("NODE2", "root");

        assertThat(asked()).isEqualTo(new CmanRequest.ReportFenced(new NodeId(2), 3, "override"));
        long pid = Long.parseLong(Files.readString(trace("fence_slow.pid")).strip());
        await().atMost(Duration.ofSeconds(10)).until(() -> ProcessHandle.of(pid).isEmpty());
        assertThatThrownBy(() -> client.acknowledge("node2", "root")).isInstanceOf(RefusedException.class)
                .hasMessageContaining("does not have to be fenced");
    }

    @Test
    void aNewConfigurationIsUsedByTheNextAttempt() throws Exception {
        configure(1, "fence_bad");
        start("-R", "3");
        join();
        cmand.fail();
        await().atMost(Duration.ofSeconds(10)).until(() -> client.domain().victims() == 1);
        configure(2, "fence_ok");
        cmand.tell(new CmanEvent.ConfigurationActive(2));

        assertThat(asked()).isEqualTo(new CmanRequest.ReportFenced(new NodeId(2), 3, "agent"));
    }

    @Test
    void whoFencesByHandHasTheNodeForHimself() throws Exception {
        start();
        join();
        try (var first = FenceClient.at(paths.socket("fenced"), "fence_node");
                var second = FenceClient.at(paths.socket("fenced"), "fence_node")) {
            assertThat(first.beginOperation("node2")).isEqualTo(new FenceReply.Granted());
            var waiting = CompletableFuture.supplyAsync(() -> begin(second));
            cmand.fail();
            await().atMost(Duration.ofSeconds(10)).until(() -> client.domain().victims() == 1);
            assertThat(waiting).isNotDone();

            first.endOperation(true);

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(FenceReply.AlreadyFenced.class);
            assertThat(asked()).isInstanceOf(CmanRequest.ReportFenced.class)
                    .hasFieldOrPropertyWithValue("how", "external");
        }
    }

    private static FenceReply begin(FenceClient client) {
        try {
            return client.beginOperation("node2");
        } catch (IOException | RefusedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void whoGoesAwayInTheMiddleLeavesTheNodeToOthers() throws Exception {
        start();
        join();
        var first = FenceClient.at(paths.socket("fenced"), "fence_node");
        first.beginOperation("node2");
        first.close();

        assertThat(client.beginOperation("node2")).isEqualTo(new FenceReply.Granted());
        client.endOperation(false);
    }

    @Test
    void theNodeDoesNotLeaveTheClusterFromWithinTheDomain() throws Exception {
        start();
        join();
        client.servicesRunning(1);
        cmand.tell(new CmanEvent.ShutdownAsked(7, false));
        assertThat(asked()).isEqualTo(new CmanRequest.AnswerShutdown(7, false));
        assertThatThrownBy(() -> client.leave()).isInstanceOf(RefusedException.class)
                .hasMessageContaining("found dlm lockspace rgmanager");

        client.servicesRunning(0);
        client.leave();

        await().atMost(Duration.ofSeconds(10)).until(() -> !isInDomain());
        cmand.tell(new CmanEvent.ShutdownAsked(8, false));
        assertThat(asked()).isEqualTo(new CmanRequest.AnswerShutdown(8, true));
    }

    @Test
    void aWrongOptionIsToldInOneLine() {
        assertThatThrownBy(() -> start("-z")).isInstanceOf(StartFailure.class)
                .hasMessage("unknown option -z; try 'fenced -h'");
        assertThatThrownBy(() -> start("-c")).isInstanceOf(StartFailure.class).hasMessageContaining("clean_start");
        assertThatThrownBy(() -> start("-j")).isInstanceOf(StartFailure.class).hasMessageContaining("an argument");
    }

    @Test
    void withoutCmandItSaysWhatToDo() throws Exception {
        cmand.close();
        assertThatThrownBy(() -> start()).isInstanceOf(StartFailure.class).hasMessageContaining("cman_tool join");
    }
}
