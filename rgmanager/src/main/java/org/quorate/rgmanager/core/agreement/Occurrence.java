package org.quorate.rgmanager.core.agreement;

import java.util.Optional;
import org.quorate.api.rgmanager.ServiceRecord;

/**
 * Something that happened and is to be decided about by one member. All members see the same, equal on all, so that
 * another can go on where one left off.
 *
 * @param at      of a node the number of the epoch, of a service the version of its record
 * @param node    node id of the member whose manager came or went; 0 if it is about a service
 * @param up      whether it came
 * @param service what was written of a service
 */
public record Occurrence(long at, int node, boolean up, Optional<ServiceRecord> service) {
    /** Fills in what an older version leaves out. */
    public Occurrence {
        service = service == null ? Optional.empty() : service;
    }

    /** A member's manager came or went with an epoch. */
    public static Occurrence ofNode(long epoch, int node, boolean up) {
        return new Occurrence(epoch, node, up, Optional.empty());
    }

    /** A service's record was written. */
    public static Occurrence ofService(ServiceRecord record, long version) {
        return new Occurrence(version, 0, false, Optional.of(record));
    }
}
