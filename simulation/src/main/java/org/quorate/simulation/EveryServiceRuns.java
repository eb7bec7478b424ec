package org.quorate.simulation;

import java.util.Optional;
import org.quorate.simulation.Simulation.Eventually;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;

/** All machines have all their daemons, and every service runs on exactly one of them. */
public final class EveryServiceRuns implements Eventually {
    @Override
    public Optional<String> missing(Site site) {
        var incomplete = site.nodes().stream().filter(node -> !node.isComplete()).map(SimulatedNode::machine).toList();
        if (!incomplete.isEmpty()) {
            return Optional.of("daemons are missing on " + incomplete);
        }
        for (var service : site.services()) {
            long owners = site.nodes().stream()
                    .filter(node -> site.resources().services(node.machine().id()).contains(service.text())).count();
            if (owners != 1) {
                return Optional.of(service + " runs on " + owners + " nodes");
            }
        }
        return Optional.empty();
    }
}
