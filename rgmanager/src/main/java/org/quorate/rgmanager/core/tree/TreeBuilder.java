package org.quorate.rgmanager.core.tree;

import java.util.List;
import java.util.Optional;

/** Builds the tree of cluster.conf's {@code rm}, resource by resource. */
final class TreeBuilder {
    /** What became of one element. */
    private enum Outcome {
        BUILT,
        /** There is no such element, or its definition lacks something. */
        ABSENT,
        /** It is there and was refused with a message. */
        REFUSED
    }

    private final ResourceRules rules;
    private final ResourceList resources;
    private final List<Message> messages;
    private final ResourceTree tree = new ResourceTree();

    private TreeBuilder(ResourceRules rules, ResourceList resources, List<Message> messages) {
        this.rules = rules;
        this.resources = resources;
        this.messages = messages;
    }

    /** Resources that are defined where they are used join the list. */
    static ResourceTree build(ResourceRules rules, ResourceList resources, Place rm, List<Message> messages) {
        TreeBuilder builder = new TreeBuilder(rules, resources, messages);
        builder.undeclaredChildren(Optional.empty(), rm);
        return builder.tree;
    }

    private void children(TreeNode parent, Place place) {
        declaredChildren(parent, place);
        undeclaredChildren(Optional.of(parent), place);
    }

    /** The types that the parent declares, grouped by type; of each up to the first that is missing or invalid. */
    private void declaredChildren(TreeNode parent, Place place) {
        for (ChildRule declared : parent.resource().rule().children()) {
            Optional<ResourceRule> rule = rules.find(declared.type())
                    .filter(r -> r.type().equals(declared.type()) && !declared.forbid());
            if (rule.isPresent()) {
                int position = 1;
                while (node(rule.get(), Optional.of(parent), place.child(declared.type(), position))
                        != Outcome.ABSENT) {
                    position++;
                }
            }
        }
    }

    /** All other children in document order; an invalid definition hides those behind it. */
    private void undeclaredChildren(Optional<TreeNode> parent, Place place) {
        Place child = place.anyChild(1);
        for (int position = 1; child.exists(); child = place.anyChild(++position)) {
            String name = child.name().orElseThrow();
            Optional<ResourceRule> rule = rules.find(name).filter(_ -> !isDeclared(parent, name));
            if (rule.isPresent() && node(rule.get(), parent, child) == Outcome.ABSENT) {
                messages.add(Message.output("No resource found @ " + child.path()));
                return;
            }
        }
    }

    /** In this case of letters, that is: an element written otherwise is an undeclared child. */
    private static boolean isDeclared(Optional<TreeNode> parent, String name) {
        return parent.stream().flatMap(p -> p.resource().rule().children().stream())
                .anyMatch(c -> c.type().equals(name));
    }

    private Outcome node(ResourceRule rule, Optional<TreeNode> parent, Place place) {
        if (!place.exists()) {
            return Outcome.ABSENT;
        }
        Optional<String> reference = place.attribute("ref");
        Optional<Resource> resource = reference.isPresent() ? refer(rule.type(), reference.get())
                : rules.of(place).flatMap(own -> Definition.read(own, place, true, messages));
        if (resource.isEmpty()) {
            return reference.isPresent() ? Outcome.REFUSED : Outcome.ABSENT;
        }
        if (reference.isEmpty() && !resources.store(resource.get(), messages)) {
            return Outcome.REFUSED;
        }
        if (!resource.get().usesLeft()) {
            messages.add(Message.output("Warning: Max references exceeded for resource "
                    + resource.get().attributes().getFirst().name() + " (type " + rule.type() + ")"));
            return Outcome.REFUSED;
        }
        TreeNode node = use(resource.get(), parent, NodeTraits.read(place));
        children(node, place);
        return Outcome.BUILT;
    }

    private Optional<Resource> refer(String type, String text) {
        Optional<Resource> found = resources.refer(type, text);
        if (found.isEmpty()) {
            messages.add(Message.output("Error: Reference to nonexistent resource " + text
                    + " (type " + type + ")"));
        } else if (found.get().inline()) {
            messages.add(Message.output("Error: Reference to inlined resource " + text
                    + " (type " + type + ") is illegal"));
            return Optional.empty();
        }
        return found;
    }

    private TreeNode use(Resource resource, Optional<TreeNode> parent, NodeTraits traits) {
        NodeTraits own = parent.isPresent() ? traits : traits.ofRoot();
        if (own.nonCritical()) {
            resource.nonCritical(true);
        }
        if (resource.nonCritical() && !resource.uses().isEmpty()) {
            messages.add(Message.output("Non-critical flag for " + resource.fullName()
                    + " is being cleared due to multiple references."));
            resource.nonCritical(false);
        }
        TreeNode node = new TreeNode(resource, parent, own.nonCritical(resource.nonCritical()));
        resource.usedBy(node);
        parent.ifPresentOrElse(p -> p.add(node), () -> tree.add(node));
        return node;
    }
}
