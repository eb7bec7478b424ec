package org.quorate.ccsd.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;
import org.quorate.wire.Refused;

/** An update that this node makes: who has staged it, who refused, how far it is. One at a time. */
final class Update {
    private final String name;
    private final long ticket;
    private final Candidate candidate;
    private final int from;
    private final SortedSet<NodeId> awaited;
    private final SortedMap<NodeId, Refused> refusals = new TreeMap<>();
    private boolean committing;

    Update(String name, long ticket, Candidate candidate, int from, List<NodeId> members) {
        this.name = name;
        this.ticket = ticket;
        this.candidate = candidate;
        this.from = from;
        this.awaited = new TreeSet<>(members);
    }

    String name() {
        return name;
    }

    long ticket() {
        return ticket;
    }

    Candidate candidate() {
        return candidate;
    }

    int from() {
        return from;
    }

    /** Takes a member's answer; whether all have answered now. */
    boolean answered(NodeId member, Optional<Refused> refusal) {
        refusal.ifPresent(reason -> refusals.put(member, reason));
        return awaited.remove(member) && awaited.isEmpty();
    }

    SortedMap<NodeId, Refused> refusals() {
        return refusals;
    }

    boolean isCommitting() {
        return committing;
    }

    void commit() {
        committing = true;
    }
}
