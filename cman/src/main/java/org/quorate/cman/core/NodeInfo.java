package org.quorate.cman.core;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.wire.Tuple;

/**
 * What a member says of itself in an exchange: all that epochs are computed from.
 *
 * @param peer           how the transport calls it
 * @param id             its number
 * @param name           its name
 * @param incarnation    of this start
 * @param cluster        name of its cluster
 * @param configVersion  of the configuration that it uses
 * @param agreedVersion  of the configuration that all members of its last epoch used, or the last for which that held
 * @param votes          its votes
 * @param expected       what it expects
 * @param twoNode        whether its configuration says so
 * @param deviceVotes    of the quorum device as it sees it; -1 without one
 * @param ratchet        the highest quorum that it has agreed to
 * @param changes        of votes that it was told of since its last epoch
 * @param formed         whether it has been in a quorate epoch
 * @param stateful       whether its daemons hold what another node must not be given
 * @param quorate        whether its last epoch was
 * @param seen           largest number of an epoch that it or an earlier start knows of
 * @param lastQuorate    largest number of a quorate epoch that it or an earlier start has heard of; 0 for none
 * @param informed       the same of those whose failures are among its standings
 * @param last           number of its last epoch; 0 before the first
 * @param lastMembers    of its last epoch
 * @param lastTold       of each of them, the number of the last epoch that it had then, before that one
 * @param since          number of the first epoch of this incarnation; 0 before it
 * @param groups         that its daemons have joined, with the number of that joining
 * @param addresses      as numbers
 * @param joinedAtMillis wall-clock time of its start, for display only
 * @param standings      what it knows of failures
 */
public record NodeInfo(
        Peer peer,
        NodeId id,
        NodeName name,
        long incarnation,
        String cluster,
        int configVersion,
        int agreedVersion,
        int votes,
        int expected,
        boolean twoNode,
        int deviceVotes,
        int ratchet,
        List<Change> changes,
        boolean formed,
        boolean stateful,
        boolean quorate,
        long seen,
        long lastQuorate,
        long informed,
        long last,
        List<Start> lastMembers,
        List<Long> lastTold,
        long since,
        SortedMap<String, Long> groups,
        List<String> addresses,
        long joinedAtMillis,
        List<Standing> standings) {
    public NodeInfo {
        changes = changes == null ? List.of() : List.copyOf(changes);
        lastMembers = lastMembers == null ? List.of() : List.copyOf(lastMembers);
        lastTold = lastTold == null ? List.of() : List.copyOf(lastTold);
        groups = Collections.unmodifiableSortedMap(groups == null ? new TreeMap<>() : new TreeMap<>(groups));
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        standings = standings == null ? List.of() : List.copyOf(standings);
    }

    /**
     * One start of one node.
     *
     * @param id          its number
     * @param name        its name
     * @param incarnation of this start
     */
    public record Start(NodeId id, NodeName name, long incarnation) implements Tuple {}

    Start start() {
        return new Start(id, name, incarnation);
    }

    /** Whether that start of that node was a member of its last epoch. */
    boolean lastHad(NodeInfo other) {
        return lastMembers.contains(other.start());
    }

    /** Whether the other was in its last epoch, and has installed none since it told what that is made of. */
    boolean lastHadAsItIs(NodeInfo other) {
        int place = lastMembers.indexOf(other.start());
        return place >= 0 && place < lastTold.size() && lastTold.get(place) == other.last;
    }

    /** Whether it knows that this start of that node ended uncleanly, whatever came of that. */
    boolean lost(NodeInfo other) {
        return standings.stream().anyMatch(s -> s.id().equals(other.id) && s.lost() >= other.incarnation);
    }
}
