package org.quorate.rgmanager.rgtest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where services run while dependencies are simulated.
 *
 * @param scene  what does not change
 * @param online ids of the nodes that are there
 * @param places by service: a node id, {@link #STOPPED} or {@link #DISABLED}
 */
record Situation(Scene scene, SortedSet<Integer> online, SortedMap<String, Integer> places) {
    static final int STOPPED = 0;
    static final int DISABLED = -1;

    Situation {
        online = Collections.unmodifiableSortedSet(new TreeSet<>(online));
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }

    /** Nothing runs and nobody is there. */
    static Situation initial(Scene scene) {
        SortedMap<String, Integer> places = new TreeMap<>();
        scene.services().forEach(service -> places.put(service, STOPPED));
        return new Situation(scene, new TreeSet<>(), places);
    }

    Situation online(SortedSet<Integer> nodes) {
        return new Situation(scene, nodes, places);
    }

    Situation with(String service, int place) {
        SortedMap<String, Integer> changed = new TreeMap<>(places);
        changed.put(service, place);
        return new Situation(scene, online, changed);
    }

    int place(String service) {
        return places.get(service);
    }

    boolean runs(String service) {
        return place(service) > 0;
    }

    /** Whether a service runs where it cannot or must not. */
    boolean misplaced(String service) {
        return runs(service) && (!online.contains(place(service)) || !scene.mayRun(service, place(service)));
    }

    /** What is against the rules, a line each. */
    List<String> violations() {
        List<String> lines = new ArrayList<>();
        for (String service : scene.services()) {
            if (!runs(service)) {
                continue;
            }
            if (!online.contains(place(service))) {
                lines.add("Resource " + service + " on dead/offline node " + place(service));
            } else if (!scene.mayRun(service, place(service))) {
                lines.add("Resource " + service + " on illegal node " + place(service));
            }
            scene.of(service).forEach(need -> violated(need, lines));
        }
        return lines;
    }

    private void violated(Dependency need, List<String> lines) {
        boolean together = place(need.service()) == place(need.target());
        if (!runs(need.target())) {
            if (need.require() == Dependency.Require.ALWAYS) {
                lines.add("Resource " + need.service() + " depends on resource " + need.target());
            }
        } else if (together && need.colocate() == Dependency.Colocate.NEVER) {
            lines.add("Resource " + need.service() + " must not run on the same node as resource " + need.target());
        } else if (!together && need.colocate() == Dependency.Colocate.ALWAYS) {
            lines.add("Resource " + need.service() + " must run on the same node as resource " + need.target());
        }
    }

    /** Whether all is there that a service needs in order to start. */
    boolean canStart(String service) {
        return scene.of(service).stream()
                .allMatch(need -> need.require() == Dependency.Require.NEVER || runs(need.target()));
    }

    /** 0 is ideal; above it services are stopped, so many; below it rules are violated, so often. */
    int score() {
        int violations = violations().size();
        return violations > 0 ? -violations : all(STOPPED).size();
    }

    /** The services of a place. */
    List<String> all(int place) {
        return scene.services().stream().filter(service -> place(service) == place).toList();
    }

    /** What {@code check} prints. */
    String verdict() {
        int score = score();
        StringBuilder text = new StringBuilder();
        if (score == 0) {
            text.append("Cluster state is ideal\n");
        } else if (score > 0) {
            text.append("Cluster state is valid, but not ideal (").append(score).append(" stopped)\n");
        } else {
            text.append("Cluster state is invalid (").append(-score).append(" errors)\n");
            violations().forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** What {@code state} prints. */
    String description() {
        StringBuilder text = new StringBuilder(verdict());
        for (int node : online) {
            text.append("Node ").append(node).append('\n');
            all(node).forEach(service -> text.append('\t').append(service).append('\n'));
            text.append('\n');
        }
        text.append("Stopped resources:\n");
        all(STOPPED).forEach(service -> text.append('\t').append(service).append(";\n"));
        text.append("\nDisabled resources:\n");
        all(DISABLED).forEach(service -> text.append('\t').append(service).append(";\n"));
        return text.append('\n').toString();
    }
}
