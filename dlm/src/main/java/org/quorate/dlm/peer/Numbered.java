package org.quorate.dlm.peer;

import org.quorate.dlm.core.PeerMessage;

/**
 * A message with its place in the order of what one node sends to another in an epoch.
 *
 * @param epoch    number of the epoch
 * @param sequence 1 for the first message of the epoch
 * @param message  what is said
 */
public record Numbered(long epoch, long sequence, PeerMessage message) {
    /** All messages of an epoch up to this one have come. */
    record Received(long epoch, long sequence) {}
}
