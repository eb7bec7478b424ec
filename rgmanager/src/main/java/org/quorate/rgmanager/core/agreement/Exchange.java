package org.quorate.rgmanager.core.agreement;

import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.agreement.GroupMessage.Report;

/** The reports of one epoch, and what all members conclude from them once all are there. */
public final class Exchange {
    private final SortedMap<Integer, Long> managers;
    private final SortedMap<Integer, Report> reports = new TreeMap<>();

    /**
     * An exchange of which nothing was heard.
     *
     * @param managers node ids of the members whose managers take part, with the number of their joining
     */
    public Exchange(SortedMap<Integer, Long> managers) {
        this.managers = new TreeMap<>(managers);
    }

    /** Hears a report. */
    public void hear(int from, Report report) {
        if (managers.containsKey(from)) {
            reports.put(from, report);
        }
    }

    /** Whether all have been heard. */
    public boolean isComplete() {
        return reports.keySet().equals(managers.keySet());
    }

    /** Whose report is awaited. */
    public List<Integer> missing() {
        return managers.keySet().stream().filter(m -> !reports.containsKey(m)).toList();
    }

    /** Who takes part, with the number of their joining. */
    public SortedMap<Integer, Long> managers() {
        return new TreeMap<>(managers);
    }

    /** The managers of before, as any of these members knew them, with the number of their joining. */
    public SortedMap<Integer, Long> before() {
        var before = new TreeMap<Integer, Long>();
        reports.values().forEach(r -> r.known().forEach((node, joining) -> before.merge(node, joining, Math::max)));
        return before;
    }

    /** What any of them knows to have happened and not to be decided about. */
    public List<Occurrence> unhandled() {
        return reports.values().stream().flatMap(r -> r.unhandled().stream()).distinct().toList();
    }

    /** Whether somebody came or went that one of the members has not yet seen come or go. */
    public boolean isNews() {
        return reports.values().stream().anyMatch(r -> !r.known().equals(managers));
    }

    /** Services that somebody is doing something with. */
    public SortedSet<ServiceName> busy() {
        var busy = new TreeSet<ServiceName>();
        reports.values().forEach(r -> busy.addAll(r.busy()));
        return busy;
    }

    /**
     * Makes the picture of all reports, and puts right what they contradict.
     *
     * @param isOff whether a node is no member and was known to run nothing when the epoch began
     * @param decided whether somebody decides about what is recovering, though nobody is busy with it
     * @return a line for each thing that was put right
     */
    public List<String> conclude(Picture picture, IntPredicate isOff, boolean decided) {
        picture.learn(reports.values());
        long wallSeconds = wallSeconds();
        var lines = new ArrayList<String>();
        reports.forEach((node, report) -> {
            if (report.fresh()) {
                believe(node, report, picture, wallSeconds, lines);
            }
        });
        var busy = busy();
        for (var written : picture.all()) {
            var record = written.record();
            if (picture.isOver(written) && !record.is(FAILED)) {
                lines.add("service " + record.name() + " ended when node " + record.owner()
                        + " was started anew: stopped");
                picture.conclude(record.name(), r -> stopped(r, wallSeconds));
            } else if (isOrphaned(record, isOff, decided) && !busy.contains(record.name())) {
                lines.add("service " + record.name() + " is " + record.state().text()
                        + " and nobody sees to it: stopped");
                picture.conclude(record.name(), r -> stopped(r, wallSeconds));
            }
        }
        return lines;
    }

    /** The time that all conclude with. */
    public long wallSeconds() {
        return reports.values().stream().mapToLong(Report::wallSeconds).max().orElse(0);
    }

    /** A manager that has just started knows best what runs on its node. */
    private static void believe(int node, Report report, Picture picture, long wallSeconds, List<String> lines) {
        for (var written : picture.all()) {
            var record = written.record();
            if (record.owner() == node && !report.running().contains(record.name())) {
                lines.add("service " + record.name() + " does not run on node " + node + " any more: stopped");
                picture.conclude(record.name(), r -> stopped(r, wallSeconds));
            }
        }
        for (var service : report.running()) {
            var record = picture.record(service);
            if (record.owner() != node || !record.is(STARTED)) {
                lines.add("service " + service + " runs on node " + node + ": started");
                picture.conclude(service, r -> r.released().ownedBy(node).in(STARTED, wallSeconds));
            }
        }
    }

    private static boolean isOrphaned(ServiceRecord record, IntPredicate isOff, boolean decided) {
        if (record.owner() == 0) {
            return record.is(RECOVERABLE, STARTING, STOPPING, MIGRATING) || record.is(RECOVERING) && !decided;
        }
        return isOff.test(record.owner()) && !record.is(FAILED);
    }

    private static ServiceRecord stopped(ServiceRecord record, long wallSeconds) {
        return record.released().in(STOPPED, wallSeconds).flagged(record.frozen(), false);
    }
}
