package org.quorate.simulation.policy;

import java.util.Optional;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.simulation.Simulation.Eventually;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;

/** Nothing runs but what started services are made of now, where they are; or its agent failed to stop it. */
public final class NothingElseRuns implements Eventually {
    private ServiceHistory history;

    /** Takes notes from now on. */
    public void watch(Site site) {
        history = new ServiceHistory(site.world());
    }

    @Override
    public Optional<String> missing(Site site) {
        var looked = Present.of(site);
        if (looked.present().isEmpty()) {
            return Optional.of(looked.otherwise());
        }
        var present = looked.present().get();
        return site.nodes().stream().flatMap(node -> left(present, node).stream()).findFirst();
    }

    private Optional<String> left(Present present, SimulatedNode node) {
        var running = present.site().resources();
        var id = node.machine().id();
        for (var service : running.services(id)) {
            for (var resource : running.resources(id, service)) {
                var record = present.record(service);
                boolean here = record.is(ServiceState.STARTED) && record.owner() == id.number();
                boolean wanted = here && present.layout().resources(service).contains(resource);
                // A guest that leaves the configuration is left running, and so is what the administrator froze.
                boolean guest = service.startsWith("vm:") && !present.layout().has(service);
                boolean left = guest || history.wasFrozen(service);
                if (!wanted && !left && !history.failedToStop(id, service, resource)) {
                    return Optional.of(resource + " of " + service + " runs on " + node.machine() + ", and that is "
                            + (present.layout().has(service) ? record.state().text() + " on node " + record.owner()
                                    : "not in cluster.conf any more"));
                }
            }
        }
        return Optional.empty();
    }
}
