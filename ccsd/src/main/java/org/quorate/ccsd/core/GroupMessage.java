package org.quorate.ccsd.core;

import java.util.Objects;

/** What ccsds tell each other in order, as cman's group {@code ccs}. */
public sealed interface GroupMessage {
    /**
     * The sender has this in force; said at each epoch and after each change.
     *
     * @param agreed  whether a quorate cluster agreed on it, as far as the sender knows
     * @param trouble why it is not on the sender's disk; empty when it is
     */
    record Announce(int version, String digest, boolean agreed, String trouble) implements GroupMessage {
        public Announce {
            trouble = Objects.requireNonNullElse(trouble, "");
        }

        boolean has(Candidate candidate) {
            return version == candidate.version() && digest.equals(candidate.digest());
        }
    }

    /** All members have staged this update: it is in force from here on. */
    record Commit(String update, int version, String digest) implements GroupMessage {}

    /** This update will never come into force. */
    record Drop(String update) implements GroupMessage {}

    /** The sender wants to make an update; of several, the first in the common order is made. */
    record Begin(String update, int version, String digest) implements GroupMessage {}
}
