package org.quorate.rgmanager.core.change;

import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.Delta;

/**
 * What a change of configuration does to each service as a whole.
 *
 * <p>A service is new where its name is, also if a resource of that name was there before and no service; it is gone
 * likewise. rg_test(8) looks at resources alone there, and RHCS forgot to stop or to start such services.
 */
public final class ServiceDelta {
    private final ServiceConfiguration old;
    private final ServiceConfiguration now;
    private final Delta delta;

    /** Marks both configurations. */
    public ServiceDelta(ServiceConfiguration old, ServiceConfiguration now) {
        this.old = old;
        this.now = now;
        delta = Delta.mark(old.resources(), now.resources());
    }

    /** What is done to a service of the old configuration by the member that runs it. */
    public Delta.Down down(ServiceName service) {
        var down = delta.down(old.root(service).orElseThrow());
        return down == Delta.Down.CONDITIONAL_STOP && !now.has(service) ? Delta.Down.DISABLE : down;
    }

    /** What is done to a service of the new configuration. */
    public Delta.Up up(ServiceName service) {
        var up = delta.up(now.root(service).orElseThrow());
        return up == Delta.Up.CONDITIONAL_START && !old.has(service) ? Delta.Up.INITIALIZE : up;
    }

    /** Tells the new trees what runs, once the old ones have been stopped where they are marked. */
    public void carryOver() {
        delta.carryOver();
    }
}
