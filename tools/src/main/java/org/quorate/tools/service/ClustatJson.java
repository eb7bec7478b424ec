package org.quorate.tools.service;

import static org.quorate.tools.service.JsonText.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.Explanation;
import org.quorate.api.rgmanager.ServiceRecord;

/** The cluster as JSON, as docs/clustat-json.md describes it. */
public final class ClustatJson {
    /** Raised when something that a reader may count on goes away or changes its meaning. */
    public static final int VERSION = 1;

    private static final List<String> SCORES = List.of("illegal", "good", "better", "best");

    private final ClusterView view;
    private final Wanted wanted;
    private final Optional<Explanation> explanation;

    /** Nothing is written; with an explanation it is told of that service why it is where it is. */
    public ClustatJson(ClusterView view, Wanted wanted, Optional<Explanation> explanation) {
        this.view = view;
        this.wanted = wanted;
        this.explanation = explanation;
    }

    /** All of it. */
    public String document() {
        var status = view.status();
        var document = new LinkedHashMap<>(object(
                "version", VERSION,
                "cluster", object("name", status.clusterName(), "id", status.clusterId(), "epoch", status.epoch()),
                "quorum", object("quorate", view.quorate()),
                "nodes", view.members().stream().filter(m -> wanted.members()
                        && wanted.member().map(m.name()::equals).orElse(true)).map(ClustatJson::member).toList(),
                "servicesKnown", view.services().isPresent(),
                "services", view.services().orElse(List.of()).stream().filter(s -> wanted.services()
                        && wanted.service().map(s.name().text()::equals).orElse(true)).map(this::service).toList()));
        explanation.ifPresent(e -> document.put("why", why(e)));
        return JsonText.of(document);
    }

    private static Map<String, Object> member(ClusterView.Node node) {
        return object("id", node.id(), "name", node.name(), "online", node.online(), "local", node.local(),
                "configured", !node.estranged(), "rgmanager", node.manager(), "master", node.master(),
                "quorumDisk", node.disk());
    }

    private Map<String, Object> service(ServiceRecord record) {
        return object("name", record.name().text(), "state", record.state().text(),
                "stateNumber", record.state().number(), "owner", node(record.owner()),
                "lastOwner", node(record.lastOwner()), "restarts", record.restarts(), "since", record.transition(),
                "frozen", record.frozen(), "partial", record.partial());
    }

    private Map<String, Object> node(int id) {
        return id == 0 ? null : object("id", id, "name", view.nameOf(id));
    }

    private Map<String, Object> why(Explanation of) {
        return object("service", of.record().name().text(), "startsLocked", of.locked(),
                "policy", policy(of.policy()), "scores", of.nodes().stream().map(ClustatJson::score).toList(),
                "decisions", of.decisions().stream().map(this::decision).toList());
    }

    private static Map<String, Object> policy(Explanation.Policy of) {
        var domain = of.domain().isEmpty() ? null : object("name", of.domain(), "exists", of.exists(),
                "ordered", of.ordered(), "restricted", of.restricted(), "nofailback", of.nofailback());
        var dependency = of.depend().isEmpty() ? null
                : object("service", of.depend(), "mode", of.dependMode(), "state", of.dependState());
        return object("failoverDomain", domain, "recovery", of.recovery(), "maxRestarts", of.maxRestarts(),
                "restartExpireSeconds", of.expireSeconds(), "restartsUsed", of.restarts(),
                "autostart", of.autostart(), "exclusive", of.exclusive(), "dependsOn", dependency,
                "migratable", of.migratable());
    }

    private static Map<String, Object> score(Explanation.Node of) {
        return object("node", object("id", of.id(), "name", of.name()), "online", of.online(), "score", of.score(),
                "scoreNumber", SCORES.indexOf(of.score()), "room", of.room(), "why", of.why());
    }

    private Map<String, Object> decision(Decision of) {
        return object("number", of.number(), "when", of.when(), "by", node(of.node()), "what", of.what(),
                "why", of.why());
    }
}
