package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One use of a resource in the tree, and what is known of it on this node. The walk that visits it changes it. */
public final class TreeNode {
    /** So many letters of the type count where an attribute says whose value it takes. */
    private static final int LONGEST_TYPE = 31;

    private final Resource resource;
    private final Optional<TreeNode> parent;
    private final NodeTraits traits;
    private final Optional<Threshold> tolerance;
    private final Optional<Threshold> restarts;
    private final List<TreeNode> children = new ArrayList<>();
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private final CheckMemory checks = new CheckMemory();
    private NodeState state = NodeState.STOPPED;
    private boolean inUse;

    TreeNode(Resource resource, Optional<TreeNode> parent, NodeTraits traits) {
        this.resource = resource;
        this.parent = parent;
        this.traits = traits;
        tolerance = traits.tolerance();
        restarts = parent.isPresent() ? traits.restarts() : restartsOfRoot(resource);
    }

    private static Optional<Threshold> restartsOfRoot(Resource resource) {
        int limit = resource.property("max_restarts").map(LeadingNumber::of).orElse(0);
        Duration expiry = resource.property("restart_expire_time").map(AgentDuration::parse).orElse(Duration.ZERO);
        return limit > 0 ? Optional.of(new Threshold(limit, expiry)) : Optional.empty();
    }

    /** What is used. */
    public Resource resource() {
        return resource;
    }

    /** The node above; none for a root. */
    public Optional<TreeNode> parent() {
        return parent;
    }

    /** In the order in which they were found: declared types first, then the rest. */
    public List<TreeNode> children() {
        return Collections.unmodifiableList(children);
    }

    void add(TreeNode child) {
        children.add(child);
    }

    /** Names from the root down to this node, {@code service:web/fs:data}; for display. */
    public String path() {
        return parent.map(p -> p.path() + "/").orElse("") + resource.fullName();
    }

    /** Whether it is a service that can move to another node while it runs: a root without children. */
    public boolean migratable() {
        return parent.isEmpty() && children.isEmpty() && resource.action("migrate", 0).isPresent();
    }

    /** Whether its failure is repaired without its siblings. */
    public boolean independent() {
        return traits.independent() || traits.nonCritical();
    }

    /** Whether the service goes on without it where repair does not help. */
    public boolean nonCritical() {
        return traits.nonCritical();
    }

    /** Whether an agent that takes longer than declared is killed. */
    public boolean enforceTimeouts() {
        return traits.enforceTimeouts();
    }

    /** Failed checks that are overlooked. */
    Optional<Threshold> tolerance() {
        return tolerance;
    }

    /** How often it may be restarted in place: a root by its service, a node by its subtree; none is for ever. */
    public Optional<Threshold> restarts() {
        return restarts;
    }

    CheckMemory checks() {
        return checks;
    }

    /** What is known of it. */
    public NodeState state() {
        return state;
    }

    void state(NodeState now) {
        state = now;
    }

    /** What is to happen to it. */
    public Set<Mark> marks() {
        return Collections.unmodifiableSet(marks);
    }

    boolean isMarked(Mark mark) {
        return marks.contains(mark);
    }

    void mark(Mark mark) {
        marks.add(mark);
    }

    void clear(Mark mark) {
        marks.remove(mark);
    }

    /** Whether it was started here and not stopped since, whatever its checks say. */
    boolean inUse() {
        return inUse;
    }

    void inUse(boolean is) {
        inUse = is;
    }

    /** How many other uses of the same resource were started on this node: agents then leave shared things alone. */
    long otherUses() {
        return resource.uses().stream().filter(use -> use != this && use.inUse).count();
    }

    /** Nothing is to happen to it or to anything below. */
    public void unmark() {
        marks.clear();
        children.forEach(TreeNode::unmark);
    }

    /** Takes over what is known of the same use, with all below, in another reading of the same configuration. */
    public void likewise(TreeNode other) {
        assert children.size() == other.children.size() : path() + " is another node than " + other.path();
        state = other.state;
        inUse = other.inUse;
        for (int i = 0; i < children.size(); i++) {
            children.get(i).likewise(other.children.get(i));
        }
    }

    /** Changes state and marks of the whole subtree. */
    void markSubtree(NodeState now, Set<Mark> added) {
        state = now;
        marks.addAll(added);
        children.forEach(child -> child.markSubtree(now, added));
    }

    /** Out of service with its subtree, and nothing is left to be done to it. */
    void disableSubtree() {
        state = NodeState.DISABLED;
        marks.clear();
        children.forEach(TreeNode::disableSubtree);
    }

    /**
     * The value of an attribute here, climbing for inherited ones.
     *
     * @return empty if the resource lacks it or no ancestor supplies it
     */
    public Optional<String> value(String attribute) {
        return resource.attribute(attribute).flatMap(this::value);
    }

    Optional<String> value(ResourceAttribute attribute) {
        if (!attribute.inherited()) {
            return Optional.of(attribute.value());
        }
        int percent = attribute.value().indexOf('%');
        String wanted = attribute.value().substring(percent + 1);
        return (percent < 0 ? parent : ancestor(attribute.value().substring(0, Math.min(percent, LONGEST_TYPE))))
                .flatMap(giver -> giver.value(wanted));
    }

    private Optional<TreeNode> ancestor(String type) {
        return parent.flatMap(p -> p.resource.type().equalsIgnoreCase(type) ? parent : p.ancestor(type));
    }

    @Override
    public String toString() {
        return path();
    }
}
