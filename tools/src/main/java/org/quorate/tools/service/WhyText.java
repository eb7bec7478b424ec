package org.quorate.tools.service;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.Explanation;
import org.quorate.api.rgmanager.ServiceRecord;

/** Why a service is where it is, for people: {@code clustat --why}. */
public final class WhyText {
    private final ClusterView view;
    private final Explanation explanation;
    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    /**
     * Nothing is written.
     *
     * @param view for names of nodes
     */
    public WhyText(ClusterView view, Explanation explanation, ZoneId zone) {
        this.view = view;
        this.explanation = explanation;
        this.zone = zone;
    }

    /** All of it. */
    public String text() {
        state(explanation.record());
        text.append("\nScores:\n");
        int width = explanation.nodes().stream().mapToInt(n -> n.name().length()).max().orElse(1);
        explanation.nodes().forEach(n -> line("  %-" + width + "s  %-7s  %-7s  %s", n.name(),
                n.online() ? "online" : "offline", scoreOf(n), n.why()));
        text.append("\nPolicy:\n");
        policy(explanation.policy());
        text.append("\nLast decisions, the newest last:\n");
        if (explanation.decisions().isEmpty()) {
            text.append("  none that any member of the cluster remembers\n");
        }
        explanation.decisions().forEach(this::decision);
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private void state(ServiceRecord record) {
        line("Service:     %s", record.name());
        if (!explanation.ready()) {
            line("State:       not known: the cluster is not quorate, or its members have not told each other yet");
            return;
        }
        line("State:       %s%s", record.state().text(), record.partial() ? ", without a part of it" : "");
        line("Owner:       %s", view.nameOf(record.owner()));
        line("Last owner:  %s", view.nameOf(record.lastOwner()));
        line("Since:       %s", record.transition() == 0 ? "ever" : ClockText.of(record.transition(), zone));
    }

    /** A node with a good score that is taken by what runs there is none to start it on. */
    private static String scoreOf(Explanation.Node node) {
        return node.room() || node.score().equals("illegal") ? node.score() : "taken";
    }

    private void policy(Explanation.Policy policy) {
        line("  failover domain:  %s", domainOf(policy));
        line("  recovery:         %s%s", policy.recovery(), policy.maxRestarts() == 0 ? ""
                : "; " + policy.restarts() + " of " + policy.maxRestarts() + " restarts"
                        + (policy.expireSeconds() == 0 ? "" : " within " + policy.expireSeconds() + " s")
                        + " used up");
        line("  autostart:        %s", yes(policy.autostart()));
        line("  exclusive:        %s", yes(policy.exclusive()));
        line("  depends on:       %s", policy.depend().isEmpty() ? "nothing"
                : policy.depend() + " (" + policy.dependMode() + "), which is " + policy.dependState());
        line("  frozen:           %s", yes(explanation.record().frozen()));
        line("  starts locked:    %s", yes(explanation.locked()));
    }

    private static String domainOf(Explanation.Policy policy) {
        if (policy.domain().isEmpty()) {
            return "none";
        }
        if (!policy.exists()) {
            return policy.domain() + ", which does not exist";
        }
        List<String> flags = new ArrayList<>(List.of(policy.ordered() ? "ordered" : "unordered",
                policy.restricted() ? "restricted" : "unrestricted"));
        if (policy.nofailback()) {
            flags.add("nofailback");
        }
        return policy.domain() + " (" + String.join(", ", flags) + ")";
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private void decision(Decision decision) {
        line("  %s  %s: %s", ClockText.of(decision.when(), zone),
                decision.node() == 0 ? "all members" : view.nameOf(decision.node()), decision.what());
        line("      %s", decision.why());
    }
}
