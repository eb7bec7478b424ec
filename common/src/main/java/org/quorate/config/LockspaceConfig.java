package org.quorate.config;

import java.util.List;
import java.util.Set;

/**
 * A name space of locks with rules of its own: {@code dlm/lockspace}.
 *
 * @param name    unique
 * @param nodir   whether lock names are mapped to masters by a fixed rule, without a directory
 * @param masters the only nodes that master its locks; none: all do, by their weight
 */
public record LockspaceConfig(String name, boolean nodir, List<Master> masters) {
    public LockspaceConfig {
        masters = List.copyOf(masters);
    }

    /**
     * A node that masters locks of a lockspace.
     *
     * @param node   name of a clusternode
     * @param weight its share; 1 unless written
     */
    public record Master(String node, int weight) {}

    static LockspaceConfig of(Section lockspace, Set<String> nodeNames) {
        return new LockspaceConfig(lockspace.requiredName(), lockspace.flag("nodir", false),
                lockspace.children("master").stream().map(master -> master(master, nodeNames)).toList());
    }

    private static Master master(Section master, Set<String> nodeNames) {
        String node = master.requiredName();
        if (!node.isEmpty() && !nodeNames.contains(node)) {
            master.warning("node-undefined", "master " + Problem.quoted(node) + " is no clusternode",
                    master.problems().near(node, nodeNames).orElse("it has no effect"));
        }
        return new Master(node, master.number("weight", 1, Range.ANY));
    }
}
