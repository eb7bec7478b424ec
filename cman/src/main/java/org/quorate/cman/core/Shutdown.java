package org.quorate.cman.core;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.quorate.cman.core.MembershipEvent.ClientAsked;

/** The question to all programs that have a say whether this node may leave, and their answers. */
final class Shutdown {
    private final TreeSet<Long> awaited = new TreeSet<>();
    private Optional<Attempt> attempt = Optional.empty();
    private long attempts;

    /**
     * One attempt to leave.
     *
     * @param number  of it
     * @param asked   who is to be answered
     * @param removed whether the others shall lower their quorum
     */
    record Attempt(long number, ClientAsked asked, boolean removed) {}

    /** What has become of an attempt. */
    enum Outcome { OPEN, AGREED, REFUSED }

    Attempt begin(ClientAsked asked, boolean removed, Collection<Long> withSay) {
        var begun = new Attempt(++attempts, asked, removed);
        attempt = Optional.of(begun);
        awaited.clear();
        awaited.addAll(withSay);
        return begun;
    }

    Optional<Attempt> attempt() {
        return attempt;
    }

    /** One more has a say. */
    void await(long client) {
        awaited.add(client);
    }

    /** An answer; one to an earlier attempt says nothing about this one. */
    Outcome answer(long client, long number, boolean yes) {
        if (attempt.isEmpty() || attempt.get().number() != number) {
            return Outcome.OPEN;
        }
        if (!yes) {
            return Outcome.REFUSED;
        }
        awaited.remove(client);
        return outcome();
    }

    /** A program is gone: it holds nothing against it. */
    Outcome gone(long client) {
        awaited.remove(client);
        return outcome();
    }

    Outcome outcome() {
        return attempt.isPresent() && awaited.isEmpty() ? Outcome.AGREED : Outcome.OPEN;
    }

    /** Ends the attempt. */
    Attempt end() {
        var ended = attempt.orElseThrow();
        attempt = Optional.empty();
        awaited.clear();
        return ended;
    }
}
