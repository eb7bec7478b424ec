package org.quorate.ccsd.core;

/** What ccsds tell each other in order, as cman's group {@code ccs}. */
public sealed interface GroupMessage {
    /** The sender has this in force; said at each epoch and after each change. */
    record Announce(int version, String digest) implements GroupMessage {}

    /** All members have staged this update: it is in force from here on. */
    record Commit(String update, int version, String digest) implements GroupMessage {}

    /** This update will never come into force. */
    record Drop(String update) implements GroupMessage {}
}
