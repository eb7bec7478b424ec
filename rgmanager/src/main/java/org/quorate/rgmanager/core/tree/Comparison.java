package org.quorate.rgmanager.core.tree;

import java.util.Optional;

/** How a resource of an old configuration compares with one of a new configuration. */
enum Comparison {
    OTHER_TYPE, EQUAL, DIFFERENT,
    /** Different, but only in attributes of which a running resource can be told. */
    RECONFIGURED;

    /** Attributes alone are compared, of inherited ones the source; overridden operations make no difference. */
    static Comparison of(Resource old, Resource now) {
        if (!old.type().equals(now.type())) {
            return OTHER_TYPE;
        }
        if (old.attributes().size() != now.attributes().size()) {
            return DIFFERENT;
        }
        Comparison result = EQUAL;
        for (ResourceAttribute before : old.attributes()) {
            Optional<ResourceAttribute> after = now.attribute(before.name());
            if (after.isEmpty() || before.differsInKind(after.get())) {
                return DIFFERENT;
            }
            if (!before.value().equals(after.get().value())) {
                if (!before.rule().reconfig()) {
                    return DIFFERENT;
                }
                result = RECONFIGURED;
            }
        }
        return result;
    }
}
