package org.quorate.simulation.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.time.Moment;

/**
 * One member of the group: hears heartbeats, suspects who is silent, and agrees with the others on views as far as
 * the network lets them.
 */
public final class GroupMember {
    /** What the member's owner is told. */
    public interface Listener {
        /** There is a new view. */
        void viewInstalled(View view);

        /** A message came. */
        void received(String from, Object message);
    }

    private static final Duration JOIN_TIMEOUT = Duration.ofMillis(800);
    private static final Duration SOONEST_MERGE = Duration.ofMillis(800);
    private static final Duration LATEST_MERGE = Duration.ofMillis(3000);

    private final Group group;
    private final SimulatedProcess process;
    private final String address;
    private final Listener listener;
    private final Duration interval;
    private final Map<String, Heard> heard = new TreeMap<>();
    private final SortedSet<String> suspects = new TreeSet<>();
    private final SortedSet<String> dead = new TreeSet<>();
    private final Map<String, MessageStream> streams = new TreeMap<>();
    private final List<Early> early = new ArrayList<>();
    private Optional<View> view = Optional.empty();
    private Optional<Moment> mergeAt = Optional.empty();
    private Moment mayFound;
    private long highest;

    /** What a heartbeat says. */
    private record Beat(Optional<View> view, String coordinator, SortedSet<String> hears) {}

    private record Heard(Moment at, Beat beat) {}

    private record Early(String from, View view, Object message) {}

    GroupMember(Group group, SimulatedProcess process, String address, Listener listener) {
        this.group = group;
        this.process = process;
        this.address = address;
        this.listener = listener;
        interval = group.token().dividedBy(4);
        mayFound = now().plus(JOIN_TIMEOUT);
    }

    /** How the group calls it. */
    public String address() {
        return address;
    }

    SimulatedProcess process() {
        return process;
    }

    void begin() {
        tick();
    }

    private Moment now() {
        return group.world().time().now();
    }

    /** Sends to all members of the present view, this one included. */
    public void multicast(Object message) {
        view.ifPresent(present -> present.members().forEach(member -> send(member, message)));
    }

    /** Sends to one member of the present view. */
    public void send(String to, Object message) {
        view.filter(present -> present.has(to)).ifPresent(present ->
                streams.computeIfAbsent(to, _ -> new MessageStream(group, this, to)).send(present, message));
    }

    void arrived(String from, View sentIn, Object message) {
        if (view.filter(present -> present.has(from)).isPresent()) {
            listener.received(from, message);
        } else {
            early.add(new Early(from, sentIn, message));
        }
    }

    private void tick() {
        var beat = new Beat(view, coordinator(), heardLately());
        group.sendToAll(this, receiver -> receiver.heard(address, beat));
        view.ifPresent(present -> present.members().forEach(this::suspectIfSilent));
        decide();
        process.at(now().plus(group.chance().between(interval.multipliedBy(9).dividedBy(10), interval)), this::tick);
    }

    private void suspectIfSilent(String member) {
        if (!member.equals(address) && !suspects.contains(member)
                && heard.get(member).at().plus(group.token()).isBefore(now())) {
            suspect(member);
        }
    }

    private void suspect(String member) {
        if (suspects.add(member)) {
            view.ifPresent(present -> present.members().stream().filter(one -> !one.equals(address))
                    .forEach(one -> group.send(this, one, receiver -> receiver.heardSuspicion(member))));
        }
    }

    private void heardSuspicion(String member) {
        if (!member.equals(address) && view.filter(present -> present.has(member)).isPresent()
                && suspects.add(member)) {
            decide();
        }
    }

    void connectionBroke(String member) {
        dead.add(member);
        heard.remove(member);
        if (view.filter(present -> present.has(member)).isPresent()) {
            suspect(member);
            decide();
        }
    }

    private void heard(String from, Beat beat) {
        if (dead.contains(from)) {
            return;
        }
        heard.put(from, new Heard(now(), beat));
        suspects.remove(from);
        beat.view().ifPresent(theirs -> highest = Math.max(highest, theirs.number()));
        if (beat.view().isEmpty() && isCoordinator()) {
            decide();
        }
    }

    private String coordinator() {
        return view.flatMap(present -> present.members().stream().filter(one -> !suspects.contains(one)).findFirst())
                .orElse("");
    }

    private boolean isCoordinator() {
        return coordinator().equals(address);
    }

    private SortedSet<String> heardLately() {
        var lately = new TreeSet<String>();
        heard.forEach((member, last) -> {
            if (!last.at().plus(group.token()).isBefore(now())) {
                lately.add(member);
            }
        });
        return lately;
    }

    /** Makes the next view if it is this member's turn and there is reason to. */
    private void decide() {
        if (view.isEmpty()) {
            if (!now().isBefore(mayFound)) {
                install(new View(highest + 1, address, List.of(address)));
            }
            return;
        }
        if (!isCoordinator()) {
            return;
        }
        var present = view.get();
        var next = new ArrayList<>(present.members());
        next.removeAll(suspects);
        boolean changed = next.size() < present.members().size();
        for (var entry : mutual().entrySet()) {
            if (entry.getValue().view().isEmpty() && !next.contains(entry.getKey())) {
                next.add(entry.getKey());
                changed = true;
            }
        }
        changed |= merge(present, next);
        if (changed) {
            announce(new View(Math.max(highest, present.number()) + 1, address, next), next);
        } else {
            var behind = next.stream().filter(one -> !one.equals(address) && heard.containsKey(one)
                    && heard.get(one).beat().view().filter(theirs -> theirs.is(present)).isEmpty()).toList();
            announce(present, behind);
        }
    }

    /** Takes in members of other views, after a while. */
    private boolean merge(View present, List<String> next) {
        var strangers = new TreeMap<String, Beat>();
        mutual().forEach((member, beat) -> {
            if (beat.view().isPresent() && !present.has(member)) {
                strangers.put(member, beat);
            }
        });
        // Of coordinators that hear each other, one leads, or they would undo each other's views. Who is taken for one
        // by a member left behind, but follows another itself, leads nobody.
        boolean leads = strangers.entrySet().stream().noneMatch(one -> one.getKey().compareTo(address) < 0
                && one.getValue().coordinator().equals(one.getKey()));
        if (strangers.isEmpty() && !isOvertaken(present, next) || !leads) {
            mergeAt = Optional.empty();
            return false;
        }
        if (mergeAt.isEmpty()) {
            mergeAt = Optional.of(now().plus(group.chance().between(SOONEST_MERGE, LATEST_MERGE)));
        }
        if (now().isBefore(mergeAt.get())) {
            return false;
        }
        mergeAt = Optional.empty();
        next.addAll(strangers.keySet());
        return true;
    }

    /** Whether members went on to later views, so that they do not take this one any more. */
    private boolean isOvertaken(View present, List<String> next) {
        return next.stream().filter(heard::containsKey)
                .anyMatch(one -> heard.get(one).beat().view().filter(theirs -> theirs.isAfter(present)).isPresent());
    }

    /** Who is heard and hears this member. */
    private Map<String, Beat> mutual() {
        var mutual = new TreeMap<String, Beat>();
        heardLately().forEach(member -> {
            var beat = heard.get(member).beat();
            if (beat.hears().contains(address) && !suspects.contains(member)) {
                mutual.put(member, beat);
            }
        });
        return mutual;
    }

    private void announce(View next, List<String> to) {
        to.stream().filter(one -> !one.equals(address))
                .forEach(one -> group.send(this, one, receiver -> receiver.heardView(next)));
        if (to.contains(address)) {
            install(next);
        }
    }

    private void heardView(View next) {
        if (next.has(address) && view.map(next::isAfter).orElse(true)) {
            install(next);
        }
    }

    private void install(View next) {
        view = Optional.of(next);
        highest = Math.max(highest, next.number());
        suspects.retainAll(next.members());
        next.members().stream().filter(one -> !one.equals(address)).forEach(one -> heard.putIfAbsent(one,
                new Heard(now(), new Beat(Optional.empty(), "", new TreeSet<>()))));
        next.members().forEach(member -> {
            var last = heard.get(member);
            if (last != null && last.at().plus(group.token()).isBefore(now())) {
                heard.put(member, new Heard(now(), last.beat()));
            }
        });
        streams.entrySet().removeIf(stream -> {
            boolean gone = !next.has(stream.getKey());
            if (gone) {
                stream.getValue().close();
            }
            return gone;
        });
        listener.viewInstalled(next);
        var due = early.stream().filter(one -> one.view().is(next)).toList();
        early.removeIf(one -> !one.view().isAfter(next));
        due.forEach(one -> listener.received(one.from(), one.message()));
    }
}
