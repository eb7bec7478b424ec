package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changes from one configuration to the next. Marks are put on both: the old one is stopped by them, the new one
 * started.
 */
public final class Delta {
    private record Pair(TreeNode old, TreeNode now) {}

    private final List<Pair> common = new ArrayList<>();

    private Delta() {}

    /** Marks resources and trees of both configurations. */
    public static Delta mark(ResourceConfiguration old, ResourceConfiguration now) {
        markResources(old.resources(), now.resources());
        Delta delta = new Delta();
        delta.markTrees(old.tree().roots(), now.tree().roots());
        return delta;
    }

    private static void markResources(ResourceList old, ResourceList now) {
        List<Resource> partners = new ArrayList<>();
        for (Resource before : old.all()) {
            Optional<Resource> after = now.find(before.type(), before.name());
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
