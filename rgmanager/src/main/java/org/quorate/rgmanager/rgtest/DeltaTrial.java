package org.quorate.rgmanager.rgtest;

import java.io.PrintStream;
import org.quorate.rgmanager.core.tree.Delta;
import org.quorate.rgmanager.core.tree.Mark;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceTree;
import org.quorate.rgmanager.core.tree.TreeListing;
import org.quorate.rgmanager.core.tree.TreeNode;

/** What a change of the configuration would stop and start, in words. */
final class DeltaTrial {
    private final ResourceConfiguration old;
    private final ResourceConfiguration now;
    private final PrintStream out;
    private final Walker walker;

    DeltaTrial(ResourceConfiguration old, ResourceConfiguration now, PrintStream out) {
        this.old = old;
        this.now = now;
        this.out = out;
        this.walker = new Walker(AgentCalls.inWords(out), out);
    }

    void run() throws InterruptedException {
        Delta delta = Delta.mark(old, now);
        out.print("=== Old Resource List ===\n" + TreeListing.resources(old.resources())
                + "=== New Resource List ===\n" + TreeListing.resources(now.resources())
                + "=== Old Resource Tree ===\n" + TreeListing.tree(old.tree())
                + "=== New Resource Tree ===\n" + TreeListing.tree(now.tree()));
        out.println("=== Operations (down-phase) ===");
        for (TreeNode root : old.tree().roots()) {
            down(root, alone(root) ? Delta.Down.LEAVE : delta.down(root));
        }
        delta.carryOver();
        out.println("=== Operations (up-phase) ===");
        for (TreeNode root : now.tree().roots()) {
            up(root, delta.up(root));
        }
    }

    /** The original leaves a guest alone that is replaced, too; the daemon here restarts it: what it shows is kept. */
    private static boolean alone(TreeNode root) {
        return root.resource().marks().contains(Mark.NEEDSTOP) && root.migratable()
                && !root.resource().rule().destroyOnDelete();
    }

    /** A service that goes is stopped by its marks too; the daemon disables it besides. */
    private void down(TreeNode root, Delta.Down what) throws InterruptedException {
        switch (what) {
            case LEAVE -> out.println("[no-op] " + root.resource().fullName()
                    + " was removed from the config, but I am not stopping it.");
            case DISABLE -> {
                out.print("[kill] ");
                walk(old.tree(), Operation.CONDITIONAL_STOP, root);
            }
            case CONDITIONAL_STOP -> walk(old.tree(), Operation.CONDITIONAL_STOP, root);
        }
    }

    private void up(TreeNode root, Delta.Up what) throws InterruptedException {
        switch (what) {
            case LEAVE -> out.println("[noop] " + root.resource().fullName()
                    + " was added, but I am not initializing it");
            case INITIALIZE -> {
                out.print("[init] ");
                walk(now.tree(), Operation.STOP, root);
            }
            case CONDITIONAL_START -> walk(now.tree(), Operation.CONDITIONAL_START, root);
        }
    }

    private void walk(ResourceTree tree, Operation operation, TreeNode root) throws InterruptedException {
        walker.walk(tree, operation, root.resource());
    }
}
