package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configured thing of a type. It is defined once and may be used at several places of the tree.
 *
 * <p>Attributes and operations never change; the marks and the uses do, in the hands of the core that owns the tree.
 */
public final class Resource {
    private final ResourceRule rule;
    private final List<ResourceAttribute> attributes;
    private final List<ActionRule> actions;
    private final boolean inline;
    private final List<TreeNode> uses = new ArrayList<>();
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private boolean nonCritical;
    private boolean held;
    private Optional<String> refusal;

    Resource(ResourceRule rule, List<ResourceAttribute> attributes, List<ActionRule> actions, boolean inline) {
        if (attributes.isEmpty()) {
            throw new IllegalArgumentException("a resource of type " + rule.type() + " without any attribute");
        }
        this.rule = rule;
        this.attributes = List.copyOf(attributes);
        this.actions = List.copyOf(actions);
        this.inline = inline;
        this.refusal = rule.refusal();
    }

    /** Its type's rule. */
    public ResourceRule rule() {
        return rule;
    }

    /** Its type's name. */
    public String type() {
        return rule.type();
    }

    /** The value of its first attribute, which is the primary one where the type has one: what it is called by. */
    public String name() {
        return attributes.getFirst().value();
    }

    /** Type and name, {@code fs:data}. */
    public String fullName() {
        return type() + ":" + name();
    }

    /** Those that it has: configured, defaulted or inherited; in the type's order. */
    public List<ResourceAttribute> attributes() {
        return attributes;
    }

    /** The attribute of a name. */
    public Optional<ResourceAttribute> attribute(String attribute) {
        return attributes.stream().filter(a -> a.name().equals(attribute)).findFirst();
    }

    /** A property that rgmanager itself reads, such as {@code recovery}: an inherited one counts as absent. */
    public Optional<String> property(String attribute) {
        return attribute(attribute).filter(a -> !a.inherited()).map(ResourceAttribute::value);
    }

    /** The operations that its agent declares, with what its definition overrides. */
    public List<ActionRule> actions() {
        return actions;
    }

    /** The declared operation of a name and depth. */
    public Optional<ActionRule> action(String action, int depth) {
        return actions.stream().filter(a -> a.name().equals(action) && a.depth() == depth).findFirst();
    }

    /** Whether it is defined where it is used and cannot be referred to. */
    public boolean inline() {
        return inline;
    }

    /** Why it is not started anywhere, if so: for what its type is, or for what another resource has. */
    public Optional<String> refusal() {
        return refusal;
    }

    /**
     * Why it is not started where it is used by this node, if so: what its OCF agent wants to be unique would be there
     * twice if two services had it. As with a resource of our own that has one instance, the first that refers to it
     * has it.
     */
    Optional<String> refusalOf(TreeNode use) {
        return refusal.or(() -> attributes.stream()
                .filter(a -> rule.api() == AgentApi.OCF && a.rule().unique() && !a.rule().primary())
                .filter(a -> !a.value().isEmpty() && uses.getFirst() != use).findFirst()
                .map(a -> "its agent wants " + a.name() + " \"" + a.value() + "\" to be unique, and "
                        + rootOf(uses.getFirst()).resource().fullName() + " refers to it already; define another one"));
    }

    private static TreeNode rootOf(TreeNode node) {
        return node.parent().map(Resource::rootOf).orElse(node);
    }

    void refuse(String why) {
        refusal = refusal.or(() -> Optional.of(why));
    }

    /** Where it is used, in the order in which the tree was built. */
    public List<TreeNode> uses() {
        return Collections.unmodifiableList(uses);
    }

    /** What a new configuration does to it. */
    public Set<Mark> marks() {
        return Collections.unmodifiableSet(marks);
    }

    void mark(Mark mark) {
        marks.add(mark);
    }

    boolean isMarked(Mark mark) {
        return marks.contains(mark);
    }

    boolean nonCritical() {
        return nonCritical;
    }

    void nonCritical(boolean is) {
        nonCritical = is;
    }

    void usedBy(TreeNode node) {
        uses.add(node);
    }

    boolean usesLeft() {
        return rule.maxInstances() == 0 || uses.size() < rule.maxInstances();
    }

    /** Whether another walk is starting or stopping it right now. */
    boolean held() {
        return held;
    }

    void held(boolean is) {
        held = is;
    }

    @Override
    public String toString() {
        return fullName();
    }
}
