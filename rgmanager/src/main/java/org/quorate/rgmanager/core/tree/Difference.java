package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attribute in which a resource of a new configuration differs from what it was.
 *
 * @param line           for people: which, and how
 * @param reconfigurable whether a running resource can be told of it, so that it need not restart
 */
public record Difference(String line, boolean reconfigurable) {
    /** All of them, in the order of the old attributes, then those that are new. */
    public static List<Difference> between(Resource old, Resource now) {
        List<Difference> all = new ArrayList<>();
        for (ResourceAttribute before : old.attributes()) {
            now.attribute(before.name()).ifPresentOrElse(after -> of(before, after).ifPresent(all::add),
                    () -> all.add(new Difference(before.name() + " (" + before.value() + ") is gone", false)));
        }
        now.attributes().stream().filter(after -> old.attribute(after.name()).isEmpty())
                .forEach(after -> all.add(new Difference(after.name() + " is new: " + after.value(), false)));
        return all;
    }

    private static Optional<Difference> of(ResourceAttribute before, ResourceAttribute after) {
        if (before.inherited() != after.inherited()) {
            return Optional.of(new Difference(after.name() + (after.inherited() ? " is inherited now"
                    : " is set to " + after.value() + " and not inherited any more"), false));
        }
        if (before.differsInKind(after)) {
            return Optional.of(new Difference("the agent describes " + after.name() + " in another way", false));
        }
        return before.value().equals(after.value()) ? Optional.empty()
                : Optional.of(new Difference(after.name() + " changes from " + shown(before) + " to " + shown(after),
                        before.rule().reconfig()));
    }

    private static String shown(ResourceAttribute attribute) {
        return attribute.value().isEmpty() ? "\"\"" : attribute.value();
    }
}
