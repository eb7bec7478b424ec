package org.quorate.rgmanager.core.agreement;

import java.util.Comparator;
import org.quorate.api.rgmanager.ServiceRecord;

/**
 * A record with the number of times it was written.
 *
 * @param record  what is written
 * @param version at least 1; 0 is a record that nobody has written
 * @param start   which start of the owner's node this is about; 0 without an owner. What a node ran before it was
 *                started anew it runs no more.
 */
public record Versioned(ServiceRecord record, long version, long start) {
    /** Later ones last. Members that never met may have written the same version: then all must prefer the same. */
    static final Comparator<Versioned> BY_AGE = Comparator.comparingLong(Versioned::version)
            .thenComparing(v -> v.record.state()).thenComparing(v -> v.record.owner())
            .thenComparing(v -> v.record.lastOwner()).thenComparing(v -> v.record.transition())
            .thenComparing(v -> v.record.restarts()).thenComparing(v -> v.record.flags())
            .thenComparing(Versioned::start);
}
