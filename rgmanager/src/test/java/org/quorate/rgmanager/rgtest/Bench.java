package org.quorate.rgmanager.rgtest;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.domain.FailoverDomains;
import org.quorate.rgmanager.core.tree.CheckSlots;
import org.quorate.rgmanager.core.tree.Message;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.Step;
import org.quorate.rgmanager.core.tree.TreeListing;
import org.quorate.rgmanager.core.tree.TreeNode;
import org.quorate.rgmanager.core.tree.TreeWalk;
import org.quorate.rgmanager.core.tree.Xml;
import org.quorate.rgmanager.core.trigger.EventTriggers;
import org.quorate.time.Moment;

/** Agents and configurations in a few words, and what is asked of them. */
final class Bench {
    private final ResourceRules.Reader reader = new ResourceRules.Reader();
    private final Map<String, Integer> exitCodes = new LinkedHashMap<>();
    private ResourceConfiguration configuration;
    private String old = "";
    private String now = "";
    private long seconds;

    /** Takes what is given, or answers a question: the question itself, then a line each. */
    List<String> obey(String line) throws InterruptedException {
        int blank = line.indexOf(' ');
        String rest = line.substring(blank + 1);
        switch (line.substring(0, blank)) {
            case "agent" -> reader.add(rest.split(" ")[0] + ".sh", Xml.parse(agent(rest)));
            case "xml" -> reader.add("some.sh", Xml.parse(rest));
            case "conf" -> {
                old = rest;
                configuration = null;
            }
            case "then" -> now = rest;
            case "fails" -> exitCodes.put(rest.substring(0, rest.lastIndexOf(' ')),
                    Integer.valueOf(rest.substring(rest.lastIndexOf(' ') + 1)));
            case "heals" -> exitCodes.remove(rest);
            case "later" -> seconds += Integer.parseInt(rest);
            case "?" -> {
                List<String> answer = new ArrayList<>(List.of(line));
                answer.addAll(answer(rest.split(" ")));
                return answer;
            }
            default -> throw new IllegalArgumentException(line);
        }
        return List.of();
    }

    /** {@code NAME | a! b<svc%x c=1 | kid:1/2 | start status:10@30 | maxinstances=1}; all but the name may lack. */
    private static String agent(String words) {
        String[] parts = words.split("\\|", -1);
        StringBuilder xml = new StringBuilder("<resource-agent name=\"" + parts[0].strip() + "\"><parameters>");
        part(parts, 1, "name! x").forEach(word -> xml.append(parameter(word)));
        xml.append("</parameters><actions>");
        part(parts, 3, "start stop status@10").forEach(word -> xml.append(action(word)));
        xml.append("</actions><special tag=\"rgmanager\"><attributes");
        part(parts, 4, "").forEach(word -> xml.append(' ').append(word.replaceFirst("=(.*)", "=\"$1\"")));
        xml.append("/>");
        part(parts, 2, "").forEach(word -> xml.append(child(word)));
        return xml.append("</special></resource-agent>").toString();
    }

    private static List<String> part(String[] parts, int index, String otherwise) {
        String text = parts.length > index && !parts[index].isBlank() ? parts[index].strip() : otherwise;
        return text.isEmpty() ? List.of() : List.of(text.split(" +"));
    }

    private static String parameter(String word) {
        String name = word.replaceFirst("[!*+~<=].*", "");
        String flags = word.substring(name.length()).replaceFirst("[<=].*", "");
        int inherit = word.indexOf('<');
        int preset = word.indexOf('=');
        return "<parameter name=\"" + name + "\"" + (flags.contains("!") ? " primary=\"1\"" : "")
                + (flags.contains("*") ? " unique=\"1\"" : "") + (flags.contains("+") ? " required=\"1\"" : "")
                + (flags.contains("~") ? " reconfig=\"1\"" : "")
                + (inherit < 0 ? "" : " inherit=\"" + word.substring(inherit + 1) + "\"") + ">"
                + (preset < 0 ? "" : "<content default=\"" + word.substring(preset + 1) + "\"/>") + "</parameter>";
    }

    private static String action(String word) {
        String[] interval = word.split("@");
        String[] depth = interval[0].split(":");
        return "<action name=\"" + depth[0] + "\" timeout=\"5\""
                + (depth.length > 1 ? " depth=\"" + depth[1] + "\"" : "")
                + (interval.length > 1 ? " interval=\"" + interval[1] + "\"" : "") + "/>";
    }

    private static String child(String word) {
        String[] parts = word.split(":");
        String levels = parts.length < 2 ? "" : parts[1].equals("-") ? " forbid=\"1\""
                : " start=\"" + parts[1].split("/")[0] + "\" stop=\"" + parts[1].split("/")[1] + "\"";
        return "<child type=\"" + parts[0] + "\"" + levels + "/>";
    }

    private List<String> answer(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "types" -> reader.rules().all().stream().map(rule -> rule.type() + " " + rule.parameters().stream()
                    .map(p -> p.name()).toList()).toList();
            case "actions" -> reader.rules().find(words[1]).orElseThrow().actions().stream().map(a -> a.name() + " "
                    + a.depth() + " timeout " + a.timeout().toSeconds() + " interval " + a.interval().toSeconds())
                    .toList();
            case "said" -> said();
            case "rule" -> TreeListing.rules(reader.rules()).lines()
                    .dropWhile(l -> !l.endsWith("\"" + words[1] + "\"")).skip(1)
                    .takeWhile(l -> !l.isEmpty()).map(String::strip).toList();
            case "list" -> TreeListing.resources(configuration().resources()).lines().filter(l -> l.startsWith(" ")
                    || l.startsWith("Resource") || l.startsWith("Instances")).map(String::strip).toList();
            case "tree" -> configuration().tree().roots().stream().map(Bench::shape).toList();
            case "values" -> TreeListing.tree(configuration().tree()).lines().filter(l -> l.endsWith(";"))
                    .map(String::strip).toList();
            case "domains" -> FailoverDomains.read(cluster()).listing().lines().map(String::strip).toList();
            case "events" -> EventTriggers.read(cluster()).listing().lines().map(String::strip)
                    .takeWhile(l -> !l.equals("Name: Default")).toList();
            case "delta" -> delta("=== Operations (down-phase) ===");
            case "marks" -> delta("=== Old Resource Tree ===").stream()
                    .takeWhile(l -> !l.startsWith("=== Operations")).toList();
            default -> walk(Operation.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1], words[2]);
        };
    }

    private List<String> said() {
        var all = new ArrayList<>(reader.messages());
        if (!old.isEmpty()) {
            all.addAll(configuration().messages());
        }
        return all.stream().map(Message::text).map(String::strip).toList();
    }

    private static String shape(TreeNode node) {
        String flags = (node.independent() ? "i" : "") + (node.nonCritical() ? "n" : "")
                + (node.enforceTimeouts() ? "t" : "") + node.restarts().map(r -> "r" + r.limit()).orElse("");
        return node.resource().fullName() + (flags.isEmpty() ? "" : "[" + flags + "]")
                + (node.children().isEmpty() ? "" : node.children().stream().map(Bench::shape)
                        .collect(Collectors.joining(" ", "{", "}")));
    }

    private ResourceConfiguration configuration() {
        if (configuration == null) {
            configuration = read(old);
        }
        return configuration;
    }

    private ResourceConfiguration read(String rm) {
        return ResourceConfiguration.read(cluster(rm), reader.rules(), Defaults.FOR_ALL);
    }

    /** With four nodes, of which the last has no id. */
    private Element cluster() {
        return Xml.parse("<cluster><clusternodes><clusternode name=\"n1\" nodeid=\"1\"/>"
                + "<clusternode name=\"n2\" nodeid=\"2\"/><clusternode name=\"n3\" nodeid=\"0x3\"/>"
                + "<clusternode name=\"n4\"/></clusternodes><rm>" + old + "</rm></cluster>");
    }

    private static Element cluster(String rm) {
        return Xml.parse("<cluster><rm>" + rm + "</rm></cluster>");
    }

    private List<String> delta(String from) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        new DeltaTrial(read(old), read(now), new PrintStream(out, true, StandardCharsets.UTF_8)).run();
        return out.toString(StandardCharsets.UTF_8).lines().dropWhile(l -> !l.equals(from)).skip(1)
                .map(String::strip).filter(l -> !l.endsWith(";")).toList();
    }

    private List<String> walk(Operation operation, String type, String name) {
        List<String> lines = new ArrayList<>();
        var resource = configuration().resources().refer(type, name).orElseThrow();
        TreeWalk walk = TreeWalk.of(configuration().tree(), operation, resource, CheckSlots.unlimited());
        Step step = walk.next(moment());
        while (true) {
            switch (step) {
                case Step.RunAgent run -> {
                    lines.add(run.operation() + (run.depth() > 0 ? ":" + run.depth() : "") + " " + run.type() + ":"
                            + run.name());
                    int exitCode = exitCodes.getOrDefault(run.operation() + " " + run.type() + ":" + run.name(), 0);
                    step = walk.on(new Step.OperationEnded(run.node(), exitCode), moment());
                }
                case Step.Announce(var line) -> {
                    lines.add(line);
                    step = walk.next(moment());
                }
                case Step.Complain(var line) -> {
                    lines.add(line);
                    step = walk.next(moment());
                }
                case Step.Wait(var held) -> throw new IllegalStateException(held);
                case Step.Finished(var result) -> {
                    lines.add("= " + result.bits());
                    return lines;
                }
            }
        }
    }

    private Moment moment() {
        return Moment.START.plus(Duration.ofSeconds(seconds));
    }
}
