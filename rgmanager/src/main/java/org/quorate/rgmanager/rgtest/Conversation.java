package org.quorate.rgmanager.rgtest;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The commands of {@code dtest}, and the situation that they change. */
final class Conversation {
    private static final String HELP = """
            nodes                       show all nodes
            online [id...]              set or show the nodes that are online
            res [service]               show services
            start <service> <id> [test] start a service; with test, show what that would take
            stop <service>...           stop services
            disable <service>...        stop services and leave them stopped
            dep                         show dependencies
            domains                     show failover domains
            reslist                     show resources
            check                       say whether all rules are kept
            calc                        find the operations that restore order
            apply                       carry them out
            state                       show what runs where
            mem                         show how much memory is used
            quit, exit                  end
            """;

    private static final int KIBI = 1024;

    private final Scene scene;
    private final String domains;
    private final String resources;
    private final boolean graph;
    private final PrintStream out;
    private Situation situation;
    private Plan plan;

    /**
     * Begins one.
     *
     * @param domains   what {@code domains} shows
     * @param resources what {@code reslist} shows
     * @param graph     whether {@code state} is a graph for dot(1)
     */
    Conversation(Scene scene, String domains, String resources, boolean graph, PrintStream out) {
        this.scene = scene;
        this.domains = domains;
        this.resources = resources;
        this.graph = graph;
        this.out = out;
        situation = Situation.initial(scene);
        plan = new Plan(List.of(), 0, situation);
    }

    void greet() {
        out.println(list("Nodes", scene.nodes()));
    }

    /** Carries out a command; false if it was the last one. */
    boolean obey(String command, List<String> words) {
        switch (command) {
            case "nodes" -> greet();
            case "online" -> online(words);
            case "res" -> show(words);
            case "start" -> start(words);
            case "stop" -> words.forEach(word -> place(word, Situation.STOPPED, "stopped"));
            case "disable" -> words.forEach(word -> place(word, Situation.DISABLED, "disabled"));
            case "dep" -> out.print(scene.drawing());
            case "domains" -> out.print(domains);
            case "reslist" -> out.print(resources);
            case "check" -> out.print(situation.verdict());
            case "calc" -> {
                plan = Plan.from(situation);
                out.print(plan.description());
            }
            case "apply" -> apply();
            case "state" -> out.print(graph ? Graph.of(situation) : situation.description());
            case "mem" -> out.println(memory());
            case "?", "help" -> out.print(HELP);
            case "quit", "exit" -> {
                return false;
            }
            default -> out.println("Error: Command '" + command + "' unknown; try help");
        }
        return true;
    }

    private static String list(String name, Collection<Integer> ids) {
        return name + " = [ " + ids.stream().map(id -> id + " ").collect(Collectors.joining()) + "]";
    }

    private static String memory() {
        Runtime machine = Runtime.getRuntime();
        return "Memory: " + (machine.totalMemory() - machine.freeMemory()) / KIBI + " KiB used, at most "
                + machine.maxMemory() / KIBI + " KiB";
    }

    private void online(List<String> words) {
        SortedSet<Integer> nodes = new TreeSet<>();
        for (String word : words) {
            if (!isAmong(scene.nodes(), word)) {
                out.println("Error: Node '" + word + "' invalid");
                return;
            }
            nodes.add(Integer.valueOf(word));
        }
        if (!words.isEmpty()) {
            situation = situation.online(nodes);
        }
        out.println(list("Online", situation.online()));
    }

    private static boolean isAmong(SortedSet<Integer> nodes, String word) {
        return nodes.stream().anyMatch(node -> node.toString().equals(word));
    }

    private boolean exists(String word) {
        if (scene.services().contains(Dependency.fullName(word))) {
            return true;
        }
        out.println("Error: Resource '" + word + "' not found");
        return false;
    }

    private void show(List<String> words) {
        for (String word : words.isEmpty() ? scene.services() : words) {
            if (exists(word)) {
                String service = Dependency.fullName(word);
                int place = situation.place(service);
                String state = place > 0 ? "started" : place == Situation.STOPPED ? "stopped" : "disabled";
                String allowed = scene.allowed().containsKey(service)
                        ? list("Allowed Nodes", scene.allowed().get(service)) : "Allowed Nodes = [ all ]";
                out.println("Resource " + service + "\n  State: " + state + "\n  Owner: " + Math.max(place, 0)
                        + "\n  " + allowed);
            }
        }
    }

    private void start(List<String> words) {
        if (words.size() < 2) {
            out.println("Error: start needs a resource and a node");
        } else if (exists(words.getFirst())) {
            String node = words.get(1);
            if (!isAmong(situation.online(), node)) {
                out.println("Error: Node '" + node + "' not online");
            } else if (words.size() > 2 && words.get(2).equals("test")) {
                trial(situation.with(Dependency.fullName(words.getFirst()), Integer.parseInt(node)));
            } else {
                place(words.getFirst(), Integer.parseInt(node), "started on " + node);
            }
        }
    }

    /** Shows what a start would take, unless it cannot be had without breaking a rule. */
    private void trial(Situation wanted) {
        Plan needed = Plan.from(wanted);
        out.print(needed.result().score() < 0 ? "No, thanks.\n" : needed.description());
    }

    private void place(String word, int place, String what) {
        if (exists(word)) {
            situation = situation.with(Dependency.fullName(word), place);
            out.println(Dependency.fullName(word) + " is " + what);
        }
    }

    /** Nothing is checked: the situation may have changed since the plan was made. */
    private void apply() {
        out.print(plan.operations());
        for (Plan.Move move : plan.moves()) {
            situation = situation.with(move.service(), move.node());
        }
        out.println("Applied " + plan.moves().size() + " operations");
        plan = new Plan(List.of(), 0, situation);
    }
}
