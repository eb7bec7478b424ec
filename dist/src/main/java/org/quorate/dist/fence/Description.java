package org.quorate.dist.fence;

import java.util.List;

/** What the agent says of itself: what it can be told, and what it does. */
final class Description {
    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("action", "o", "string", "reboot", true, "what to do"),
            new Parameter("ip", "a", "string", "", true, "address of the management module"),
            new Parameter("ipport", "u", "integer", "23", false, "its port"),
            new Parameter("username", "l", "string", "", true, "user of the management module"),
            new Parameter("password", "p", "string", "", false, "that user's password"),
            new Parameter("password_script", "S", "string", "", false, "program that says the password"),
            new Parameter("plug", "n", "string", "", true, "number of the bay that the blade is in"),
            new Parameter("missing_as_off", "", "boolean", "", false, "a bay without a blade counts as off"),
            new Parameter("delay", "", "second", "0", false, "waits before off and reboot"),
            new Parameter("login_timeout", "", "second", "5", false, "how long the login may take"),
            new Parameter("shell_timeout", "", "second", "3", false, "how long an answer may take"),
            new Parameter("power_wait", "", "second", "0", false, "waits after each switching"),
            new Parameter("power_timeout", "", "second", "20", false, "how long the switching may take"),
            new Parameter("retry_on", "", "integer", "1", false, "how often to try switching on again"),
            new Parameter("separator", "C", "string", ",", false, "what stands between the columns of a list"));
    private static final List<String> ACTIONS =
            List.of("on", "off", "reboot", "status", "list", "list-status", "monitor", "metadata", "validate-all");

    private record Parameter(String name, String letter, String type, String byDefault, boolean required, String text) {
        String option() {
            return (letter.isEmpty() ? "" : "-" + letter + ", ") + "--" + name.replace('_', '-')
                    + (type.equals("boolean") ? "" : "=[" + name + "]");
        }
    }

    private Description() { }

    static String metadata() {
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" ?>
                <resource-agent name="fence_bladecenter" shortdesc="Fence agent for IBM BladeCenter">
                <longdesc>Switches the power of a blade by the command line of its chassis's management module, which
                it calls by telnet.</longdesc>
                <vendor-url>https://www.ibm.com</vendor-url>
                <parameters>
                """);
        for (Parameter p : PARAMETERS) {
            xml.append("\t<parameter name=\"").append(p.name()).append("\" unique=\"0\" required=\"")
                    .append(p.required() ? 1 : 0).append("\">\n")
                    .append("\t\t<getopt mixed=\"").append(p.option()).append("\" />\n")
                    .append("\t\t<content type=\"").append(p.type()).append('"')
                    .append(p.byDefault().isEmpty() ? "" : " default=\"" + p.byDefault() + "\"").append(" />\n")
                    .append("\t\t<shortdesc lang=\"en\">").append(p.text()).append("</shortdesc>\n\t</parameter>\n");
        }
        xml.append("</parameters>\n<actions>\n");
        for (String action : ACTIONS) {
            xml.append("\t<action name=\"").append(action).append(action.equals("on") ? "\" automatic=\"0\"" : "\"")
                    .append(" />\n");
        }
        return xml.append("</actions>\n</resource-agent>\n").toString();
    }

    static String help() {
        StringBuilder help = new StringBuilder("""
                Usage: fence_bladecenter [options], or name=value lines on standard input
                Switches the power of a blade by the command line of its chassis's management module.

                """);
        for (Parameter p : PARAMETERS) {
            help.append(String.format("  %-36s %s%n", p.option(), p.text()
                    + (p.byDefault().isEmpty() ? "" : " (default " + p.byDefault() + ")")));
        }
        return help.append("\nActions: ").append(String.join(", ", ACTIONS)).append('\n').toString();
    }
}
