package org.quorate.rgmanager.core.change;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.quorate.rgmanager.core.tree.Difference;
import org.quorate.rgmanager.core.tree.Mark;
import org.quorate.rgmanager.core.tree.Resource;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.TreeNode;

/** Why each marked use of a resource is marked, and each use below it affected; read before a walk clears the marks. */
final class Causes {
    private final ResourceConfiguration old;
    private final ResourceConfiguration now;
    private final SortedMap<String, String> ofOld = new TreeMap<>();
    private final SortedMap<String, String> ofNew = new TreeMap<>();

    /** Both configurations are marked by then. */
    Causes(ResourceConfiguration old, ResourceConfiguration now) {
        this.old = old;
        this.now = now;
        old.tree().roots().forEach(root -> read(root, Mark.NEEDSTOP, ofOld));
        now.tree().roots().forEach(root -> read(root, Mark.NEEDSTART, ofNew));
    }

    private void read(TreeNode node, Mark mark, SortedMap<String, String> causes) {
        if (node.marks().contains(mark)) {
            String why = mark == Mark.NEEDSTOP ? ofStop(node) : ofStart(node);
            causes.putIfAbsent(node.path(), why);
            if (!node.marks().contains(Mark.RECONFIG)) {
                node.children().forEach(child -> below(child, node.resource().fullName(), causes));
                return;
            }
        }
        node.children().forEach(child -> read(child, mark, causes));
    }

    private static void below(TreeNode node, String affected, SortedMap<String, String> causes) {
        causes.putIfAbsent(node.path(), "it is below " + affected);
        node.children().forEach(child -> below(child, affected, causes));
    }

    private String ofStop(TreeNode node) {
        var partner = now.resources().find(node.resource().type(), node.resource().name());
        if (partner.isEmpty()) {
            return nameless(node.resource()) ? "resources of its type cannot be found again" : "it is gone";
        }
        return node.resource().marks().contains(Mark.NEEDSTOP) ? differences(node.resource(), partner.get())
                : elsewhere(partner.get(), "it moves to ", "nothing uses it here any more");
    }

    private String ofStart(TreeNode node) {
        var partner = old.resources().find(node.resource().type(), node.resource().name());
        if (partner.isEmpty()) {
            return nameless(node.resource()) ? "resources of its type cannot be found again" : "it is new";
        }
        return node.resource().marks().contains(Mark.NEEDSTART) ? differences(partner.get(), node.resource())
                : elsewhere(partner.get(), "it comes from ", "it is used here now");
    }

    /** A change of configuration finds resources again by their primary attribute. */
    private static boolean nameless(Resource resource) {
        return resource.rule().parameters().stream().noneMatch(p -> p.primary());
    }

    private static String elsewhere(Resource partner, String moves, String otherwise) {
        return partner.uses().size() == 1 ? partner.uses().getFirst().parent()
                .map(parent -> moves + parent.path()).orElse(otherwise) : otherwise;
    }

    private static String differences(Resource before, Resource after) {
        List<Difference> all = Difference.between(before, after);
        // What could have been told to the running resource is not why it restarts.
        boolean restarts = all.stream().anyMatch(d -> !d.reconfigurable());
        return all.stream().filter(d -> !(restarts && d.reconfigurable())).map(Difference::line)
                .collect(Collectors.joining(", "));
    }

    /** Whether anything is new or told in a service of the new tree. */
    boolean touch(TreeNode root) {
        return ofNew.containsKey(root.path()) || root.children().stream().anyMatch(this::touch)
                || ofOld.keySet().stream().anyMatch(path -> path.startsWith(root.path() + "/"));
    }

    /** Why something in the old tree stops; empty if it does not. */
    String whyStopped(String path) {
        return ofOld.getOrDefault(path, "");
    }

    /** Why something in the new tree starts or is told; empty if it does not. */
    String whyStarted(String path) {
        return ofNew.getOrDefault(path, "");
    }
}
