package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The uses of resources: each root is a service, and what is below a node needs it. */
public final class ResourceTree {
    private final List<TreeNode> roots = new ArrayList<>();

    /** In document order. */
    public List<TreeNode> roots() {
        return Collections.unmodifiableList(roots);
    }

    void add(TreeNode root) {
        roots.add(root);
    }

    /** The root of a type and name. */
    public Optional<TreeNode> root(String type, String name) {
        return roots.stream()
                .filter(r -> r.resource().type().equals(type) && r.resource().name().equals(name)).findFirst();
    }

    /**
     * Takes a root over that was started here by someone before, as a daemon finds its services after a crash.
     * Otherwise what this root shares with others would count as unused, and stopping one would take it from all.
     */
    public void adopt(TreeNode root) {
        root.state(NodeState.STARTED);
        root.inUse(true);
        root.children().forEach(this::adopt);
    }

    /** Takes back what {@link #adopt} said of a root: it does not run here. */
    public void release(TreeNode root) {
        root.state(NodeState.STOPPED);
        root.inUse(false);
        root.children().forEach(this::release);
    }
}
