package org.quorate.rgmanager.core.agreement;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;

/** What is written of all services. Equal on all members that have heard the same. */
public final class Picture {
    private final IntToLongFunction startOf;
    private final SortedMap<ServiceName, Versioned> records = new TreeMap<>();
    private boolean locked;
    private long lockings;

    /**
     * Nothing is written yet.
     *
     * @param startOf which start of a node is a member in the present epoch, 0 for none; the same for all members
     */
    public Picture(IntToLongFunction startOf) {
        this.startOf = startOf;
    }

    /** What is written of a service. */
    public ServiceRecord record(ServiceName service) {
        var written = records.get(service);
        return written == null ? ServiceRecord.unwritten(service) : written.record();
    }

    /** How often that was written. */
    public long version(ServiceName service) {
        var written = records.get(service);
        return written == null ? 0 : written.version();
    }

    /** All that was written, by name. */
    public List<Versioned> all() {
        return List.copyOf(records.values());
    }

    /** Writes, unless somebody else did since the writer last looked. */
    public boolean write(ServiceRecord record, long version) {
        if (version != version(record.name()) + 1) {
            return false;
        }
        records.put(record.name(), new Versioned(record, version, startOfOwner(record)));
        return true;
    }

    /** Writes what all members conclude alike at the same point. */
    public void conclude(ServiceName service, UnaryOperator<ServiceRecord> change) {
        var changed = change.apply(record(service));
        records.put(service, new Versioned(changed, version(service) + 1, startOfOwner(changed)));
    }

    /** The start of the owner's node, as of before when that is no member at present. */
    private long startOfOwner(ServiceRecord record) {
        long now = record.owner() == 0 ? 0 : startOf.applyAsLong(record.owner());
        var before = records.get(record.name());
        return now == 0 && before != null && before.record().owner() == record.owner() ? before.start() : now;
    }

    /** Whether what is written is of an earlier start of its owner's node: it is over. */
    boolean isOver(Versioned written) {
        long now = written.record().owner() == 0 ? 0 : startOf.applyAsLong(written.record().owner());
        return now != 0 && written.start() != 0 && now != written.start();
    }

    /** Learns what somebody else has seen. */
    public void merge(Versioned seen) {
        records.merge(seen.record().name(), seen, (a, b) -> Versioned.BY_AGE.compare(a, b) < 0 ? b : a);
    }

    /** Whether starts are locked. */
    public boolean locked() {
        return locked;
    }

    /** How often that was changed. */
    public long lockings() {
        return lockings;
    }

    /** Locks or unlocks starts. */
    public void lock(boolean now) {
        locked = now;
        lockings++;
    }

    /** Begins again with what these managers report. */
    void learn(Collection<GroupMessage.Report> reports) {
        forget();
        for (var report : reports) {
            report.records().forEach(this::merge);
            if (report.lockings() > lockings) {
                locked = report.locked();
                lockings = report.lockings();
            }
        }
    }

    /** Forgets everything: without quorum nothing is known. */
    public void forget() {
        records.clear();
        locked = false;
        lockings = 0;
    }
}
