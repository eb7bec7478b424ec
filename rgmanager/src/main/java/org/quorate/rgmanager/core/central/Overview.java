package org.quorate.rgmanager.core.central;

import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.domain.FailoverDomain;
import org.quorate.rgmanager.core.request.Surroundings;
import org.quorate.rgmanager.core.tree.LeadingNumber;

/** What the event master may look at. */
public interface Overview extends Surroundings {
    /** The failover domain of a service. */
    default Optional<FailoverDomain> domain(ServiceName service) {
        return configuration().domainOf(service);
    }

    /** What cluster.conf says of a service, defaults of its type included; inherited values do not count. */
    default Optional<String> property(ServiceName service, String name) {
        return configuration().property(service, name);
    }

    /** Whether there is such a service. */
    default boolean has(ServiceName service) {
        return services().contains(service);
    }

    /** Node id of the member whose manager is to end, or any that takes no part: nothing is to be put there. */
    default boolean mayBeGiven(int node) {
        return online().contains(node);
    }

    /** Who runs a service, as scripts are told: 0 for nobody, also while it is between two owners. */
    default int ownerOf(ServiceName service) {
        return ownerOf(record(service));
    }

    /** Who runs a service, by its record. */
    static int ownerOf(ServiceRecord record) {
        return record.is(ServiceState.STOPPED, ServiceState.DISABLED, ServiceState.FAILED, ServiceState.RECOVERING,
                ServiceState.RECOVERABLE, ServiceState.UNINITIALIZED) ? 0 : record.owner();
    }

    /** How much a service insists on running alone: 0 for not at all, 1 for the most. */
    default int exclusivity(ServiceName service) {
        if (!policy(service).exclusive()) {
            return 0;
        }
        return Math.max(1, LeadingNumber.of(property(service, "exclusive").orElse("1")));
    }

    /** Whether a service is only kept from starting, but not stopped, while what it depends on does not run. */
    default boolean dependsSoftly(ServiceName service) {
        return policy(service).dependsSoftly();
    }

    /** Whether an action is going on with a service on a member, the end of which will be written. */
    default boolean isUnderWay(ServiceName service) {
        var record = record(service);
        return record.is(ServiceState.STARTING, ServiceState.STOPPING, ServiceState.RECOVERABLE,
                ServiceState.MIGRATING) && isOnline(record.owner());
    }

    /** Whether a service was never started and is not to start by itself. */
    default boolean waitsForItsAdministrator(ServiceName service) {
        var record = record(service);
        return record.is(ServiceState.STOPPED) && record.transition() == 0 && !policy(service).autostart();
    }

    /** How many services a member runs. */
    default long load(int node) {
        return services().stream().filter(s -> ownerOf(s) == node).count();
    }
}
