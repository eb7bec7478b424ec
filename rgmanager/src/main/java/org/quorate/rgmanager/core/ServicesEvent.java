package org.quorate.rgmanager.core;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.quorate.api.cman.Epoch;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.rgmanager.core.request.ServiceConfiguration;

/** What the resource manager is told. */
public sealed interface ServicesEvent {
    /**
     * The lock service answers, and this is what was left behind by the manager before this one.
     *
     * @param remembered what it wrote down as running here
     * @param kept       what it operated by another configuration than the one in use, and by which
     * @param orphans    services whose locks this node still holds
     * @param arrivals   guests whose second locks it still holds: they may have been sent here
     * @param clean      whether all services are to be stopped first, known to run here or not
     */
    record Began(List<Versioned> remembered, Map<ServiceName, ServiceConfiguration> kept, List<ServiceName> orphans,
            List<ServiceName> arrivals, boolean clean) implements ServicesEvent {
        /** Everything was operated by the configuration in use, and no guest was expected. */
        Began(List<Versioned> remembered, List<ServiceName> orphans, boolean clean) {
            this(remembered, Collections.emptySortedMap(), orphans, List.of(), clean);
        }
    }

    /** A new epoch is in force. */
    record EpochInstalled(Epoch epoch) implements ServicesEvent {}

    /** A node's failures through an epoch are settled: it runs nothing of what it ran then. */
    record NodeFenced(int node, long through) implements ServicesEvent {}

    /** A manager, perhaps this one, told the group something in the present epoch. */
    record Told(long epoch, int from, GroupMessage message) implements ServicesEvent {}

    /** The lock of a service is held by this node now; {@code number} is that of the asking. */
    record LockGranted(ServiceName service, long number) implements ServicesEvent {}

    /** The lock of a service is not to be had. */
    record LockRefused(ServiceName service, long number, String why) implements ServicesEvent {}

    /** The second lock of a guest is this node's, or nobody's where that was asked; or it is not to be had. */
    record ArrivalAnswered(ServiceName service, long number, boolean granted, String why) implements ServicesEvent {}

    /** An agent ended; {@code node} is its place in the tree. */
    record AgentEnded(ServiceName service, String node, int exitCode) implements ServicesEvent {}

    /** A client on this node asks. */
    record Asked(long client, RgRequest request) implements ServicesEvent {}

    /** So long a client should wait for the managers to agree, if it still does. */
    record PatienceOver(long client) implements ServicesEvent {}

    /** A client on this node wants to know what another configuration would do. */
    record EffectAsked(long client, ServiceConfiguration other) implements ServicesEvent {}

    /** Another configuration is in force. */
    record Configured(ServiceConfiguration configuration) implements ServicesEvent {}

    /** This daemon is to end in order. */
    record EndAsked() implements ServicesEvent {}

    /** Somebody wants to see all that is known here. */
    record DumpAsked() implements ServicesEvent {}

    /** cmand or dlmd is gone: what runs here is not protected any more. */
    record ClusterLost(String why) implements ServicesEvent {}

    /** It is time to look whether a service is well. */
    record CheckDue(ServiceName service) implements ServicesEvent {}

    /** A service's lock has been waited for quite long. */
    record LockLate(ServiceName service, long number) implements ServicesEvent {}

    /** A start was put off since its guest may have been sent to a member that cannot be asked. */
    record StartDue(ServiceName service) implements ServicesEvent {}

    /** A pause of a service's request is over. */
    record PauseOver(ServiceName service, long number) implements ServicesEvent {}

    /** An event script calls a function; {@code number} is that of its run. */
    record ScriptSaid(long number, String line) implements ServicesEvent {}

    /** An event script ended. */
    record ScriptEnded(long number, int exitCode) implements ServicesEvent {}

    /** An event script may have been silent for too long, having been answered so many calls. */
    record ScriptLate(long number, long answers) implements ServicesEvent {}

    /** The event master's pause is over. */
    record DeedDue(long number) implements ServicesEvent {}

    /** Stopping everything takes too long. */
    record StopLate(long number) implements ServicesEvent {}
}
