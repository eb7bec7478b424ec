package org.quorate.ccsd.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;
import org.quorate.wire.Refused;

/** An update that this node makes or tries: who has staged it, who refused, how far it is. */
final class Update {
    private final String name;
    private final int attempt;
    private final long ticket;
    private final Candidate candidate;
    private final int from;
    private final List<NodeId> members;
    private final SortedSet<NodeId> awaited;
    private final SortedMap<NodeId, Refused> refusals = new TreeMap<>();
    private Stage stage = Stage.ASKED;

    /** How far an update is. */
    enum Stage {
        /** The membership changed before it was to take force; it begins anew once all have said what they have. */
        WAITING,
        /** Its turn is asked for. */
        ASKED,
        /** The members are staging it. */
        STAGING,
        /** All have staged it; they were told that it is in force. */
        COMMITTING,
        /** Another node makes the very same update; this one waits for it to be in force. */
        FOLLOWING
    }

    Update(String name, long ticket, Candidate candidate, int from, List<NodeId> members, int attempt) {
        this.attempt = attempt;
        this.name = name;
        this.ticket = ticket;
        this.candidate = candidate;
        this.from = from;
        this.members = List.copyOf(members);
        this.awaited = new TreeSet<>(members);
    }

    String name() {
        return name;
    }

    long ticket() {
        return ticket;
    }

    /** Which one it is to make it, 1 first. */
    int attempt() {
        return attempt;
    }

    Candidate candidate() {
        return candidate;
    }

    int from() {
        return from;
    }

    List<NodeId> members() {
        return members;
    }

    /** Takes a member's answer; whether all have answered now. */
    boolean answered(NodeId member, Optional<Refused> refusal) {
        refusal.ifPresent(reason -> refusals.put(member, reason));
        return awaited.remove(member) && awaited.isEmpty();
    }

    SortedMap<NodeId, Refused> refusals() {
        return refusals;
    }

    Stage stage() {
        return stage;
    }

    void goOn(Stage next) {
        stage = next;
    }
}
