package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.agents.OcfMetaData;
import org.quorate.agents.OcfName;
import org.quorate.config.Element;

/**
 * The types of resources that OCF agents run. All are {@code ocf} to cluster.conf, so that any can be referred to by
 * its name; which agent runs one is said by its provider and type, and what that can do by the agent.
 *
 * <p>Nothing is left out of a service for what its agent says: that one is missing, or that a parameter is, is found
 * when the resource is to be started, and then the service does not start here. Defaults are the agents' own to fill
 * in.
 */
final class OcfRule {
    static final String PROVIDER = "provider";
    /** OCF's type: of the resource's type there are as many as there are agents. */
    static final String VARIANT = "type";

    /** Of an agent that does not say; long enough for any. */
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private OcfRule() {}

    /** The type as such, for references. */
    static ResourceRule any() {
        return rule("", List.of(), Collections.emptySortedSet(), List.of(), Optional.empty());
    }

    /**
     * The type of resources that one agent runs.
     *
     * @param agent    path of the agent
     * @param metaData what it prints; empty if it is not there or cannot be asked
     * @param elements that name it: whatever is written there is handed to it
     */
    static ResourceRule of(String agent, Optional<Element> metaData, List<Element> elements) {
        Optional<OcfMetaData> known = metaData.flatMap(OcfMetaData::of);
        Set<String> parameters = new LinkedHashSet<>();
        known.ifPresent(k -> parameters.addAll(k.parameters()));
        elements.forEach(e -> e.attributes().forEach(a -> parameters.add(a.name())));
        parameters.removeIf(p -> p.equals("name") || p.equals(PROVIDER) || p.equals(VARIANT) || p.equals("ref")
                || p.startsWith("__"));
        List<ActionRule> declared = metaData.filter(_ -> known.isPresent())
                .map(OcfRule::actions).orElse(List.of());
        return rule(agent, List.copyOf(parameters),
                known.map(OcfMetaData::unique).orElseGet(Collections::emptySortedSet), declared,
                known.filter(OcfMetaData::promotable)
                        .map(_ -> OcfMetaData.PROMOTABLE + "; " + OcfMetaData.WITHOUT_ROLES));
    }

    private static ResourceRule rule(String agent, List<String> parameters, Set<String> unique,
            List<ActionRule> declared, Optional<String> refusal) {
        List<ParameterRule> all = new ArrayList<>();
        all.add(new ParameterRule("name", true, true, false, false, false, Optional.empty()));
        for (String name : List.of(PROVIDER, VARIANT)) {
            all.add(new ParameterRule(name, false, false, true, false, false, Optional.empty()));
        }
        parameters.forEach(name -> all.add(
                new ParameterRule(name, false, unique.contains(name), false, false, false, Optional.empty())));
        List<ActionRule> actions = new ArrayList<>(declared);
        for (String operation : List.of("start", "stop", "status")) {
            if (actions.stream().noneMatch(a -> a.name().equals(operation) && a.depth() == 0)) {
                actions.add(new ActionRule(operation, 0, TIMEOUT,
                        operation.equals("status") ? INTERVAL : Duration.ZERO, true));
            }
        }
        return new ResourceRule(OcfName.ELEMENT, agent, all, actions, List.of(), 0, true, true, AgentApi.OCF,
                refusal);
    }

    /** What it declares of what rgmanager asks for. Their timeouts are meant: Pacemaker keeps them too. */
    private static List<ActionRule> actions(Element root) {
        Map<String, ActionRule> actions = new LinkedHashMap<>();
        root.children("actions").flatMap(all -> all.children("action")).forEach(action -> {
            String name = AgentApi.OCF.operation(action.attribute("name", ""));
            if (List.of("start", "stop", "status").contains(name)) {
                boolean check = name.equals("status");
                int depth = check ? Math.max(LeadingNumber.of(action.attribute("depth", "0")), 0) : 0;
                Duration interval = action.attribute("interval").map(AgentDuration::parse)
                        .filter(given -> !given.isZero()).orElse(INTERVAL);
                actions.putIfAbsent(name + " " + depth, new ActionRule(name, depth,
                        AgentDuration.parse(action.attribute("timeout", "0")), check ? interval : Duration.ZERO,
                        true));
            }
        });
        return List.copyOf(actions.values());
    }
}
