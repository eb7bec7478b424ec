package org.quorate.rgmanager.core.agreement;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;

/** What managers tell each other, in one order for all, within one epoch. */
public sealed interface GroupMessage {
    /**
     * What a manager knows when an epoch begins.
     *
     * @param fresh    whether it has taken part in no epoch since it was started or lost quorum
     * @param known    the managers of the last epoch that it has seen all reports of, with the number of their joining
     * @param records  all that it has seen written
     * @param running  what runs on its node and under its lock, though it is fresh
     * @param busy     services that it is doing something with
     * @param locked   whether starts are locked
     * @param lockings how often that was changed
     * @param wallSeconds its wall-clock time, for what is concluded from all reports
     * @param unhandled where one member decides for all: what happened and was not decided about yet
     * @param decided  how many decisions about each service it knows of, without the decisions
     */
    record Report(boolean fresh, SortedMap<Integer, Long> known, List<Versioned> records,
            List<ServiceName> running, List<ServiceName> busy, boolean locked, long lockings,
            long wallSeconds, List<Occurrence> unhandled, List<Decided> decided) implements GroupMessage {
        public Report {
            known = Collections.unmodifiableSortedMap(known == null ? new TreeMap<>() : new TreeMap<>(known));
            records = records == null ? List.of() : List.copyOf(records);
            running = running == null ? List.of() : List.copyOf(running);
            busy = busy == null ? List.of() : List.copyOf(busy);
            unhandled = unhandled == null ? List.of() : List.copyOf(unhandled);
            decided = decided == null ? List.of() : List.copyOf(decided);
        }
    }

    /**
     * A record is to be written.
     *
     * @param record    what is to be written
     * @param version   one more than that of the record it is made from; void if somebody else wrote in between
     * @param event     whether services that depend on this one are to be looked at
     * @param forChange whether it is disabled only while a change of cluster.conf is taken into use, or stopped to be
     *                  started by the new one, or again
     * @param decided   what was decided with it, for display
     */
    record Write(ServiceRecord record, long version, boolean event, boolean forChange, List<Decision> decided)
            implements GroupMessage {
        public Write {
            decided = decided == null ? List.of() : List.copyOf(decided);
        }
    }

    /**
     * Something was decided about a service, perhaps a while ago. For display only.
     *
     * @param number that of the last decision about it
     * @param last   the decisions
     */
    record Decided(ServiceName service, long number, List<Decision> last) implements GroupMessage {
        public Decided {
            last = last == null ? List.of() : List.copyOf(last);
        }
    }

    /**
     * A member is to do something.
     *
     * @param to      node id
     * @param joining of the asking manager: a later one knows nothing of its questions
     * @param id      of the question among those of this manager; asked again after a new epoch it is the same
     * @param request what
     * @param service with which
     * @param target  node id of the member that it is about, 0 for none
     * @param domain  whether the failover domain chooses the member
     * @param decide  whether the one asked is to decide what is done, as the master of all events
     * @param why     what it is asked for, one line
     */
    record Ask(int to, long joining, long id, ServiceRequest request, ServiceName service, int target,
            boolean domain, boolean decide, String why) implements GroupMessage {
        public Ask {
            why = why == null ? "" : why;
        }
    }

    /**
     * Answers {@link Ask}.
     *
     * @param to      who asked
     * @param joining as asked
     * @param id      as asked
     * @param result  what came out
     * @param owner   node id of who runs the service now, 0 for nobody
     * @param why     one line, may be empty
     */
    record Reply(int to, long joining, long id, ServiceResult result, int owner, String why)
            implements GroupMessage {}

    /** Starts are locked or unlocked on all members. */
    record LockStarts(boolean locked) implements GroupMessage {}

    /** The master of all events has decided about something that happened. */
    record Handled(Occurrence what) implements GroupMessage {}

    /** The sender's manager ends: nothing is to be started there any more. */
    record Exiting() implements GroupMessage {}
}
