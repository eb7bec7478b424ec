package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.core.tree.Step.OperationEnded;
import org.quorate.time.Moment;

/**
 * Courses of events: what stands below {@code rm}, a line of dashes, then at the margin what is asked for and indented
 * what must come out.
 *
 * <pre>
 * 10s status service:web       a walk at that moment
 * answer stop disk:d 1         from now on the agent answers so
 * adopt service:web            the service was started by someone before
 * show service:web             states and marks of the tree
 * </pre>
 */
class WalkScenariosTest {
    private static final Map<String, Operation> OPERATIONS = Map.of("start", Operation.START, "stop", Operation.STOP,
            "status", Operation.STATUS, "inquiry", Operation.INQUIRY, "condstart", Operation.CONDITIONAL_START,
            "condstop", Operation.CONDITIONAL_STOP, "convalesce", Operation.CONVALESCE);

    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> trace = new ArrayList<>();
    private ResourceConfiguration configuration;

    @ParameterizedTest
    @ValueSource(strings = {"order", "conditional-order", "start-failure", "stop-failure", "check-depths", "recover",
        "tolerance", "independent", "non-critical", "dispensable", "restart-threshold", "levels", "shared", "adopted",
        "any-resource", "inquiry", "not-installed", "repair-failure"})
    void runs(String name) {
        String text = Agents.resource("walks/" + name + ".txt");
        assertThat(play(text)).isEqualTo(text);
    }

    /** The scenario with what really comes out. */
    String play(String text) {
        int dashes = text.indexOf("\n---\n");
        configuration = Agents.configuration(text.substring(text.indexOf('<'), dashes));
        assertThat(configuration.messages()).isEmpty();
        trace.add(text.substring(0, dashes) + "\n---");
        text.substring(dashes + 5).lines().filter(line -> !line.startsWith(" ")).forEach(this::playLine);
        return String.join("\n", trace) + "\n";
    }

    private void playLine(String line) {
        trace.add(line);
        String[] words = line.split(" ");
        switch (words[0]) {
            case "", "#" -> {}
            case "answer" -> answers.put(words[1] + " " + words[2], Integer.parseInt(words[3]));
            case "adopt" -> configuration.tree().adopt(root(words[1]));
            case "show" -> show(root(words[1]));
            default -> walk(moment(words[0]), OPERATIONS.get(words[1]), words[2]);
        }
    }

    private TreeNode root(String name) {
        return configuration.tree().roots().stream()
                .filter(r -> r.resource().fullName().equals(name)).findFirst().orElseThrow();
    }

    private static Moment moment(String seconds) {
        return Moment.START.plus(Duration.ofSeconds(Long.parseLong(seconds.replace("s", ""))));
    }

    private void walk(Moment now, Operation operation, String name) {
        Resource resource = configuration.resources().all().stream()
                .filter(r -> r.fullName().equals(name)).findFirst().orElseThrow();
        TreeWalk walk = TreeWalk.of(configuration.tree(), operation, resource, CheckSlots.unlimited());
        Step step = walk.next(now);
        while (!(step instanceof Step.Finished(var result))) {
            step = switch (step) {
                case Step.RunAgent run -> {
                    int exitCode = answers.getOrDefault(run.operation() + " " + run.type() + ":" + run.name(), 0);
                    String others = run.environment().get("OCF_RESKEY_RGMANAGER_meta_refcnt");
                    say(run.line() + (run.depth() > 0 ? " depth " + run.depth() : "")
                            + (others.equals("0") ? "" : " others " + others)
                            + (exitCode == 0 ? "" : " -> " + exitCode));
                    yield walk.on(new OperationEnded(run.node(), exitCode), now);
                }
                case Step.Announce(var line) -> {
                    say(line);
                    yield walk.next(now);
                }
                case Step.Complain(var line) -> {
                    say(line);
                    yield walk.next(now);
                }
                case Step.Wait(var what) -> throw new AssertionError("waits for " + what);
                case Step.Finished _ -> throw new AssertionError();
            };
        }
        say("= " + (result.success() ? "success" : "") + (result.failure() ? "failure " : "")
                + (result.recoverable() ? "recoverable " : "") + (result.partial() ? "partial" : ""));
    }

    private void show(TreeNode node) {
        say(node.path() + " " + node.state() + (node.marks().isEmpty() ? "" : " " + node.marks()));
        node.children().forEach(this::show);
    }

    private void say(String line) {
        trace.add("    " + line.stripTrailing());
    }
}
