package org.quorate.tools.service;

import java.time.ZoneId;
import java.util.Locale;
import org.quorate.api.rgmanager.ServiceRecord;

/** The cluster as XML, version 4.1.1 of clustat's own form. */
public final class ClustatXml {
    private final ClusterView view;
    private final Wanted wanted;
    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    /** Nothing is written. */
    public ClustatXml(ClusterView view, Wanted wanted, ZoneId zone) {
        this.view = view;
        this.wanted = wanted;
        this.zone = zone;
    }

    /** All of it. */
    public String document() {
        text.append("<?xml version=\"1.0\"?>\n<clustat version=\"4.1.1\">\n");
        if (wanted.all()) {
            line("  <cluster name=\"%s\" id=\"%d\" generation=\"%d\"/>", escaped(view.status().clusterName()),
                    view.status().clusterId(), view.status().epoch());
            line("  <quorum quorate=\"%d\" groupmember=\"%d\"/>", number(view.quorate()),
                    number(view.members().stream().anyMatch(m -> m.local() && m.manager())));
        }
        if (wanted.members()) {
            text.append("  <nodes>\n");
            view.members().stream().filter(m -> wanted.member().isEmpty() || wanted.member().get().equals(m.name()))
                    .forEach(this::node);
            text.append("  </nodes>\n");
        }
        if (wanted.services() && view.services().isPresent()) {
            text.append("  <groups>\n");
            view.services().get().stream()
                    .filter(s -> wanted.service().isEmpty() || wanted.service().get().equals(s.name().text()))
                    .forEach(this::group);
            text.append("  </groups>\n");
        }
        return text.append("</clustat>\n").toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "\n", values));
    }

    private static int number(boolean is) {
        return is ? 1 : 0;
    }

    private void node(ClusterView.Node node) {
        line("    <node name=\"%s\" state=\"%d\" local=\"%d\" estranged=\"%d\" rgmanager=\"%d\" rgmanager_master=\"%d\""
                + " qdisk=\"%d\" nodeid=\"0x%08x\"/>", escaped(node.name()), number(node.online()),
                number(node.local()), number(node.estranged()), number(node.manager()), number(node.master()),
                number(node.disk()), node.id());
    }

    private void group(ServiceRecord service) {
        String flags = (service.frozen() ? "frozen" : "") + (service.frozen() && service.partial() ? " " : "")
                + (service.partial() ? "partial" : "");
        line("    <group name=\"%s\" state=\"%d\" state_str=\"%s\" flags=\"%d\" flags_str=\"%s\" owner=\"%s\""
                + " last_owner=\"%s\" restarts=\"%d\" last_transition=\"%d\" last_transition_str=\"%s\"/>",
                escaped(service.name().text()), service.state().number(), service.state().text(), service.flags(),
                flags, escaped(view.nameOf(service.owner())), escaped(view.nameOf(service.lastOwner())),
                service.restarts(), service.transition(), ClockText.of(service.transition(), zone));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
