package org.quorate.simulation.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.quorate.api.cman.NodeId;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.simulation.daemon.Rgmanager;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;

/** What everybody is shown at this moment, and what really runs. */
record Present(Site site, Layout layout, TreeMap<String, ServiceRecord> records, boolean locked) {
    /** What is shown; a line instead while nodes are missing or do not show the same. */
    static Result of(Site site) {
        var incomplete = site.nodes().stream().filter(node -> !node.isComplete()).map(SimulatedNode::machine).toList();
        if (!incomplete.isEmpty()) {
            return new Result(Optional.empty(), "daemons are missing on " + incomplete);
        }
        var shown = new ArrayList<List<ServiceRecord>>();
        for (var manager : managers(site).toList()) {
            var records = manager.records();
            if (records.isEmpty()) {
                return new Result(Optional.empty(), "the manager of " + manager.process().machine() + " is not ready");
            }
            // Two that conclude by themselves that a new service does not start may do so at different moments.
            shown.add(records.get().stream()
                    .map(one -> one.is(ServiceState.DISABLED) ? one.in(one.state(), 0) : one).toList());
        }
        if (shown.stream().distinct().count() > 1) {
            return new Result(Optional.empty(), "managers do not show the same");
        }
        var locked = managers(site).map(Rgmanager::isLocked).distinct().toList();
        if (locked.size() > 1) {
            return new Result(Optional.empty(), "managers do not agree on whether starts are locked");
        }
        var records = new TreeMap<String, ServiceRecord>();
        shown.getFirst().forEach(one -> records.put(one.name().text(), one));
        return new Result(Optional.of(new Present(site, new Layout(site.present().root()), records,
                locked.contains(true))), "");
    }

    /** What came out of looking. */
    record Result(Optional<Present> present, String otherwise) {}

    private static Stream<Rgmanager> managers(Site site) {
        return site.nodes().stream().flatMap(node -> node.rgmanager().stream());
    }

    ServiceRecord record(String service) {
        return records.getOrDefault(service, ServiceRecord.unwritten(new ServiceName(service)));
    }

    boolean isStarted(String service) {
        return record(service).is(ServiceState.STARTED);
    }

    List<String> nodes() {
        return site.nodes().stream().map(node -> node.machine().name().name()).toList();
    }

    NodeId idOf(String node) {
        return site.nodes().stream().filter(one -> one.machine().name().name().equals(node)).findFirst().orElseThrow()
                .machine().id();
    }

    String nameOf(int node) {
        return site.node(new NodeId(node)).machine().name().name();
    }

    /** The services that are started on a node, but for this one. */
    List<String> besides(String service, String node) {
        return records.values().stream().filter(one -> one.is(ServiceState.STARTED) && one.owner() > 0
                && nameOf(one.owner()).equals(node)).map(one -> one.name().text())
                .filter(one -> !one.equals(service)).toList();
    }

    /** Whether a service can be on a node though exclusive ones want to be alone. */
    boolean leavesRoom(String service, String node) {
        var others = besides(service, node);
        return others.isEmpty() || !layout.isExclusive(service) && others.stream().noneMatch(layout::isExclusive);
    }
}
