package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.List;
import org.quorate.config.Element;

/**
 * The resources and the tree that a cluster.conf gives, with everything that was said while they were read.
 *
 * @param rules     the types, with the defaults of {@code resource-defaults}
 * @param resources all of them, unused ones too
 * @param tree      their uses
 * @param messages  in order
 */
public record ResourceConfiguration(ResourceRules rules, ResourceList resources, ResourceTree tree,
        List<Message> messages) {

    /** Which resources the defaults in {@code resource-defaults} are for. */
    public enum Defaults {
        /** All of them, as rg_test does it. */
        FOR_ALL,
        /** Those that are defined where they are used, as the daemon does it. */
        FOR_INLINE
    }

    public ResourceConfiguration {
        messages = List.copyOf(messages);
    }

    /**
     * Reads everything below {@code cluster/rm}.
     *
     * @param cluster  root element of cluster.conf
     * @param types    of the agents that are installed
     * @param defaults which resources get the configured defaults
     */
    public static ResourceConfiguration read(Element cluster, ResourceRules types, Defaults defaults) {
        List<Message> messages = new ArrayList<>();
        Place rm = Place.root(cluster, "cluster").children("rm");
        Place configured = rm.children("resource-defaults");
        ResourceList resources = new ResourceList();
        return switch (defaults) {
            case FOR_ALL -> {
                ResourceRules rules = types.withDefaults(configured, messages);
                resources.read(rules, rm.children("resources"), messages);
                yield new ResourceConfiguration(rules, resources,
                        TreeBuilder.build(rules, resources, rm, messages), messages);
            }
            case FOR_INLINE -> {
                resources.read(types, rm.children("resources"), messages);
                ResourceRules rules = types.withDefaults(configured, messages);
                yield new ResourceConfiguration(rules, resources,
                        TreeBuilder.build(rules, resources, rm, messages), messages);
            }
        };
    }
}
