package org.quorate.fencing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;

/**
 * What an agent says of itself.
 *
 * @param defaults the arguments that it understands, in its order, each with its default; empty where it has none
 * @param actions  what it can do
 */
public record AgentMetadata(Map<String, String> defaults, Set<String> actions) {
    /** Of an agent that says nothing of itself: it is told everything as it stands in cluster.conf. */
    public static final AgentMetadata NONE = new AgentMetadata(Map.of(), Set.of());

    /** Reads what came on the agent's standard output; nothing if that is no meta-data. */
    static Optional<AgentMetadata> parse(byte[] xml) {
        // The parser of cluster.conf: it refuses a DOCTYPE, knows limits, and ends whatever the bytes are.
        return ClusterFile.parse(xml).root().filter(root -> root.name().equals("resource-agent"))
                .map(AgentMetadata::of);
    }

    private static AgentMetadata of(Element root) {
        var defaults = new LinkedHashMap<String, String>();
        root.children("parameters").flatMap(all -> all.children("parameter")).forEach(parameter ->
                parameter.attribute("name").ifPresent(name -> defaults.put(name,
                        parameter.child("content").flatMap(c -> c.attribute("default")).orElse(""))));
        var actions = new LinkedHashSet<String>();
        root.children("actions").flatMap(all -> all.children("action"))
                .forEach(action -> action.attribute("name").ifPresent(actions::add));
        return new AgentMetadata(defaults, actions);
    }

    /** Whether anything is known. */
    boolean isKnown() {
        return !defaults.isEmpty();
    }

    /** The arguments that it understands. */
    Set<String> arguments() {
        return defaults.keySet();
    }

    /** What it does when no action is given. */
    String defaultAction() {
        var action = defaults.getOrDefault("action", defaults.getOrDefault("option", ""));
        return action.isEmpty() ? "reboot" : action;
    }

    /** Whether a reboot can be taken apart into off and on. */
    boolean canSwitch() {
        return actions.contains("off") && actions.contains("on");
    }
}
