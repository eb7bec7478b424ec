package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.fence.FenceReply;
import org.quorate.api.fence.FenceRequest;
import org.quorate.system.Paths;
import org.quorate.tools.fence.Patience;
import org.quorate.wire.Refused;

/** What a person or a script sees, against daemons that answer as told. */
class FenceToolTest {
    private static final Refused OUTSIDE =
            new Refused("ENOENT", "this node is not in the fence domain", "run: fence_tool join");

    @TempDir
    private Path root;
    private Paths paths;
    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();

    @BeforeEach
    void prepare() {
        paths = new Paths(root);
    }

    private int run(String... arguments) {
        out.turn();
        err.turn();
        return new FenceTool(paths, out, err,
                new Patience(Duration.ofMillis(1), 100_000)).run(List.of(arguments));
    }

    private static FenceReply.Domain domain(String state) {
        return new FenceReply.Domain(List.of(1, 2), 1, 3, 1, state, List.of(
                new FenceReply.Node(1, true, false, 0, "none", 0),
                new FenceReply.Node(2, true, false, 1, "agent", 1000),
                new FenceReply.Node(3, false, true, 0, "none", 0)));
    }

    @Test
    void theDomainIsShown() throws IOException {
        try (var fenced = new FakeFenced(paths, domain("fencing"))) {
            assertThat(run("ls")).isZero();
            assertThat(out.text()).isEqualTo("fence domain\nmember count  2\nvictim count  1\nvictim now    3\n"
                    + "master nodeid 1\nwait state    fencing\nmembers       1 2 \n\n");
            assertThat(run("-n", "ls")).isZero();
            assertThat(out.text()).endsWith("members       1 2 \nall nodes\n"
                    + "nodeid 1 member 1 victim 0 last fence master 0 how none\n"
                    + "nodeid 2 member 1 victim 0 last fence master 1 how agent\n"
                    + "nodeid 3 member 0 victim 1 last fence master 0 how none\n\n");
            assertThat(fenced.asked()).hasSize(2);
        }
    }

    @Test
    void withoutFencedThereIsNothingToShow() {
        assertThat(run("ls")).isEqualTo(1);
        assertThat(out.text() + err.text()).isEmpty();
    }

    @Test
    void outsideOfTheDomainThereIsNothingToShow() throws IOException {
        try (var fenced = new FakeFenced(paths, OUTSIDE)) {
            assertThat(run("ls")).isEqualTo(1);
            assertThat(out.text()).isEmpty();
            assertThat(err.text()).contains("run: fence_tool join");
            assertThat(fenced.asked()).hasSize(1);
        }
    }

    @Test
    void joiningWaitsUntilItIsSo() throws IOException {
        try (var cmand = new FakeCmand(paths, true);
                var fenced = new FakeFenced(paths, new FenceReply.Done(), OUTSIDE, domain("messages"),
                        domain("none"))) {
            assertThat(run("join", "-w", "-t", "300")).isZero();
            assertThat(out.text()).isEmpty();
            assertThat(err.text()).isEqualTo("fence_tool: waiting for fenced to join the fence group.\n");
            assertThat(fenced.asked()).hasSize(4).startsWith(new FenceRequest.Join());
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void joiningWithoutWaitingIsSilent() throws IOException {
        try (var cmand = new FakeCmand(paths, false); var fenced = new FakeFenced(paths, new FenceReply.Done())) {
            assertThat(run("join")).isZero();
            assertThat(run("join", "-w0")).isZero();
            assertThat(out.text() + err.text()).isEmpty();
            assertThat(fenced.asked()).containsExactly(new FenceRequest.Join(), new FenceRequest.Join());
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void timeLimitsAreToldAndGoneBeyond() throws IOException {
        try (var cmand = new FakeCmand(paths, false);
                var fenced = new FakeFenced(paths, new FenceReply.Done(), domain("quorum"))) {
            assertThat(run("join", "-q", "1", "-m0", "-w", "1")).isZero();
            assertThat(err.text()).isEqualTo("""
                    fence_tool: delaying for quorum
                    fence_tool: continuing without quorum
                    fence_tool: continuing without all members
                    fence_tool: waiting for fenced to join the fence group.
                    fence_tool: join not complete
                    """);
            assertThat(run("join", "-Q")).isEqualTo(1);
            assertThat(err.text()).isEqualTo("fence_tool: cluster is not quorate\n");
            assertThat(fenced.asked()).contains(new FenceRequest.Join());
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void whatIsMissingIsTold() throws IOException {
        assertThat(run("join")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_tool: can't connect to cman\n");
        assertThat(run("leave")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_tool: leave: can't communicate with fenced\n");
        try (var cmand = new FakeCmand(paths, true)) {
            assertThat(run("join")).isEqualTo(1);
            assertThat(err.text()).isEqualTo("fence_tool: fenced not running, no lockfile\n");
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void leavingIsRefusedWhileSomethingDependsOnIt() throws IOException {
        try (var fenced = new FakeFenced(paths, new Refused("EBUSY", "found dlm lockspace rgmanager", "stop it"))) {
            assertThat(run("leave")).isEqualTo(1);
            assertThat(err.text()).isEqualTo(
                    "found dlm lockspace rgmanager\nfence_tool: cannot leave due to active systems\n");
            assertThat(fenced.asked()).hasSize(1);
        }
    }

    @Test
    void leavingWaitsUntilItIsSo() throws IOException {
        try (var fenced = new FakeFenced(paths, new FenceReply.Done(), domain("none"), OUTSIDE)) {
            assertThat(run("leave", "-w", "-t", "30")).isZero();
            assertThat(fenced.asked()).hasSize(3);
        }
    }

    @Test
    void aWrongCommandLineIsTold() {
        assertThat(run()).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_tool: no operation specified\n\n");
        assertThat(run("jion")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_tool: unknown option jion\n\n");
        assertThat(run("-z", "ls")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_tool: invalid option -- 'z'\nPlease use '-h' for usage.\n");
        assertThat(run("join", "-q")).isEqualTo(1);
        assertThat(err.text()).startsWith("fence_tool: option requires an argument -- 'q'\n");
        assertThat(run("-V")).isZero();
        assertThat(run("-h")).isZero();
    }
}
