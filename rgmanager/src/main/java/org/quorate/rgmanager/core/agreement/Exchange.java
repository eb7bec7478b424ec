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
    /** Something that was put right: what a service is now, and why. */
    public record Conclusion(ServiceName service, String what, String why) {}

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
     * @return what was put right
     */
    public List<Conclusion> conclude(Picture picture, IntPredicate isOff, boolean decided) {
        picture.learn(reports.values());
        long wallSeconds = wallSeconds();
        var lines = new ArrayList<Conclusion>();
        reports.forEach((node, report) -> {
            if (report.fresh()) {
                believe(node, report, picture, wallSeconds, lines);
            }
        });
        var busy = busy();
        for (var written : picture.all()) {
            var record = written.record();
            if (picture.isOver(written) && !record.is(FAILED)) {
                lines.add(new Conclusion(record.name(), "stopped", "it ended when node " + record.owner()
                        + " was started anew"));
                picture.conclude(record.name(), r -> stopped(r, wallSeconds));
            } else if (isOrphaned(record, isOff, decided) && !busy.contains(record.name())) {
                lines.add(new Conclusion(record.name(), "stopped", "it was " + record.state().text()
                        + " and nobody saw to it"));
                picture.conclude(record.name(), r -> stopped(r, wallSeconds));
            }
        }
        return lines;
    }

    /**
     * Who is to tell the last decisions about which service: of those who know most of them the first, where somebody
     * knows less.
     */
    public SortedMap<ServiceName, Integer> historians() {
        var historians = new TreeMap<ServiceName, Integer>();
        numbers().forEach((service, last) -> {
            var knowing = managers.keySet().stream().filter(m -> number(m, service) == last).toList();
            if (knowing.size() < managers.size()) {
                historians.put(service, knowing.getFirst());
            }
        });
        return historians;
    }

    /** How many decisions about each service were taken, as far as anybody knows. */
    public SortedMap<ServiceName, Long> numbers() {
        var numbers = new TreeMap<ServiceName, Long>();
        reports.values().forEach(r -> r.decided().forEach(d -> numbers.merge(d.service(), d.number(), Math::max)));
        return numbers;
    }

    private long number(int manager, ServiceName service) {
        return reports.get(manager).decided().stream().filter(d -> d.service().equals(service))
                .mapToLong(GroupMessage.Decided::number).findFirst().orElse(0);
    }

    /** The time that all conclude with. */
    public long wallSeconds() {
        return reports.values().stream().mapToLong(Report::wallSeconds).max().orElse(0);
    }

    /** A manager that has just started knows best what runs on its node. */
    private static void believe(int node, Report report, Picture picture, long wallSeconds, List<Conclusion> lines) {
        for (var written : picture.all()) {
            var record = written.record();
            if (record.owner() == node && !report.running().contains(record.name())) {
                lines.add(new Conclusion(record.name(), "stopped", "it does not run on node " + node
                        + " any more"));
                picture.conclude(record.name(), r -> stopped(r, wallSeconds));
            }
        }
        for (var service : report.running()) {
            var record = picture.record(service);
            if (record.owner() != node || !record.is(STARTED)) {
                lines.add(new Conclusion(service, "started", "it runs on node " + node));
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
