package org.quorate.simulation.fault;

import java.time.Duration;
import java.util.Optional;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.world.Chance;
import org.quorate.time.Moment;

/**
 * Where a fault strikes.
 *
 * @param site   all nodes
 * @param chance the fault's own
 * @param end    when all faults have to be over
 */
public record Scene(Site site, Chance chance, Moment end) {
    /** The present moment. */
    Moment now() {
        return site.world().time().now();
    }

    /** One of the nodes. */
    SimulatedNode node() {
        return chance.oneOf(site.nodes());
    }

    /** One of the nodes that are on, if any is. */
    Optional<SimulatedNode> nodeThatIsOn() {
        var on = site.nodes().stream().filter(one -> one.machine().isOn()).toList();
        return on.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(on));
    }

    /** Undoes something after that time, or when faults have to be over. */
    void undoAfter(Duration time, Runnable undo) {
        var when = now().plus(time);
        site.world().time().at(when.isBefore(end) ? when : end, undo);
    }

    void say(String line) {
        site.world().trace().say("fault", line);
    }
}
