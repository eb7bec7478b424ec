package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changes from one configuration to the next. Marks are put on both: the old one is stopped by them, the new one
 * started.
 */
public final class Delta {
    /** What is done to a root of the old configuration by the node that runs it. */
    public enum Down {
        /** It is stopped as a whole. */
        DISABLE,
        /** What is marked in it is stopped. */
        CONDITIONAL_STOP,
        /** It went away and is left running: a guest that its type wants left alone. */
        LEAVE
    }

    /** What is done to a root of the new configuration. */
    public enum Up {
        /** It is new or replaced: everywhere all of it is stopped, so that it begins from nothing. */
        INITIALIZE,
        /** The node that runs it starts what is marked in it. */
        CONDITIONAL_START,
        /** It is new, and its type wants nothing done before its first start. */
        LEAVE
    }

    private record Pair(TreeNode old, TreeNode now) {}

    private final ResourceTree next;
    private final List<Pair> common = new ArrayList<>();

    private Delta(ResourceTree next) {
        this.next = next;
    }

    /** Marks resources and trees of both configurations. */
    public static Delta mark(ResourceConfiguration old, ResourceConfiguration now) {
        markResources(old.resources(), now.resources());
        Delta delta = new Delta(now.tree());
        delta.markTrees(old.tree().roots(), now.tree().roots());
        return delta;
    }

    private static void markResources(ResourceList old, ResourceList now) {
        List<Resource> partners = new ArrayList<>();
        for (Resource before : old.all()) {
            Optional<Resource> after = now.refer(before.type(), before.name());
            after.ifPresent(partners::add);
            if (after.isEmpty()) {
                before.mark(Mark.NEEDSTOP);
                continue;
            }
            switch (Comparison.of(before, after.get())) {
                case EQUAL -> {}
                case RECONFIGURED -> {
                    after.get().mark(Mark.NEEDSTART);
                    after.get().mark(Mark.RECONFIG);
                }
                case DIFFERENT, OTHER_TYPE -> {
                    before.mark(Mark.NEEDSTOP);
                    after.get().mark(Mark.NEEDSTART);
                }
            }
        }
        now.all().stream().filter(r -> !partners.contains(r)).forEach(r -> r.mark(Mark.NEEDSTART));
    }

    /** The order of siblings plays no part. */
    private void markTrees(List<TreeNode> old, List<TreeNode> now) {
        List<TreeNode> found = new ArrayList<>();
        for (TreeNode before : old) {
            boolean stays = false;
            if (!before.resource().isMarked(Mark.NEEDSTOP)) {
                for (TreeNode after : now) {
                    stays |= meet(before, after, found);
                }
            }
            if (!stays) {
                before.mark(Mark.NEEDSTOP);
            }
        }
        now.stream().filter(after -> !found.contains(after)).forEach(after -> after.mark(Mark.NEEDSTART));
    }

    /** Whether the two are uses of what is common to both configurations. */
    private boolean meet(TreeNode before, TreeNode after, List<TreeNode> found) {
        Comparison comparison = Comparison.of(before.resource(), after.resource());
        boolean fresh = after.resource().isMarked(Mark.NEEDSTART) && !after.resource().isMarked(Mark.RECONFIG);
        if (fresh || comparison == Comparison.OTHER_TYPE || comparison == Comparison.DIFFERENT) {
            return false;
        }
        found.add(after);
        common.add(new Pair(before, after));
        if (comparison == Comparison.RECONFIGURED) {
            after.mark(Mark.NEEDSTART);
            after.mark(Mark.RECONFIG);
        }
        markTrees(before.children(), after.children());
        return true;
    }

    /** What is done to a root of the old configuration, before the new one takes effect. */
    public Down down(TreeNode root) {
        Resource resource = root.resource();
        if (!resource.isMarked(Mark.NEEDSTOP)) {
            return Down.CONDITIONAL_STOP;
        }
        boolean goesAway = next.root(resource.type(), resource.name()).isEmpty();
        return goesAway && root.migratable() && !resource.rule().destroyOnDelete() ? Down.LEAVE : Down.DISABLE;
    }

    /** What is done to a root of the new configuration, once it has taken effect. */
    public Up up(TreeNode root) {
        Resource resource = root.resource();
        if (!resource.isMarked(Mark.NEEDSTART) || resource.isMarked(Mark.RECONFIG)) {
            return Up.CONDITIONAL_START;
        }
        return root.migratable() && !resource.rule().initOnAdd() ? Up.LEAVE : Up.INITIALIZE;
    }

    /**
     * Tells the new tree what is started, once the old one has been stopped where it is marked. Before that the old
     * tree still changes.
     */
    public void carryOver() {
        for (Pair pair : common) {
            pair.now().state(pair.old().state());
            pair.now().inUse(pair.old().inUse());
        }
    }
}
