package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.quorate.time.Moment;

/** When the checks of one use ran last, and what came out. */
final class CheckMemory {
    private record Ran(int depth, Moment when) {}

    private final List<Ran> ran = new ArrayList<>();
    private Optional<Moment> started = Optional.empty();
    private OptionalInt lastResult = OptionalInt.empty();

    /** The deepest of the checks whose interval has passed since they ran, or since the start. */
    Optional<ActionRule> due(List<ActionRule> actions, Moment now) {
        return actions.stream()
                .filter(a -> a.name().equals("status") && !a.interval().isZero())
                .filter(a -> last(a.depth()).map(l -> l.until(now).compareTo(a.interval()) >= 0).orElse(true))
                .max(Comparator.comparingInt(ActionRule::depth));
    }

    private Optional<Moment> last(int depth) {
        return ran.stream().filter(r -> r.depth() == depth).map(Ran::when).findFirst().or(() -> started);
    }

    void started(Moment now) {
        ran.clear();
        started = Optional.of(now);
        lastResult = OptionalInt.empty();
    }

    void ended(int depth, Moment now) {
        ran.removeIf(r -> r.depth() == depth);
        ran.add(new Ran(depth, now));
    }

    void remember(int result) {
        lastResult = OptionalInt.of(result);
    }

    /** What the last check gave; healthy if there was none. */
    int lastResult() {
        return lastResult.orElse(0);
    }
}
