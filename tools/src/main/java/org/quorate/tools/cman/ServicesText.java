package org.quorate.tools.cman;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.cman.Epoch;

/** What {@code cman_tool services} prints: the groups that this node's daemons are in, as group_tool(8) shows them. */
public final class ServicesText {
    private static final int NARROWEST_NAME = 5;

    private ServicesText() {}

    private record Row(String type, int level, String name, String group) {}

    /** The table. */
    public static String of(CmanReply.Status status) {
        var epoch = status.present();
        var rows = rows(status);
        int width = Math.max(NARROWEST_NAME, rows.stream().mapToInt(row -> row.name().length() + 1).max().orElse(0));
        var text = new StringBuilder(String.format(Locale.ROOT, "%-16s %-5s %-" + width + "s %-8s %-12s\n",
                "type", "level", "name", "id", "state"));
        int index = 0;
        for (var row : rows) {
            // As the original counts: groups in the upper half, the node that made them in the lower.
            int id = ++index << 16 | epoch.coordinatorOf(row.group()).orElseThrow().number();
            text.append(String.format(Locale.ROOT, "%-16s %-5d %-" + width + "s %08x %-12s\n", row.type(), row.level(),
                    row.name(), id, "none"));
            text.append(members(epoch, row.group()));
        }
        return text.toString();
    }

    private static List<Row> rows(CmanReply.Status status) {
        var groups = new TreeSet<String>();
        status.present().members().stream()
                .filter(m -> m.id().number() == status.nodeId())
                .forEach(m -> groups.addAll(m.groups().keySet()));
        var rows = new ArrayList<Row>();
        if (groups.contains("fence")) {
            rows.add(new Row("fence", 0, "default", "fence"));
        }
        if (groups.contains("dlm")) {
            // cmand knows the group of the lock daemons, not their lockspaces; rgmanager's is the one that is there.
            rows.add(new Row("dlm", 1, groups.contains("rgmanager") ? "rgmanager" : "dlm", "dlm"));
        }
        return rows;
    }

    private static String members(Epoch epoch, String group) {
        return epoch.groupMembers(group).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" ", "[", "]\n"));
    }
}
