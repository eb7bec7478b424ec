package org.quorate.dlm.core;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which epoch's knowledge the dlmds of a new epoch begin with. Dlmds that have been apart may each have gone through
 * epochs of their own; only on one side can there be locks, since cman lets nobody come back with state.
 *
 * @param basis   the epoch, {@link Basis#NONE} where all begin anew
 * @param isMixed whether some have to forget what they knew
 */
record Lineage(Basis basis, boolean isMixed) {
    static Lineage of(Collection<PeerMessage.Here> here) {
        var holders = here.stream().filter(PeerMessage.Here::holding).toList();
        var veterans = here.stream().filter(one -> !one.opened().equals(Basis.NONE)).toList();
        if (!holders.isEmpty()) {
            var basis = common(here, holders);
            assert basis.isPresent() : "locks are held that were granted in different courses of events: " + here;
            return new Lineage(basis.get(), !veterans.stream().allMatch(one -> shares(one, basis.get())));
        }
        var basis = common(here, veterans);
        return veterans.isEmpty() ? new Lineage(Basis.NONE, false)
                : basis.map(one -> new Lineage(one, false)).orElseGet(() -> new Lineage(Basis.NONE, true));
    }

    private static Optional<Basis> common(Collection<PeerMessage.Here> here, List<PeerMessage.Here> all) {
        return here.stream().map(PeerMessage.Here::opened).filter(basis -> !basis.equals(Basis.NONE))
                .filter(basis -> all.stream().allMatch(one -> shares(one, basis)))
                .max(Basis::compareTo);
    }

    private static boolean shares(PeerMessage.Here one, Basis basis) {
        return one.opened().equals(basis) || one.prepared().equals(basis);
    }

    /** Whether one begins anew: it has to forget what it knew, or has forgotten it in an epoch that came to nothing. */
    boolean beginsAnew(PeerMessage.Here one) {
        return basis.equals(Basis.NONE) || !shares(one, basis);
    }

    /** Whether one has to forget what it knew. */
    boolean excludes(PeerMessage.Here one) {
        return !one.opened().equals(Basis.NONE) && (basis.equals(Basis.NONE) || !shares(one, basis));
    }
}
