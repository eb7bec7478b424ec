package org.quorate.rgmanager.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.Explanation;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.domain.FailoverDomain;
import org.quorate.rgmanager.core.request.Presence;
import org.quorate.rgmanager.core.request.Suitability;
import org.quorate.rgmanager.core.tree.Threshold;

/** Why a service is where it is, for those who ask. */
final class Explaining {
    private final Board board;
    private final ServiceName service;
    private final ServiceRecord record;

    /** Explains this service, which the configuration has. */
    Explaining(Board board, ServiceName service) {
        this.board = board;
        this.service = service;
        record = board.record(service);
    }

    Explanation explanation() {
        var nodes = Suitability.ofAll(service, List.copyOf(board.configuration().nodes().keySet()), board).stream()
                .map(Explaining::node).toList();
        return new Explanation(record, board.agreed(), board.picture().locked(), policy(), nodes,
                board.history().of(service));
    }

    private static Explanation.Node node(Suitability node) {
        return new Explanation.Node(node.node(), node.name(), node.presence() == Presence.ONLINE,
                node.score().name().toLowerCase(Locale.ROOT), node.room(), node.why());
    }

    private Explanation.Policy policy() {
        var policy = board.policy(service);
        var domain = board.configuration().domainOf(service);
        var limit = board.restarts(service);
        return new Explanation.Policy(policy.domain().orElse(""), domain.isPresent(),
                domain.map(FailoverDomain::ordered).orElse(false),
                domain.map(FailoverDomain::restricted).orElse(false),
                domain.map(FailoverDomain::nofailback).orElse(false), policy.recovery(),
                limit.map(Threshold::limit).orElse(0), limit.map(t -> t.expiry().toSeconds()).orElse(0L),
                limit.map(this::restarts).orElse(0), policy.autostart(), policy.exclusive(),
                policy.depend().map(ServiceName::text).orElse(""),
                policy.depend().map(d -> board.record(d).state().text()).orElse(""),
                policy.dependsSoftly() ? "soft" : "hard",
                policy.migratable());
    }

    /** They are counted where it runs; what others know of that is what came with the last decision there. */
    private int restarts(Threshold here) {
        int at = record.owner() == 0 ? record.lastOwner() : record.owner();
        Optional<Decision> last = board.history().of(service).reversed().stream().filter(d -> d.node() == at)
                .findFirst();
        return at == board.self() ? here.count(board.now()) : last.map(Decision::restarts).orElse(0);
    }
}
