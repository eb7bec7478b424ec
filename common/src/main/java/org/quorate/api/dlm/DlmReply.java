package org.quorate.api.dlm;

import java.util.List;
import java.util.Optional;

/** What dlmd answers. */
public sealed interface DlmReply {
    /** It is done. */
    record Done() implements DlmReply {}

    /**
     * An operation on a lock has ended.
     *
     * @param lock   the client's number of it
     * @param status how it ended
     * @param mode   what is held now
     * @param flags  {@link #DEMOTED}, {@link #VALNOTVALID}, {@link #ALTMODE}
     * @param value  the resource's value block, where the change of mode reads it
     */
    record Completed(int lock, LockStatus status, LockMode mode, int flags, Optional<ValueBlock> value)
            implements DlmReply {
        /** The mode held was given up to resolve a deadlock. */
        public static final int DEMOTED = 1;
        /** The value block may not be what was written last. */
        public static final int VALNOTVALID = 2;
        /** The alternative mode was granted. */
        public static final int ALTMODE = 4;

        /** Whether one of the flags is set. */
        public boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** Locks of this node whose clients are gone, in the order in which they became orphans. */
    record Orphans(List<Orphan> orphans) implements DlmReply {
        public Orphans {
            orphans = orphans == null ? List.of() : List.copyOf(orphans);
        }
    }

    /** A lock without a client. */
    record Orphan(LockResource resource, LockMode mode) {}

    /** The lockspaces that are open on this node, by name. */
    record Lockspaces(List<Lockspace> lockspaces) implements DlmReply {
        public Lockspaces {
            lockspaces = lockspaces == null ? List.of() : List.copyOf(lockspaces);
        }
    }

    /**
     * A lockspace.
     *
     * @param name    its name
     * @param members ids of the nodes that have it open
     * @param epoch   the epoch that its locks are in
     * @param granting whether locks are granted: the epoch is quorate and everybody has told what it holds
     * @param waitsFor ids of victims that some resources wait for
     */
    record Lockspace(String name, List<Integer> members, long epoch, boolean granting, List<Integer> waitsFor) {
        public Lockspace {
            members = members == null ? List.of() : List.copyOf(members);
            waitsFor = waitsFor == null ? List.of() : List.copyOf(waitsFor);
        }
    }

    /** Locks, in no order that means anything but always the same. */
    record Locks(List<LockLine> locks) implements DlmReply {
        public Locks {
            locks = locks == null ? List.of() : List.copyOf(locks);
        }
    }

    /**
     * A lock as {@code dlm_tool lockdump} shows it.
     *
     * @param id        number on the holder's node
     * @param holder    id of the holder's node
     * @param master    id of the node that grants on this resource, 0 while that is not known
     * @param resource  what it is on
     * @param granted   what is held
     * @param requested what is asked for, IV if nothing
     * @param orphan    whether its client is gone
     */
    record LockLine(long id, int holder, int master, LockResource resource, LockMode granted, LockMode requested,
            boolean orphan) {}
}
