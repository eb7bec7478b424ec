package org.quorate.rgmanager.core.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Resources and tree as rg_test prints them; each text ends with a newline, or is empty where there is nothing. */
public final class TreeListing {
    private TreeListing() {}

    /** All resources with their attributes. */
    public static String resources(ResourceList resources) {
        StringBuilder text = new StringBuilder();
        resources.all().forEach(resource -> resource(resource, text));
        return text.toString();
    }

    private static void resource(Resource resource, StringBuilder text) {
        text.append("Resource type: ").append(resource.type());
        text.append(resource.inline() ? " [INLINE]" : "");
        for (Mark mark : List.of(Mark.NEEDSTART, Mark.NEEDSTOP, Mark.RECONFIG)) {
            text.append(resource.isMarked(mark) ? " [" + mark + "]" : "");
        }
        text.append('\n');
        if (resource.rule().maxInstances() > 0) {
            text.append("Instances: ").append(resource.uses().size()).append('/')
                    .append(resource.rule().maxInstances()).append('\n');
        }
        text.append("Agent: ").append(resource.rule().agent()).append("\nAttributes:\n");
        resource.attributes().forEach(attribute -> attribute(attribute, text));
        text.append('\n');
    }

    private static void attribute(ResourceAttribute attribute, StringBuilder text) {
        StringJoiner flags = new StringJoiner(" ", " [ ", " ]").setEmptyValue("");
        flag(attribute.rule().primary(), "primary", flags);
        flag(attribute.rule().unique(), "unique", flags);
        flag(attribute.rule().required(), "required", flags);
        flag(attribute.rule().reconfig(), "reconfig", flags);
        flag(attribute.inherited(), "inherit(\"" + attribute.value() + "\")", flags);
        text.append("  ").append(attribute.name()).append(attribute.inherited() ? "" : " = " + attribute.value())
                .append(flags).append('\n');
    }

    private static void flag(boolean set, String name, StringJoiner flags) {
        if (set) {
            flags.add(name);
        }
    }

    /** The tree with the values that attributes have at each place. */
    public static String tree(ResourceTree tree) {
        StringBuilder text = new StringBuilder();
        tree.roots().forEach(root -> node(root, "", text));
        return text.toString();
    }

    private static void node(TreeNode node, String indent, StringBuilder text) {
        text.append(indent).append(node.resource().type()).append(flags(node)).append(" {\n");
        for (ResourceAttribute attribute : node.resource().attributes()) {
            text.append(indent).append("  ").append(attribute.name()).append(" = \"")
                    .append(node.value(attribute).orElse("(null)")).append("\";\n");
        }
        node.children().forEach(child -> node(child, indent + "  ", text));
        text.append(indent).append("}\n");
    }

    private static StringJoiner flags(TreeNode node) {
        StringJoiner flags = new StringJoiner(" ", " [ ", " ]").setEmptyValue("");
        flag(node.isMarked(Mark.NEEDSTOP), "NEEDSTOP", flags);
        flag(node.isMarked(Mark.NEEDSTART), "NEEDSTART", flags);
        flag(node.independent(), "INDEPENDENT", flags);
        flag(node.isMarked(Mark.RECONFIG), "RECONFIG", flags);
        flag(node.enforceTimeouts(), "ENFORCE-TIMEOUTS", flags);
        flag(node.nonCritical(), "NON-CRITICAL", flags);
        return flags;
    }

    /** What is known of the types. */
    public static String rules(ResourceRules rules) {
        StringBuilder text = new StringBuilder();
        rules.all().forEach(rule -> rule(rule, text));
        return text.toString();
    }

    private static void rule(ResourceRule rule, StringBuilder text) {
        text.append("Resource Rules for \"").append(rule.type()).append("\"\n");
        text.append(rule.maxInstances() > 0 ? "Max instances: " + rule.maxInstances() + "\n" : "");
        text.append("Agent: ").append(rule.agent()).append("\nFlags: ");
        text.append(rule.initOnAdd() ? "init_on_add " : "");
        text.append(rule.destroyOnDelete() ? "destroy_on_delete " : "");
        text.append(rule.initOnAdd() || rule.destroyOnDelete() ? "\n" : "(none)\n");
        text.append("Attributes:\n").append(rule.parameters().isEmpty() ? "  - None -\n" : "");
        rule.parameters().forEach(parameter -> parameter(parameter, text));
        text.append("Actions:\n").append(rule.actions().isEmpty() ? "  - None -\n" : "");
        rule.actions().forEach(action -> action(action, text));
        text.append("Explicitly defined child resource types:\n");
        text.append(rule.children().isEmpty() ? "  - None -\n" : "");
        for (ChildRule child : rule.children()) {
            text.append("  ").append(child.type());
            text.append(child.forbid() ? " (forbidden)" : child.levelled()
                    ? " [ startlevel = " + child.start() + " stoplevel = " + child.stop() + " ] " : "").append('\n');
        }
        text.append('\n');
    }

    private static void parameter(ParameterRule parameter, StringBuilder text) {
        StringJoiner flags = new StringJoiner(" ", " [ ", " ]").setEmptyValue("");
        flag(parameter.primary(), "primary", flags);
        flag(parameter.unique(), "unique", flags);
        flag(parameter.required(), "required", flags);
        flag(parameter.inherited(), "inherit", flags);
        flag(parameter.reconfig(), "reconfig", flags);
        text.append("  ").append(parameter.name()).append(flags)
                .append(parameter.preset().map(p -> " default=\"" + p + "\"").orElse("")).append('\n');
    }

    private static void action(ActionRule action, StringBuilder text) {
        text.append("  ").append(action.name()).append('\n');
        List<String> lines = new ArrayList<>();
        if (!action.timeout().isZero()) {
            lines.add("Timeout (hint): " + action.timeout().toSeconds());
        }
        if (action.depth() > 0) {
            lines.add("OCF Check Depth (status/monitor): " + action.depth());
        }
        if (!action.interval().isZero()) {
            lines.add("Check Interval: " + action.interval().toSeconds());
        }
        lines.forEach(line -> text.append("    ").append(line).append(" seconds\n"));
    }
}
