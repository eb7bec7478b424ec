package org.quorate.rgmanager.core.agreement;

import java.util.List;
import org.quorate.api.rgmanager.ServiceRecord;

/**
 * Something that happened and is to be decided about by one member. All members see the same, equal on all, so that
 * another can go on where one left off.
 *
 * @param at      of a node the number of the epoch, of a service the version of its record
 * @param node    node id of the member whose manager came or went; 0 if it is about a service
 * @param up      whether it came
 * @param written what was written of a service; empty if it is about a node
 */
public record Occurrence(long at, int node, boolean up, List<ServiceRecord> written) {
    /** Fills in what an older version leaves out. */
    public Occurrence {
        written = written == null ? List.of() : List.copyOf(written);
    }

    /** A member's manager came or went with an epoch. */
    public static Occurrence ofNode(long epoch, int node, boolean up) {
        return new Occurrence(epoch, node, up, List.of());
    }

    /** A service's record was written. */
    public static Occurrence ofService(ServiceRecord record, long version) {
        return new Occurrence(version, 0, false, List.of(record));
    }
}
