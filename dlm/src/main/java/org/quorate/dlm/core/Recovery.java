package org.quorate.dlm.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockResource;

/**
 * What the dlmds of a new epoch tell each other before a lock is granted in it: first of which epoch their knowledge
 * is, then what they know and hold, then that they have heard it all.
 *
 * <p>Nobody acts on what it was told before everybody has said that it was told everything. So if any dlmd acts in an
 * epoch, all of them can: one that had no time to do so before the next epoch catches up first.
 */
final class Recovery {
    /** Items in one message. */
    private static final int PART = 400;

    /** How far the present epoch has come. */
    enum Phase { OUT, HERE, REPORTS, READY, OPEN }

    private final Outbox outbox;
    private final Victims victims;
    private final Directory directory;
    private final Masters masters;
    private final Holdings holdings;

    private Phase phase = Phase.OUT;
    private Epoch epoch = Epoch.NONE;
    private Roster roster = Roster.NONE;
    private boolean more;
    private final SortedMap<NodeId, PeerMessage.Here> here = new TreeMap<>();
    private SortedMap<NodeId, Told> told = new TreeMap<>();
    private final SortedSet<NodeId> ready = new TreeSet<>();

    /** The last roster whose knowledge is ours, and those installed since, of which somebody may have acted on any. */
    private Roster opened = Roster.NONE;
    private final List<Roster> since = new ArrayList<>();
    private SortedMap<NodeId, Long> accounted = new TreeMap<>();
    private Optional<Prepared> prepared = Optional.empty();
    private List<String> spaces = List.of();
    private final SortedMap<NodeId, List<String>> spacesOf = new TreeMap<>();

    /** All that one member has told. */
    private static final class Told {
        final List<PeerMessage.Report> parts = new ArrayList<>();
        boolean complete;
    }

    /** What can be acted on as soon as it is known that everybody can. */
    private record Prepared(Roster roster, boolean more, SortedMap<NodeId, Long> failures,
            SortedMap<NodeId, Told> told) {}

    Recovery(Outbox outbox, Victims victims, Directory directory, Masters masters, Holdings holdings) {
        this.outbox = outbox;
        this.victims = victims;
        this.directory = directory;
        this.masters = masters;
        this.holdings = holdings;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean isQuorate() {
        return epoch.quorate();
    }

    Roster roster() {
        return roster;
    }

    long epoch() {
        return epoch.number();
    }

    /** Victims that something here waits for. */
    List<NodeId> waitsFor() {
        return masters.frozen() + directory.frozen() == 0 ? List.of() : List.copyOf(victims.all());
    }

    /** Nodes that have a lockspace open. */
    List<NodeId> membersOf(String lockspace) {
        return spacesOf.entrySet().stream()
                .filter(node -> roster.has(node.getKey()) && node.getValue().contains(lockspace))
                .map(Map.Entry::getKey).toList();
    }

    /** The lockspaces open here changed. */
    void spacesChanged(List<String> now) {
        spaces = now;
        if (phase == Phase.OPEN) {
            roster.members().keySet().forEach(node -> outbox.send(node, new PeerMessage.Spaces(now)));
        }
    }

    void spaces(NodeId from, List<String> open) {
        spacesOf.put(from, open);
    }

    /** Everything stops; what was not acted on is not lost, in case somebody did act on it. */
    void install(Epoch installed) {
        epoch = installed;
        if (!roster.members().isEmpty() && !roster.equals(opened)) {
            since.add(roster);
        }
        roster = Roster.of(installed);
        victims.install(installed);
        accounted.entrySet().removeIf(known -> !known.getValue().equals(victims.failures().get(known.getKey())));
        // Without quorum, or with a newcomer who may have helped another partition to its quorum, others may have
        // gone on where we did not.
        more |= !installed.quorate() || !installed.joined().isEmpty();
        here.clear();
        told = new TreeMap<>();
        ready.clear();
        outbox.enter(installed.number());
        holdings.interrupt();
        masters.grant(false);
        directory.forgetAskers();
        directory.choose(installed.quorate());
        if (!roster.has(outbox.self())) {
            phase = Phase.OUT;
            return;
        }
        phase = Phase.HERE;
        roster.members().keySet().forEach(node -> {
            told.put(node, new Told());
            outbox.send(node, new PeerMessage.Here(opened.basis(),
                    prepared.map(one -> one.roster().basis()).orElse(Basis.NONE), holdings.holdsAny()));
        });
    }

    void heard(NodeId from, PeerMessage.Here said) {
        here.put(from, said);
        advance();
    }

    void heard(NodeId from, PeerMessage.Report said) {
        var all = told.get(from);
        all.parts.add(said);
        if (said.last()) {
            all.complete = true;
            advance();
        }
    }

    void heardReady(NodeId from) {
        ready.add(from);
        advance();
    }

    private void advance() {
        if (phase == Phase.HERE && here.size() == roster.members().size()) {
            phase = Phase.REPORTS;
            agreeAndReport();
        }
        if (phase == Phase.REPORTS && told.values().stream().allMatch(all -> all.complete)) {
            phase = Phase.READY;
            prepared = Optional.of(new Prepared(roster, more, victims.failures(), told));
            roster.members().keySet().forEach(node -> outbox.send(node, new PeerMessage.Ready()));
        }
        if (phase == Phase.READY && ready.size() == roster.members().size()) {
            act(prepared.orElseThrow());
            phase = Phase.OPEN;
            // While we cannot act, others perhaps can.
            more = !epoch.quorate();
            told = new TreeMap<>();
            masters.grant(epoch.quorate());
            holdings.open();
            outbox.add(new LockEffect.Opened(epoch.number(), List.copyOf(roster.members().keySet()),
                    epoch.quorate(), holdings.all().size(), masters.names().size(),
                    masters.frozen() + directory.frozen(), List.copyOf(victims.all())));
        }
    }

    private void agreeAndReport() {
        var common = Lineage.of(here.values());
        var anew = new TreeSet<NodeId>();
        here.forEach((node, said) -> {
            if (common.beginsAnew(said)) {
                anew.add(node);
            }
        });
        roster = roster.anew(anew);
        if (common.excludes(here.get(outbox.self()))) {
            reset();
        } else if (!opened.basis().equals(common.basis())
                && prepared.filter(one -> one.roster().basis().equals(common.basis())).isPresent()) {
            act(prepared.get());
        }
        prepared = Optional.empty();
        var regions = regions(common);
        var locks = holdings.report(opened, roster);
        var lost = byDirectory(directory.lostSince(opened, roster, more), PeerMessage.Lost::resource);
        var mastered = byDirectory(List.copyOf(masters.names()), name -> name);
        for (var node : roster.members().keySet()) {
            report(node, mastered.getOrDefault(node, List.of()), lost.getOrDefault(node, List.of()),
                    locks.getOrDefault(node, List.of()), regions);
        }
    }

    private void reset() {
        assert !holdings.holdsAny() : "locks are held here of which the others cannot know";
        masters.reset();
        holdings.forgetMasters();
        directory.rebuild(Collections.emptyMap(), List.of(), List.of());
        opened = Roster.NONE;
        since.clear();
        accounted.clear();
    }

    private <T> Map<NodeId, List<T>> byDirectory(List<T> items, Function<T, LockResource> name) {
        var sorted = new TreeMap<NodeId, List<T>>();
        for (var item : items) {
            sorted.computeIfAbsent(Rendezvous.directoryOf(name.apply(item), roster.members().keySet()),
                    _ -> new ArrayList<>()).add(item);
        }
        return sorted;
    }

    private List<Region> regions(Lineage common) {
        if (victims.isEmpty()) {
            return List.of();
        }
        if (common.isMixed() || common.basis().equals(Basis.NONE)) {
            return List.of(Region.everything(victims.all()));
        }
        var regions = new ArrayList<Region>();
        if (!opened.equals(Roster.NONE)) {
            regions.addAll(directory.regionsCarried(more));
            var listed = new TreeSet<>(accounted.keySet());
            var rosters = new ArrayList<Roster>();
            rosters.add(opened);
            rosters.addAll(since);
            for (var one : rosters) {
                listed.addAll(one.members().keySet());
                var gone = roster.goneSince(one);
                if (!gone.isEmpty()) {
                    regions.add(new Region(one.nodes(), gone, victims.all()));
                }
            }
            if (!listed.containsAll(victims.all())) {
                // Nobody here knows what it may have mastered.
                regions.add(Region.everything(victims.all()));
            }
        }
        return regions.stream().distinct().toList();
    }

    private void report(NodeId to, List<LockResource> mastered, List<PeerMessage.Lost> lost, List<HeldLock> locks,
            List<Region> regions) {
        int longest = Math.max(mastered.size(), Math.max(lost.size(), locks.size()));
        for (int from = 0; from < longest; from += PART) {
            outbox.send(to, new PeerMessage.Report(part(mastered, from), part(lost, from), part(locks, from),
                    List.of(), List.of(), false));
        }
        outbox.send(to, new PeerMessage.Report(List.of(), List.of(), List.of(), regions, spaces, true));
    }

    private static <T> List<T> part(List<T> items, int from) {
        return items.subList(Math.min(from, items.size()), Math.min(from + PART, items.size()));
    }

    /** Makes what everybody told this node's knowledge. */
    private void act(Prepared on) {
        var held = new TreeMap<NodeId, List<HeldLock>>();
        var mastered = new LinkedHashMap<LockResource, NodeId>();
        var lost = new ArrayList<PeerMessage.Lost>();
        var regions = new ArrayList<Region>();
        on.told().forEach((node, all) -> {
            for (var part : all.parts) {
                held.computeIfAbsent(node, _ -> new ArrayList<>()).addAll(part.locks());
                part.masters().forEach(name -> {
                    var other = mastered.put(name, node);
                    assert other == null : name + " is mastered by nodes " + other + " and " + node;
                });
                lost.addAll(part.lost());
                regions.addAll(part.regions());
                if (part.last()) {
                    spacesOf.put(node, part.spaces());
                }
            }
        });
        var unsettled = new TreeSet<NodeId>(on.failures().keySet());
        masters.rebuild(opened, on.roster(), held, mastered::containsKey, on.more(), unsettled);
        held.values().forEach(locks -> locks.stream().map(HeldLock::resource).filter(name ->
                outbox.self().equals(Rendezvous.directoryOf(name, on.roster().members().keySet()))
                        && masters.has(name)).forEach(name -> mastered.put(name, outbox.self())));
        directory.rebuild(mastered, lost, regions.stream().distinct().toList());
        holdings.repoint(opened, on.roster());
        opened = on.roster();
        since.removeIf(one -> one.epoch() <= opened.epoch());
        accounted = new TreeMap<>(on.failures());
        accounted.keySet().removeIf(node -> !victims.has(node));
        prepared = Optional.empty();
    }

    /** A victim is none any more. */
    void settle(NodeId node, long through) {
        if (!victims.settle(node, through)) {
            return;
        }
        accounted.remove(node);
        outbox.add(masters.free(node));
        directory.retry(outbox::send);
    }
}
