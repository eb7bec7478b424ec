package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.rgmanager.core.request.Evaluation;
import org.quorate.rgmanager.core.request.Evaluation.Verdict;
import org.quorate.rgmanager.core.request.MemberChoice;
import org.quorate.rgmanager.core.request.Presence;
import org.quorate.rgmanager.core.request.Reasons;

/**
 * Which member starts which service. All members compute the same from the same picture, so that one of several equally
 * good ones does it, and the others need not race it for the lock: of those that may, the one that runs least; of
 * those, the last.
 */
final class Assignments {
    private final Board board;
    private final Evaluation evaluation;
    private final MemberChoice choice;
    private final SortedMap<Integer, List<ServiceName>> planned = new TreeMap<>();

    /** One service is to be seen to by one member. */
    record Assignment(ServiceName service, ServiceRequest request, int member, int target, String why) {
        /** What that member has to do. Only what depends on another service is stopped. */
        Job job() {
            return request == ServiceRequest.STOP ? Job.ownForDependency(why) : Job.own(request, target, why);
        }
    }

    /** What all members think of alike. */
    Assignments(Board board) {
        this(board, MemberChoice.ofAll(board));
    }

    private Assignments(Board board, MemberChoice choice) {
        this.board = board;
        this.choice = choice;
        evaluation = new Evaluation(board, choice);
    }

    /** What this member alone thinks of: it counts what it has begun itself. */
    static Assignments alone(Board board) {
        return new Assignments(board, new MemberChoice(board));
    }

    /** Whether nobody runs a service that somebody may run. */
    boolean isWanting(ServiceRecord record) {
        if (record.frozen()) {
            return false;
        }
        if (record.is(STOPPED)) {
            return true;
        }
        boolean ownerIsAway = switch (board.presence(record.owner())) {
            case VICTIM, GONE -> record.owner() != 0;
            case ONLINE, SILENT -> false;
        };
        return ownerIsAway && record.is(STARTED, STARTING, STOPPING, RECOVERABLE, MIGRATING);
    }

    /** Services that are not to start by themselves and were never started: they are disabled from now on. */
    List<ServiceName> notAutomatic() {
        return board.services().stream().filter(s -> evaluation.considerStart(s, board.self())
                instanceof Verdict.Disable).toList();
    }

    /** Who is to start which of these services; services that are not to be started are left out. */
    List<Assignment> starts(Collection<ServiceName> services, String why) {
        var assigned = new ArrayList<Assignment>();
        for (var service : services) {
            if (isWanting(board.record(service))) {
                memberFor(service).ifPresent(m -> assigned.add(plan(service, m, why)));
            }
        }
        return assigned;
    }

    /** The same; where nobody can be found, the first member puts down why. */
    List<Assignment> places(Collection<ServiceName> services, String why) {
        return places(services, why, new TreeMap<>());
    }

    /**
     * The same.
     *
     * @param historians who puts it down, where that is not the first member
     */
    List<Assignment> places(Collection<ServiceName> services, String why,
            SortedMap<ServiceName, Integer> historians) {
        var assigned = starts(services, why);
        int first = board.online().stream().findFirst().orElse(0);
        services.stream().filter(s -> isWanting(board.record(s)))
                .filter(s -> assigned.stream().noneMatch(a -> a.service().equals(s)))
                .filter(s -> historians.getOrDefault(s, first) == board.self())
                .forEach(s -> new Decisions(board).tellOnce(s, "not started", whyNowhere(s, why)));
        return assigned;
    }

    private String whyNowhere(ServiceName service, String why) {
        boolean met = choice.dependencyMet(service);
        return why + "; " + (met ? new Decisions(board).scores(service)
                : new Reasons(service, board).dependency());
    }

    private Assignment plan(ServiceName service, int member, String why) {
        planned.computeIfAbsent(member, _ -> new ArrayList<>()).add(service);
        var record = board.record(service);
        String from = record.owner() == 0 || board.presence(record.owner()) == Presence.ONLINE ? ""
                : ", it ran on " + board.nameOf(record.owner());
        return new Assignment(service, ServiceRequest.START, member, member, why + from);
    }

    private Optional<Integer> memberFor(ServiceName service) {
        Integer best = null;
        long least = Long.MAX_VALUE;
        for (int member : board.online()) {
            long load = choice.load(member) + plannedFor(member).size();
            boolean fits = evaluation.considerStart(service, member) instanceof Verdict.Queue(var request, _)
                    && request == ServiceRequest.START && hasRoom(service, member);
            if (fits && load <= least) {
                best = member;
                least = load;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean hasRoom(ServiceName service, int member) {
        var others = plannedFor(member);
        return others.isEmpty() || !board.policy(service).exclusive()
                && others.stream().noneMatch(other -> board.policy(other).exclusive());
    }

    private List<ServiceName> plannedFor(int member) {
        return planned.getOrDefault(member, List.of());
    }

    /** What runs here and suits a newcomer better. */
    List<Assignment> moves(Collection<Integer> newcomers) {
        return board.services().stream().filter(service -> board.record(service).owner() == board.self())
                .flatMap(service -> move(service, newcomers).stream()).toList();
    }

    /** To which of the newcomers its owner is to move a service that runs, if any suits it better. */
    Optional<Assignment> move(ServiceName service, Collection<Integer> newcomers) {
        var record = board.record(service);
        if (!record.is(STARTED, STARTING) || record.frozen() || !board.isOnline(record.owner())) {
            return Optional.empty();
        }
        Optional<Assignment> best = Optional.empty();
        for (int newcomer : newcomers) {
            boolean better = best.isEmpty() || board.score(service, newcomer, board.online())
                    .compareTo(board.score(service, best.get().target(), board.online())) >= 0;
            boolean room = choice.mayRunBeside(service, newcomer) && hasRoom(service, newcomer);
            if (newcomer != record.owner() && better && room
                    && evaluation.considerMove(service, newcomer) instanceof Verdict.Queue(var request, int to)) {
                best = Optional.of(new Assignment(service, request, record.owner(), to,
                        board.nameOf(newcomer) + " came and suits it better"));
            }
        }
        return best;
    }

    /** What follows for services that depend on one that came or went. */
    List<Assignment> dependents(ServiceRecord other) {
        var following = new ArrayList<ServiceName>();
        var assigned = new ArrayList<Assignment>();
        for (var service : board.services()) {
            switch (evaluation.onService(service, other)) {
                case Verdict.Queue(var request, int target) when request == ServiceRequest.STOP ->
                        assigned.add(new Assignment(service, request, board.self(), target,
                                "what it depends on does not run"));
                case Verdict.Queue _, Verdict.Disable _, Verdict.Leave _ -> follow(service, other, following);
            }
        }
        assigned.addAll(places(following, other.name() + " that it depends on runs"));
        return assigned;
    }

    /** All members have to think of the same starts, also those that are not meant themselves. */
    private void follow(ServiceName service, ServiceRecord other, List<ServiceName> following) {
        boolean depends = board.policy(service).depend().filter(other.name()::equals).isPresent();
        if (depends && other.is(STARTED) && board.record(service).is(STOPPED)
                && !board.record(service).is(DISABLED)) {
            following.add(service);
        }
    }
}
