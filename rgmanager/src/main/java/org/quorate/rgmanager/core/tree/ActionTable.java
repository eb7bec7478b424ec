package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations of a type or of a resource, while they are put together; a later entry replaces an equal one. */
final class ActionTable {
    private final List<ActionRule> actions;
    private final List<Message> messages;

    ActionTable(List<ActionRule> actions, List<Message> messages) {
        this.actions = new ArrayList<>(actions);
        this.messages = messages;
    }

    /** Adds an operation of the meta-data. */
    void declare(ActionRule action) {
        if (!replace(action.name(), Optional.of(action.depth()), Optional.of(action.timeout()),
                Optional.of(action.interval()), false)) {
            actions.add(action);
        }
    }

    /** Changes what a resource's definition overrides; a new check must give everything. No depth is every depth. */
    void override(String name, Optional<Integer> depth, Optional<Duration> timeout, Optional<Duration> interval) {
        if (!replace(name, depth, timeout, interval, true)
                && depth.isPresent() && timeout.isPresent() && interval.isPresent()) {
            actions.add(new ActionRule(name, depth.get(), timeout.get(), interval.get(), true));
        }
    }

    private boolean replace(String name, Optional<Integer> depth, Optional<Duration> timeout,
            Optional<Duration> interval, boolean meant) {
        boolean found = false;
        for (int i = 0; i < actions.size(); i++) {
            ActionRule old = actions.get(i);
            if (old.name().equals(name) && depth.orElse(old.depth()) == old.depth()) {
                messages.add(Message.output("Replacing action '" + name + "' depth " + old.depth() + ": "
                        + timeout.map(t -> "timeout: " + change(old.timeout(), t) + " ").orElse("")
                        + interval.map(t -> "interval: " + change(old.interval(), t)).orElse("")));
                actions.set(i, new ActionRule(name, old.depth(), timeout.orElse(old.timeout()),
                        interval.orElse(old.interval()), meant && timeout.isPresent() || old.meant()));
                found = true;
            }
        }
        return found;
    }

    private static String change(Duration from, Duration to) {
        return from.toSeconds() + "->" + to.toSeconds();
    }

    List<ActionRule> actions() {
        return List.copyOf(actions);
    }
}
