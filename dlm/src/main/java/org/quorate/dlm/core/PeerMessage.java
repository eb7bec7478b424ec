package org.quorate.dlm.core;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;

/**
 * What dlmds say to each other. Each message belongs to one epoch; between two nodes the messages of an epoch come in
 * the order in which they were sent, each once.
 */
public sealed interface PeerMessage {
    /**
     * First word in an epoch.
     *
     * @param opened   the last epoch in which the sender had heard that everybody was ready
     * @param prepared the epoch in which it last said that it was ready itself
     * @param holding  whether its clients have locks
     */
    record Here(Basis opened, Basis prepared, boolean holding) implements PeerMessage {}

    /**
     * A part of what the sender knows that concerns the receiver: as directory, as master, or as anybody.
     *
     * @param masters resources that the sender masters, for the directory
     * @param lost    resources whose master is lost, for the directory
     * @param locks   the sender's locks on what the receiver masters
     * @param regions names that nothing is known about; in the last part
     * @param spaces  lockspaces open at the sender; in the last part
     * @param last    whether nothing follows
     */
    record Report(List<LockResource> masters, List<Lost> lost, List<HeldLock> locks, List<Region> regions,
            List<String> spaces, boolean last) implements PeerMessage {
        public Report {
            masters = List.copyOf(masters);
            lost = List.copyOf(lost);
            locks = List.copyOf(locks);
            regions = List.copyOf(regions);
            spaces = List.copyOf(spaces);
        }
    }

    /** A resource that must not be granted until these nodes are victims no more. */
    record Lost(LockResource resource, SortedSet<NodeId> until) {
        public Lost {
            until = new TreeSet<>(until);
        }
    }

    /** The sender has heard everybody's reports. */
    record Ready() implements PeerMessage {}

    /** Asks the directory who masters a resource; if nobody does, the sender shall. */
    record Lookup(LockResource resource) implements PeerMessage {}

    /** The directory's answer. */
    record Master(LockResource resource, NodeId master) implements PeerMessage {}

    /** The sender masters a resource no more; nobody used it. */
    record Remove(LockResource resource) implements PeerMessage {}

    /** What a holder can ask of a master. */
    enum Kind {
        /** A new lock. */
        REQUEST,
        /** Another mode. */
        CONVERT,
        /** The lock's end. */
        UNLOCK,
        /** The end of waiting. */
        CANCEL
    }

    /**
     * A holder asks a master.
     *
     * @param kind     what for
     * @param lock     the holder's number of its lock
     * @param turn     counts the operations on that lock
     * @param resource what the lock is on
     * @param mode     what is asked for
     * @param flags    how
     * @param value    what is offered as value block, with VALBLK
     */
    record Operate(Kind kind, long lock, int turn, LockResource resource, LockMode mode, LockFlags flags,
            ValueBlock value) implements PeerMessage {}

    /** A master answers; see {@link Verdict.Answered}. */
    record Answer(long lock, int turn, LockStatus status, LockMode mode, int flags, StoredValue value, long ticket)
            implements PeerMessage {}

    /** Somebody waits for what the receiver's lock excludes. */
    record Blocking(long lock, LockMode mode) implements PeerMessage {}

    /** The receiver took us for a master that we are not (any more). */
    record NotMaster(long lock, int turn) implements PeerMessage {}

    /** Lockspaces that are open at the sender now. */
    record Spaces(List<String> open) implements PeerMessage {
        public Spaces {
            open = List.copyOf(open);
        }
    }
}
