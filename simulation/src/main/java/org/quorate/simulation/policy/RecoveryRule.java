package org.quorate.simulation.policy;

import java.time.Duration;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;

/** What becomes of a service one check of which has failed, while nothing else happened to it: what its policy says. */
record RecoveryRule(Present present, ServiceHistory history) {
    private static final Duration MOVES_WAIT = Duration.ofSeconds(60);

    /** What is wrong with where it is now, if its policy decides that. */
    Optional<String> wrong(ServiceRecord record) {
        var service = record.name().text();
        boolean decides = record.is(ServiceState.STARTED) && !record.frozen() && !present.locked()
                && service.startsWith("service:") && !present.layout().hasIndependentParts(service)
                && !present.layout().has(attribute(service, "depend")) && !present.layout().hasExclusive();
        // A member that came may have been waited for to be given it, whatever its policy said meanwhile.
        var failedOn = decides ? history.onlyFailedCheck(service, MOVES_WAIT) : Optional.<NodeId>empty();
        return failedOn.flatMap(node -> wrong(service, node, record.owner()));
    }

    private String attribute(String service, String name) {
        return present.layout().attribute(service, name, "");
    }

    private Optional<String> wrong(String service, NodeId failedOn, int owner) {
        boolean stayed = owner == failedOn.number();
        return switch (attribute(service, "recovery")) {
            case "disable" -> Optional.of("a check of it failed, and its policy is to disable it");
            case "relocate" -> stayed && elsewhere(service, present.nameOf(owner))
                    ? Optional.of("a check of it failed here, and its policy is to relocate it") : Optional.empty();
            default -> !stayed && attribute(service, "max_restarts").isEmpty()
                    ? Optional.of("a check of it failed on node " + failedOn.number()
                    + ", and its policy is to restart it there") : Optional.empty();
        };
    }

    private boolean elsewhere(String service, String node) {
        var domain = present.layout().domain(service);
        return present.nodes().stream().anyMatch(other -> !other.equals(node) && domain.allows(other));
    }
}
