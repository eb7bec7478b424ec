package org.quorate.tools.service;

import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;

import java.time.ZoneId;
import java.util.Locale;
import org.quorate.api.rgmanager.ServiceRecord;

/** The cluster as text, as people and scripts know it from RHEL 6. */
public final class ClustatText {
    private static final int LONGEST = 64;
    private static final int STATE = 14;
    /** Columns that are left for the state and what is between the fields. */
    private static final int BESIDE_SERVICES = 20;

    private final ClusterView view;
    private final Wanted wanted;
    private final int memberWidth;
    private final int serviceWidth;
    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    /**
     * Nothing is written.
     *
     * @param columns of the terminal, 80 without one
     */
    public ClustatText(ClusterView view, Wanted wanted, int columns, ZoneId zone) {
        this.view = view;
        this.wanted = wanted;
        this.zone = zone;
        memberWidth = Math.min(columns / 2, LONGEST);
        serviceWidth = Math.min((columns - BESIDE_SERVICES) / 2, LONGEST);
    }

    /** All of it. */
    public String at(long epochSeconds) {
        if (!view.ready()) {
            text.append("Service states unavailable: Operation requires quorum\n");
        }
        if (wanted.all()) {
            line("Cluster Status for %s @ %s", view.status().clusterName(), ClockText.of(epochSeconds, zone));
            line("Member Status: %s\n", view.quorate() ? "Quorate" : "Inquorate");
        }
        if (wanted.members()) {
            members();
        }
        if (wanted.services() && view.services().isPresent()) {
            services();
        }
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "\n", values));
    }

    private void members() {
        String columns = " %-" + memberWidth + "." + memberWidth + "s%-4.4s %s";
        line(columns, "Member Name", "ID", "Status");
        line(columns, "------ ----", "----", "------");
        for (var member : view.members()) {
            if (wanted.member().isEmpty() || wanted.member().get().equals(member.name())) {
                line(" %-" + memberWidth + "." + memberWidth + "s %4d %s", member.name(), member.id(),
                        statusOf(member));
            }
        }
        text.append('\n');
    }

    private static String statusOf(ClusterView.Node member) {
        var status = new StringBuilder(member.online() ? "Online" : "Offline");
        status.append(member.local() ? ", Local" : "");
        status.append(member.estranged() && member.online() ? ", Estranged" : "");
        if (member.master()) {
            status.append(", RG-Master");
        } else if (member.worker()) {
            status.append(", RG-Worker");
        } else if (member.manager()) {
            status.append(", rgmanager");
        }
        return status.append(member.disk() ? ", Quorum Disk" : "").toString();
    }

    private void services() {
        var shown = view.services().orElseThrow().stream()
                .filter(s -> wanted.service().isEmpty() || wanted.service().get().equals(s.name().text())).toList();
        if (shown.isEmpty()) {
            return;
        }
        if (wanted.details()) {
            text.append("Service Information\n------- -----------\n\n");
            shown.forEach(this::details);
            return;
        }
        row("Service Name", "Owner (Last)", "State");
        row("------- ----", "----- ------", "-----");
        shown.forEach(s -> row(s.name().text(), ownerOf(s), stateOf(s)));
    }

    private void row(String name, String owner, String state) {
        String field = "%-" + serviceWidth + "." + serviceWidth + "s";
        line(" " + field + " " + field + " %-" + STATE + "." + STATE + "s", name, owner, state);
    }

    private String ownerOf(ServiceRecord service) {
        if (!service.is(STOPPED, DISABLED, FAILED, RECOVERABLE)) {
            return view.nameOf(service.owner());
        }
        String last = view.nameOf(service.lastOwner());
        int room = serviceWidth - "()".length();
        return "(" + (last.length() > room ? last.substring(0, room) : last) + ")";
    }

    private static String stateOf(ServiceRecord service) {
        String flags = (service.frozen() ? "Z" : "") + (service.partial() ? "P" : "");
        if (flags.isEmpty()) {
            return service.state().text();
        }
        int room = STATE - flags.length() - "[]".length();
        return String.format(Locale.ROOT, "%-" + room + "." + room + "s[%s]", service.state().text(), flags);
    }

    private void details(ServiceRecord service) {
        line("Service Name      : %s", service.name());
        line("  Current State   : %s (%d)", service.state().text(), service.state().number());
        line("  Flags           : %s (%d)", flagsOf(service), service.flags());
        line("  Owner           : %s", view.nameOf(service.owner()));
        line("  Last Owner      : %s", view.nameOf(service.lastOwner()));
        line("  Last Transition : %s\n", ClockText.of(service.transition(), zone));
    }

    private static String flagsOf(ServiceRecord service) {
        if (service.frozen() && service.partial()) {
            return "frozen, partial";
        }
        return service.frozen() ? "frozen" : service.partial() ? "partial" : "none";
    }
}
