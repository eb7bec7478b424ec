package org.quorate.rgmanager.core.tree;

import java.util.Optional;

/**
 * One attribute that a resource type knows.
 *
 * @param name      as in the meta-data; case matters
 * @param primary   it names the resource; at most one a type
 * @param unique    no two resources of the type have the same value
 * @param required  a resource without it is invalid
 * @param reconfig  a change of it alone is told to the running resource, which is not restarted
 * @param inherited it takes its value from an ancestor in the tree
 * @param preset    the default value; of an inherited attribute the source, {@code attr} or {@code type%attr}
 */
public record ParameterRule(String name, boolean primary, boolean unique, boolean required, boolean reconfig,
        boolean inherited, Optional<String> preset) {

    /** The same attribute with a plain default; nothing is inherited any more. */
    ParameterRule withDefault(String value) {
        return new ParameterRule(name, primary, unique, required, reconfig, false, Optional.of(value));
    }
}
