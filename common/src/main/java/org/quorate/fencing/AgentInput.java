package org.quorate.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.config.FenceDevice;
import org.quorate.config.Setting;

/**
 * What an agent is told on its standard input: one {@code name=value} a line. First what the node says of the device,
 * then {@code nodename}, then what the device says of itself; each argument once, the node's own before the shared one,
 * since agents disagree on which of two counts.
 *
 * @param lines        the arguments in their order, in the spelling that the agent knows
 * @param translations what was spelt otherwise, such as {@code blade is called plug now}
 */
public record AgentInput(List<Setting> lines, List<String> translations) {
    /** Shortest time limit: most devices answer within seconds, slow ones in less than two minutes. */
    static final Duration LEAST_LIMIT = Duration.ofSeconds(120);

    private static final long SLACK_SECONDS = 30;

    public AgentInput {
        lines = List.copyOf(lines);
        translations = List.copyOf(translations);
    }

    /**
     * Puts it together.
     *
     * @param victim node to be cut off, as cluster.conf calls it
     * @param action to be done instead of what is configured
     */
    static AgentInput of(FenceDevice device, String victim, Optional<String> action, AgentMetadata agent) {
        var configured = new ArrayList<Setting>();
        action.ifPresent(wanted -> configured.add(new Setting("action", wanted)));
        configured.addAll(device.own());
        configured.add(new Setting("nodename", victim));
        configured.addAll(device.shared());

        var chosen = new LinkedHashMap<String, Setting>();
        var translations = new ArrayList<String>();
        for (var setting : configured) {
            var spelt = OldSpellings.as(setting.name(), agent.arguments());
            boolean fresh = chosen.putIfAbsent(
                    OldSpellings.canonical(spelt), new Setting(spelt, clean(setting.value()))) == null;
            if (fresh && !spelt.equals(setting.name())) {
                translations.add(setting.name() + " is called " + spelt + " now");
            }
        }
        if (agent.isKnown() && !agent.arguments().contains("agent")) {
            // Told to every agent since ever, and complained about by those of today.
            chosen.remove("agent");
        }
        return new AgentInput(List.copyOf(chosen.values()), translations);
    }

    /** A line end inside a value would begin an argument of its own. */
    private static String clean(String value) {
        return value.replace('\n', ' ').replace('\r', ' ').replace('\0', ' ');
    }

    /** The value of an argument in any spelling. */
    Optional<String> value(String name) {
        return lines.stream().filter(s -> OldSpellings.canonical(s.name()).equals(OldSpellings.canonical(name)))
                .map(Setting::value).findFirst();
    }

    /** As it is written to the agent. */
    String text() {
        return lines.stream().map(s -> s.name() + "=" + s.value() + "\n").collect(Collectors.joining());
    }

    /** As {@code fence_node -vv} shows it. */
    public String oneLine() {
        return lines.stream().map(s -> s.name() + "=" + s.value()).collect(Collectors.joining(" "));
    }

    /** How long the agent may take: what it is told to wait at most, and some more. */
    Duration limit(AgentMetadata agent) {
        long seconds = SLACK_SECONDS + seconds("delay", agent) + 2 * seconds("power_wait", agent)
                + 2 * seconds("power_timeout", agent) + 2 * seconds("login_timeout", agent)
                + 4 * seconds("shell_timeout", agent);
        return seconds > LEAST_LIMIT.toSeconds() ? Duration.ofSeconds(seconds) : LEAST_LIMIT;
    }

    private long seconds(String name, AgentMetadata agent) {
        var text = value(name).orElse(agent.defaults().getOrDefault(name, ""));
        // Longer than four digits is no time that anybody means.
        return text.matches("[0-9]{1,4}") ? Long.parseLong(text) : 0;
    }

    /** For logs: without passwords. */
    @Override
    public String toString() {
        return lines.stream().map(Setting::toString).collect(Collectors.joining(" "));
    }
}
