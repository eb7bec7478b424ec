package org.quorate.tools.ccs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.NodeState;
import org.quorate.api.ccs.NodeState.Copy;

/** {@code ccs_tool status}: what each node has on its disk, in force and agreed on, and what is not as it should be. */
final class StatusText {
    private final PrintStream out;
    private final CcsReply.Status status;
    private final List<NodeState> nodes;

    StatusText(CcsReply.Status status, List<NodeState> nodes, PrintStream out) {
        this.status = status;
        this.nodes = nodes;
        this.out = out;
    }

    void print() {
        out.println("Cluster Name: " + status.cluster());
        out.println("Version in force: " + status.active());
        out.println("Version on disk: " + (status.onDisk() < 0 ? "unusable" : status.onDisk()));
        out.println();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Node", "On disk", "In force", "Agreed", "State"));
        nodes.forEach(node -> rows.add(node.answered()
                ? List.of(node.node(), words(node.onDisk()), words(node.active()), words(node.agreed()),
                        node.quorate() ? "quorate" : "not quorate")
                : List.of(node.node(), "-", "-", "-", "no answer")));
        HistoryText.table(rows, out);
        var findings = findings();
        if (!findings.isEmpty()) {
            out.println();
            findings.forEach(out::println);
        }
    }

    private static String words(Copy copy) {
        return copy.exists() ? copy.version() + " (" + HistoryText.checksum(copy.digest()) + ")" : "-";
    }

    private List<String> findings() {
        var findings = new ArrayList<String>();
        conflict(findings);
        for (var node : nodes) {
            if (node.answered()) {
                about(node, findings);
            } else {
                findings.add(node.node() + " does not answer: " + node.silence());
            }
        }
        return findings;
    }

    /** One version in force with more than one content. */
    private void conflict(List<String> findings) {
        var holders = new TreeMap<Copy, List<NodeState>>(
                Comparator.comparingInt(Copy::version).thenComparing(Copy::digest));
        nodes.stream().filter(NodeState::answered).forEach(node ->
                holders.computeIfAbsent(node.active(), _ -> new ArrayList<>()).add(node));
        var numbers = holders.keySet().stream().map(Copy::version).distinct().toList();
        for (int version : numbers) {
            var same = holders.keySet().stream().filter(copy -> copy.version() == version).toList();
            if (same.size() > 1) {
                findings.add("Conflict: version " + version + " is in force with " + same.size()
                        + " contents; once these nodes are quorate together, one of them stays");
                same.forEach(copy -> findings.add("  " + HistoryText.checksum(copy.digest()) + " on "
                        + holders.get(copy).stream().map(NodeState::node).toList() + ", "
                        + HistoryText.origin(holders.get(copy).getFirst().change())));
            }
        }
    }

    private void about(NodeState node, List<String> findings) {
        var name = node.node();
        var active = node.active();
        if (!node.unusable().isEmpty()) {
            findings.add(name + ": its file cannot be used: " + node.unusable());
        } else if (node.onDisk().version() == active.version() && !node.onDisk().equals(active)) {
            findings.add("Conflict: " + name + ": version " + active.version() + " on its disk ("
                    + HistoryText.checksum(node.onDisk().digest()) + ") is not version " + active.version()
                    + " in force (" + HistoryText.checksum(active.digest()) + ", "
                    + HistoryText.origin(node.change()) + "). The one in force stays; 'ccs_tool diff active disk' on "
                    + name + " shows what differs; give the file config_version " + (active.version() + 1)
                    + " and run 'ccs_tool update' to bring it into force");
        } else if (node.onDisk().version() > active.version()) {
            findings.add(name + ": version " + node.onDisk().version() + " on its disk is not in force; "
                    + "'ccs_tool update /etc/cluster/cluster.conf' there brings it into force");
        } else if (node.onDisk().version() < active.version() && node.trouble().isEmpty()) {
            findings.add(name + ": version " + node.onDisk().version() + " on its disk is older than version "
                    + active.version() + " in force; the next update replaces it");
        }
        if (!node.trouble().isEmpty()) {
            findings.add(name + ": version " + active.version() + " is in force, but not on its disk: "
                    + node.trouble());
        }
        if (node.agreed().exists() && !node.agreed().equals(active)) {
            findings.add(name + ": its cluster has agreed on version " + node.agreed().version()
                    + ", it has version " + active.version() + " in force");
        }
        if (node.interrupted().exists()) {
            boolean nowhere = nodes.stream()
                    .allMatch(one -> one.answered() && !one.active().equals(node.interrupted()));
            findings.add(name + ": an update to version " + node.interrupted().version() + " ("
                    + HistoryText.checksum(node.interrupted().digest()) + ") was interrupted and "
                    + (nowhere ? "is in force nowhere" : "may be in force on a node that is away")
                    + "; bring the same file into force again (kept there as /etc/cluster/cluster.conf-interrupted), "
                    + "or give the next one a version of " + (node.interrupted().version() + 1) + " or more");
        }
        node.setAside().forEach(file -> findings.add(name + ": " + file
                + " had to give way to the cluster's; remove it once it is not needed"));
    }
}
