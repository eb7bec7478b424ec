package org.quorate.simulation.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quorate.simulation.world.SimulatedProcess;

/** A ccsd's links to the others: each question has one of its own, and comes back with an answer or with a failure. */
final class CcsdLinks {
    private static final Duration REFUSED = Duration.ofMillis(2);
    private static final Duration SILENT = Duration.ofSeconds(5);

    private final ConfigurationNode node;
    private final SimulatedProcess process;

    CcsdLinks(ConfigurationNode node, SimulatedProcess process) {
        this.node = node;
        this.process = process;
    }

    /** Asks what can be answered at once; nothing is answered where nobody is there. */
    <T> void ask(ConfigurationNode other, Function<Ccsd, Optional<T>> question, Consumer<Optional<T>> then) {
        call(other, (there, answer) -> answer.accept(question.apply(there)), then, () -> then.accept(Optional.empty()));
    }

    /** Tells, if somebody is there. */
    void tell(ConfigurationNode other, Consumer<Ccsd> deed) {
        call(other, (there, _) -> deed.accept(there), _ -> { }, () -> { });
    }

    /**
     * Asks.
     *
     * @param question done there, given what to do with the answer, now or later
     * @param then     done here with the answer
     * @param failed   done here, if there will be none
     */
    <T> void call(ConfigurationNode other, BiConsumer<Ccsd, Consumer<T>> question, Consumer<T> then,
            Runnable failed) {
        if (!meets(other)) {
            at(SILENT, failed);
            return;
        }
        var there = other.living();
        if (there.isEmpty()) {
            at(other.machine().isOn() ? REFUSED : SILENT, failed);
            return;
        }
        var daemon = there.get();
        boolean[] over = new boolean[1];
        Consumer<Runnable> once = deed -> {
            if (!over[0]) {
                over[0] = true;
                deed.run();
            }
        };
        daemon.process().whenEnded(() -> at(other.machine().isOn() ? REFUSED : SILENT, () -> once.accept(failed)));
        var arrival = node.node().site().links().reliableArrival();
        daemon.process().at(arrival, () -> question.accept(daemon, answer -> {
            if (meets(other)) {
                process.at(node.node().site().links().reliableArrival(), () -> once.accept(() -> then.accept(answer)));
            } else {
                at(SILENT, () -> once.accept(failed));
            }
        }));
    }

    private boolean meets(ConfigurationNode other) {
        return other == node
                || node.node().site().links().meet(node.machine().id(), other.machine().id());
    }

    private void at(Duration later, Runnable deed) {
        process.at(node.node().now().plus(later), deed);
    }
}
