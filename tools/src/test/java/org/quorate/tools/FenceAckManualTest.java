package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
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

/** What a person sees who vouches for a node. */
class FenceAckManualTest {
    private static final String QUESTION = """
            About to override fencing for node2.
            Improper use of this command can cause severe file system damage.

            """;

    @TempDir
    private Path root;
    private Paths paths;
    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();

    @BeforeEach
    void prepare() {
        paths = new Paths(root);
    }

    private int run(String input, String... arguments) {
        out.turn();
        err.turn();
        return new FenceAckManual(paths, new BufferedReader(new StringReader(input)), out, err,
                new Patience(Duration.ofMillis(1), 1000)).run(List.of(arguments));
    }

    @Test
    void onlyTheWordItselfContinues() throws IOException {
        try (var fenced = new FakeFenced(paths, new FenceReply.Done())) {
            for (var answer : List.of("yes\n", "ABSOLUTELY\n", "absolutely \n", "\n", "")) {
                assertThat(run(answer, "node2")).isEqualTo(1);
                assertThat(err.text()).isEqualTo("Continue [NO/absolutely]? Aborted.\n");
            }
            assertThat(fenced.asked()).isEmpty();
            assertThat(run("absolutely\n", "-n", "node2")).isZero();
            assertThat(out.text()).isEqualTo(QUESTION + "Done\n");
            assertThat(fenced.asked()).hasSize(1).first().isInstanceOf(FenceRequest.Acknowledge.class)
                    .hasFieldOrPropertyWithValue("node", "node2");
        }
    }

    @Test
    void itWaitsUntilTheClusterWantsToFenceTheNode() throws IOException {
        var notYet = new Refused("not-victim", "node2 does not have to be fenced", "");
        try (var fenced = new FakeFenced(paths, notYet, notYet, new FenceReply.Done())) {
            assertThat(run("", "-O", "node2")).isZero();
            assertThat(out.text()).isEqualTo("Done\n");
            assertThat(err.text()).isEqualTo("fence_ack_manual: waiting: node2 does not have to be fenced\n");
            assertThat(fenced.asked()).hasSize(3);
        }
    }

    @Test
    void whatCannotBeIsTold() throws IOException {
        assertThat(run("", "-O", "node2")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_ack_manual: can't communicate with fenced\n");
        try (var fenced = new FakeFenced(paths, new Refused("unknown-node", "cluster.conf has no node node9", ""))) {
            assertThat(run("", "-O", "node9")).isEqualTo(1);
            assertThat(err.text()).isEqualTo("fence_ack_manual: cluster.conf has no node node9\n");
            assertThat(fenced.asked()).hasSize(1);
        }
    }

    @Test
    void withoutANodeItShowsItsUsage() {
        assertThat(run("")).isEqualTo(1);
        assertThat(out.text()).startsWith("Usage: fence_ack_manual");
        assertThat(run("", "-h")).isEqualTo(1);
        assertThat(run("", "-z")).isEqualTo(1);
        assertThat(run("", "-V")).isZero();
    }
}
