package org.quorate.rgmanager.rgtest;

/** What runs where and what needs what, as dot(1) draws it. */
final class Graph {
    private Graph() {}

    /** A digraph: a box for each node that is online, an edge from each service to what it needs. */
    static String of(Situation situation) {
        StringBuilder text = new StringBuilder("digraph services {\n");
        situation.online().forEach(node -> text.append("\tsubgraph cluster_").append(node)
                .append(" {\n\t\tlabel=\"Node ").append(node).append("\";\n").append(services(situation, node, ""))
                .append("\t}\n"));
        situation.scene().services().stream().map(situation::place).distinct()
                .filter(place -> place > 0 && !situation.online().contains(place)).sorted()
                .forEach(place -> text.append(services(situation, place, " [color=red]")));
        text.append(services(situation, Situation.STOPPED, " [style=dashed]"))
                .append(services(situation, Situation.DISABLED, " [style=dotted]"));
        situation.scene().dependencies().forEach(need -> text.append('\t').append(quoted(need.service()))
                .append(" -> ").append(quoted(need.target())).append(" [label=")
                .append(quoted(need.arrow().substring(2, need.arrow().indexOf("->")))).append("];\n"));
        return text.append("}\n").toString();
    }

    private static String services(Situation situation, int place, String look) {
        StringBuilder text = new StringBuilder();
        situation.all(place).forEach(service ->
                text.append("\t\t").append(quoted(service)).append(look).append(";\n"));
        return text.toString();
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
