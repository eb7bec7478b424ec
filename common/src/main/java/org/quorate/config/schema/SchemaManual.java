package org.quorate.config.schema;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schema as the manual page cluster.conf(5), in the macros of man(7). */
public final class SchemaManual {
    private static final String HEAD = """
            .\\" Made of the schema of cluster.conf; do not edit.
            .TH CLUSTER.CONF 5 2026-11-22 Quorate "Configuration files"
            .SH NAME
            cluster.conf \\- the configuration of the cluster
            .SH SYNOPSIS
            .I /etc/cluster/cluster.conf
            .SH DESCRIPTION
            One XML 1.0 file, the same on every node,
            of the form that RHCS of RHEL 4 to 6 used.
            Its root element is
            .BR cluster ;
            all data is in attributes, but for the text of
            .BR event .
            .PP
            Raise
            .B config_version
            with every change, let
            .BR ccs_config_validate (8)
            look at it, then
            .B ccs_tool update /etc/cluster/cluster.conf
            brings it into force on all members or on none.
            .PP
            For each attribute this page says which values it takes,
            what holds where it is absent, and when a changed one takes effect:
            at once when a newer version is activated,
            after a restart of the daemon that reads it,
            after a cluster restart (all nodes stopped and started),
            at the next join of the fence domain, or by a restart of the resource.
            What is called old is accepted and of no use any more.
            """;
    private static final String TAIL = """
            .SH LIMITS
            A file has at most 16 MiB, a million elements and attributes, and 100 levels.
            A value has at most 65536 characters.
            A DOCTYPE is refused unread.
            .SH EXAMPLES
            .nf
            <cluster name="web" config_version="1">
              <cman two_node="1" expected_votes="1"/>
              <clusternodes>
                <clusternode name="node1" nodeid="1">
                  <fence><method name="power"><device name="pdu" port="1"/></method></fence>
                </clusternode>
                <clusternode name="node2" nodeid="2">
                  <fence><method name="power"><device name="pdu" port="2"/></method></fence>
                </clusternode>
              </clusternodes>
              <fencedevices>
                <fencedevice name="pdu" agent="fence_apc" ipaddr="10.0.0.9" login="apc" passwd="apc"/>
              </fencedevices>
              <rm>
                <service name="shop" recovery="relocate">
                  <ip address="10.0.0.80/24"/>
                  <script name="httpd" file="/etc/init.d/httpd"/>
                </service>
              </rm>
            </cluster>
            .fi
            .SH FILES
            .TP
            .I /etc/cluster/cluster.conf
            the file
            .TP
            .I /usr/share/doc/quorate/cluster.rng
            a RELAX NG schema of it, for editors
            .SH SEE ALSO
            .BR ccs_tool (8),
            .BR ccs_config_validate (8),
            .BR ccsd (8),
            .BR cman_tool (8),
            .BR fenced (8),
            .BR rgmanager (8)
            """;

    private static final int WIDTH = 72;

    private final StringBuilder page = new StringBuilder(HEAD);

    private SchemaManual() {}

    /** The whole page. */
    public static String roff() {
        SchemaManual made = new SchemaManual();
        made.line(".SH ELEMENTS");
        made.element(Schema.cluster(), "");
        made.resources();
        return made.page.append(TAIL).toString();
    }

    private void element(ElementRule rule, String path) {
        String full = path.isEmpty() ? rule.name() : path + "/" + rule.name();
        String occurs = switch (rule.occurs()) {
            case ONCE -> "exactly once";
            case AT_MOST_ONCE -> "at most once";
            case ANY -> "any number of times";
        };
        line(".SS " + escaped(full));
        text(sentence(rule.meaning()));
        text("It stands " + occurs + (rule.reader().equals("-") ? "; nobody reads it."
                : "; read by " + (rule.reader().equals("all") ? "all daemons" : rule.reader()) + "."));
        rule.attributes().forEach(this::attribute);
        if (rule.open()) {
            line(".PP");
            line("Any other attribute is handed to the fence agent as it is.");
        }
        String below = full.equals("cluster") ? "" : full;
        rule.children().forEach(child -> element(child, below));
    }

    private void resources() {
        line(".SH RESOURCES");
        line("Below");
        line(".B resources");
        line("they are defined once; below");
        line(".B service");
        line("and");
        line(".B vm");
        line("they stand in place, or as");
        line(".B <TYPE ref=\\(dqKEY\\(dq/>.");
        line("What is inside another starts after it and stops before it.");
        line("Any of them may have:");
        Schema.ofAnyResource().forEach(this::attribute);
        line(".PP");
        line("and child elements");
        line(".BR action ,");
        line("which change the times of one action:");
        Schema.action().attributes().forEach(this::attribute);
        Schema.types().forEach(this::type);
    }

    private void type(ResourceType type) {
        line(".SS " + escaped(type.name()));
        if (type.once()) {
            line("One of its kind can be used once.");
        }
        if (!type.forbidden().isEmpty()) {
            text("Not directly below it: " + String.join(", ", type.forbidden()) + ".");
        }
        if (!type.children().isEmpty()) {
            text("Started and stopped by levels below it: " + type.children().stream()
                    .map(child -> child.type() + " " + child.start() + "/" + child.stop())
                    .collect(Collectors.joining(", ")) + ".");
        }
        type.parameters().forEach(this::attribute);
    }

    private void attribute(AttributeRule rule) {
        line(".TP");
        line(".BR " + escaped(rule.name()) + " \" (" + escaped(rule.type().toString()) + ")\"");
        text(sentence(rule.meaning()));
        String preset = rule.inherited().map(from -> "from " + from).or(rule::preset)
                .map(value -> "Default: " + value + ".").orElse("");
        List<String> marks = Stream.of("key".repeat(rule.primary() ? 1 : 0),
                "required".repeat(rule.required() ? 1 : 0), "unique".repeat(rule.unique() ? 1 : 0),
                rule.traits().contains("newer") ? "newer than RHCS 3.0.12" : "",
                rule.traits().contains("old") ? "old" : "").filter(mark -> !mark.isEmpty()).toList();
        text(preset);
        text(marks.isEmpty() ? "" : sentence(String.join(", ", marks)));
        text(rule.live() == Live.NEVER ? "" : "A change takes effect: " + rule.live() + ".");
    }

    /** A sentence, in lines that are not too long. */
    private void text(String sentence) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (!line.isEmpty() && line.length() + word.length() > WIDTH) {
                line(escaped(line.toString()));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            line(escaped(line.toString()));
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    /** As text of roff: its own characters, and hyphens that are meant as such. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
