package org.quorate.rgmanager.core.request;

import java.util.List;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.domain.Score;
import org.quorate.rgmanager.core.tree.Threshold;
import org.quorate.time.Moment;

/** What a request may look at. All of it may have changed at the next step. */
public interface Surroundings {
    /** Node id of this member. */
    int self();

    /** Node ids of the members whose managers take part, ascending. */
    List<Integer> online();

    /** Where a node is. */
    Presence presence(int node);

    /** Whether the cluster may act. */
    boolean quorate();

    /** Whether nothing is to be started, since the administrator or this member's end says so. */
    boolean locked();

    /** Whether this member's manager is to end. */
    boolean ending();

    /** What is written of a service. */
    ServiceRecord record(ServiceName service);

    /** The same; or, where this member has asked for a change and not heard of it yet, as it will be then. */
    default ServiceRecord expected(ServiceName service) {
        return record(service);
    }

    /** What cluster.conf says. */
    ServiceConfiguration configuration();

    /** The present moment. */
    Moment now();

    /** Wall-clock time in seconds since 1970, for display. */
    long wallSeconds();

    /** Whether a node's manager takes part. */
    default boolean isOnline(int node) {
        return node != 0 && presence(node) == Presence.ONLINE;
    }

    /** Members whose managers do not take part: nobody can say what runs there. */
    default List<Integer> silent() {
        return List.of();
    }

    /** Whether cluster.conf has a node with this id. */
    default boolean isConfigured(int node) {
        return configuration().nodes().containsKey(node);
    }

    /** For messages. */
    default String nameOf(int node) {
        return configuration().nameOf(node);
    }

    /** All services, in the order of the tree. */
    default List<ServiceName> services() {
        return configuration().services();
    }

    /** What cluster.conf says of a service. */
    default ServicePolicy policy(ServiceName service) {
        return configuration().policy(service);
    }

    /** Its failover domain's opinion of a member, were just these members online. */
    default Score score(ServiceName service, int node, List<Integer> online) {
        return configuration().score(service, node, online, record(service));
    }

    /** Why it has that opinion; to be read behind the member's name. */
    default String scoreWhy(ServiceName service, int node, List<Integer> online) {
        return configuration().scoreWhy(service, node, online, record(service));
    }

    /** Whether its failover domain lets nobody else run it. */
    default boolean restricted(ServiceName service) {
        return configuration().restricted(service);
    }

    /** How often the service was restarted here, if that is limited. */
    default Optional<Threshold> restarts(ServiceName service) {
        return configuration().root(service).flatMap(root -> root.restarts());
    }

    /** Whether one member decides about all services, so that the others do only what it orders. */
    default boolean central() {
        return configuration().central();
    }
}
