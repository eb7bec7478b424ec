package org.quorate.api.rgmanager;

import java.util.List;

/**
 * Why a service is where it is.
 *
 * @param record    what is known of it now
 * @param ready     whether that is so: the cluster is quorate and the members have told each other
 * @param locked    whether starts are locked on all members
 * @param policy    what cluster.conf says of it
 * @param nodes     how each node suits it now, by node id
 * @param decisions the last ten about it, the newest last
 */
public record Explanation(ServiceRecord record, boolean ready, boolean locked, Policy policy, List<Node> nodes,
        List<Decision> decisions) {
    public Explanation {
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        decisions = decisions == null ? List.of() : List.copyOf(decisions);
    }

    /**
     * How a node suits a service now.
     *
     * @param id     node id
     * @param name   as configured
     * @param online whether its rgmanager takes part
     * @param score  {@code illegal}, {@code good}, {@code better} or {@code best}; the original's number is its place
     *               in this order, from 0
     * @param room   whether what runs there leaves room for it: exclusive services want to be alone
     * @param why    of the score, or what is in the way
     */
    public record Node(int id, String name, boolean online, String score, boolean room, String why) {}

    /**
     * What cluster.conf says of a service as a whole.
     *
     * @param domain        name of its failover domain, empty if it has none
     * @param exists        whether there is such a domain
     * @param ordered       whether its priorities count
     * @param restricted    whether no other node may run the service
     * @param nofailback    whether it stays where it runs when a better node comes
     * @param recovery      {@code restart}, {@code relocate}, {@code disable} or {@code restart-disable}
     * @param maxRestarts   restarts in place before it goes elsewhere, 0 for any number
     * @param expireSeconds after which a restart is forgotten, 0 for never
     * @param restarts      how many of them are used up where it runs or ran
     * @param autostart     whether it is started by itself
     * @param exclusive     whether it wants a node for itself
     * @param depend        the service without which it does not run, empty if there is none
     * @param dependState   what that is doing, empty without one
     * @param dependMode    {@code hard} or {@code soft}, as configured
     * @param migratable    whether it can move while it runs
     */
    public record Policy(String domain, boolean exists, boolean ordered, boolean restricted, boolean nofailback,
            String recovery, int maxRestarts, long expireSeconds, int restarts, boolean autostart, boolean exclusive,
            String depend, String dependState, String dependMode, boolean migratable) {}
}
