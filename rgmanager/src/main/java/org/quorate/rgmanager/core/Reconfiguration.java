package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.CONDITIONAL_START;
import static org.quorate.api.rgmanager.ServiceRequest.CONDITIONAL_STOP;
import static org.quorate.api.rgmanager.ServiceRequest.DISABLE;
import static org.quorate.api.rgmanager.ServiceRequest.INIT;
import static org.quorate.api.rgmanager.ServiceRequest.STOP;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.change.ServiceDelta;
import org.quorate.rgmanager.core.request.ServiceConfiguration;

/**
 * From one configuration to the next: what goes away or changes is stopped by the old one, then the new one takes
 * effect, then what is new or changed is started by it. Services that did not change do not notice.
 */
final class Reconfiguration {
    private final Board board;
    private final Workforce workers;
    private final Runnable inUse;
    private Optional<ServiceConfiguration> wanted = Optional.empty();
    private Optional<ServiceDelta> delta = Optional.empty();
    private final SortedMap<ServiceName, ServiceRequest> awaited = new TreeMap<>();
    private final SortedMap<ServiceName, ServiceRequest> notGivenOut = new TreeMap<>();
    private final List<ServiceName> fresh = new ArrayList<>();
    private final List<ServiceName> stoppedWhole = new ArrayList<>();
    private final SortedMap<ServiceName, Disabler> disabled = new TreeMap<>();
    private ServiceConfiguration next;
    private Phase phase = Phase.NONE;
    private boolean followUp;
    private long writtenIn;

    private enum Phase { NONE, DOWN, UP }

    /** Whose change has disabled a service: the manager with this number of joining on this node. */
    private record Disabler(int node, long joining) {}

    /**
     * Nothing is going on.
     *
     * @param inUse run as soon as another configuration is the one in use
     */
    Reconfiguration(Board board, Workforce workers, Runnable inUse) {
        this.inUse = inUse;
        this.board = board;
        this.workers = workers;
    }

    /** Another configuration is in force; of several the last counts. */
    void begin(ServiceConfiguration configuration) {
        if (configuration.version() < latest()) {
            // It came at a bad moment and was put off; meanwhile a later one has come.
            return;
        }
        wanted = Optional.of(configuration);
        board.hold(true);
    }

    private int latest() {
        int coming = phase == Phase.NONE ? 0 : next.version();
        return Math.max(wanted.map(ServiceConfiguration::version).orElse(0),
                Math.max(coming, board.configuration().version()));
    }

    /** Something happened: perhaps nothing is under way any more that a change would disturb. */
    void look() {
        follow();
        if (phase == Phase.NONE && wanted.isPresent() && board.holding() && workers.isAtRest()) {
            down();
        }
    }

    private void down() {
        next = wanted.orElseThrow();
        wanted = Optional.empty();
        phase = Phase.DOWN;
        board.say(Weight.EVENT, "configuration version " + next.version() + " is taken into use");
        var old = board.configuration();
        var marks = new ServiceDelta(old, next);
        delta = Optional.of(marks);
        for (var service : old.services()) {
            var record = board.record(service);
            if (remains(record)) {
                workers.of(service).keepConfiguration();
            } else if (record.owner() != board.self()) {
                // Nothing of it runs here: its owner knows what it runs by.
                continue;
            } else if (leftFrozen(record)) {
                workers.of(service).keepConfiguration();
                board.say(Weight.WARNING, service + " is frozen: what runs of it stays as it is" + (next.has(service)
                        ? "" : ", looked after by nobody until the configuration knows it again"));
            } else {
                switch (marks.down(service)) {
                    case DISABLE -> await(service, DISABLE, "it went away or changed as a whole");
                    case CONDITIONAL_STOP -> await(service, CONDITIONAL_STOP, "what changed in it is stopped");
                    case LEAVE -> board.say(Weight.EVENT, service + " went away and is left running");
                }
            }
        }
        giveOut();
    }

    /** Who froze a service works on what it is made of, and wants nothing of it stopped or started. */
    private static boolean leftFrozen(ServiceRecord record) {
        return record.frozen();
    }

    /** What a stop left here can be stopped only by the configuration that knows it. */
    private boolean remains(ServiceRecord record) {
        return record.is(FAILED) && record.lastOwner() == board.self();
    }

    private void await(ServiceName service, ServiceRequest request, String why) {
        awaited.put(service, request);
        notGivenOut.put(service, request);
        board.say(Weight.DETAIL, request.words() + " of " + service + ": " + why);
    }

    /** All are known before the first may end. */
    private void giveOut() {
        var jobs = new TreeMap<>(notGivenOut);
        notGivenOut.clear();
        jobs.forEach((service, request) -> workers.of(service).accept(new Job(request, 0, false,
                new Job.Origin.Change(), "version " + next.version() + " of the configuration")));
        goOn();
    }

    /** A job is over that this may have waited for. */
    void ended(ServiceName service, Job job, ServiceResult result) {
        if (!job.isForChange() || awaited.get(service) != job.request()) {
            return;
        }
        awaited.remove(service);
        if (phase == Phase.DOWN && remains(board.record(service))) {
            // The next configuration does not know what is left of it.
            workers.of(service).keepConfiguration();
        }
        if (job.request() == DISABLE && result == ServiceResult.SUCCESS) {
            disabled.put(service, new Disabler(board.self(), joining(board.self())));
        }
        if (job.request() == CONDITIONAL_STOP && result != ServiceResult.SUCCESS) {
            // What is not stopped by the configuration that knows it would never be.
            await(service, STOP, "a part of it could not be stopped");
            stoppedWhole.add(service);
            giveOut();
        } else {
            goOn();
        }
    }

    private void goOn() {
        if (!awaited.isEmpty()) {
            return;
        }
        switch (phase) {
            case NONE -> { /* nothing is going on */ }
            case DOWN -> up();
            case UP -> over();
        }
    }

    private void up() {
        phase = Phase.UP;
        delta.orElseThrow().carryOver();
        board.configure(next);
        inUse.run();
        fresh.clear();
        fresh.addAll(stoppedWhole);
        stoppedWhole.clear();
        for (var service : next.services()) {
            if (leftFrozen(board.record(service))) {
                if (board.record(service).owner() == board.self()) {
                    // Who shares something with it is not to take that away.
                    next.resources().tree().adopt(next.root(service).orElseThrow());
                }
                continue;
            }
            switch (delta.orElseThrow().up(service)) {
                case INITIALIZE -> {
                    fresh.add(service);
                    await(service, INIT, "it is new");
                }
                case CONDITIONAL_START -> {
                    var record = board.record(service);
                    if (record.owner() == board.self() && record.is(STARTED)) {
                        await(service, CONDITIONAL_START, "what changed in it is started");
                    }
                }
                case LEAVE -> fresh.add(service);
            }
        }
        giveOut();
    }

    private void over() {
        phase = Phase.NONE;
        followUp = true;
        follow();
        if (wanted.isEmpty()) {
            board.hold(false);
            workers.each(Worker::goOn);
        }
    }

    /** What a change that is over brings with it can be written and asked for as soon as all members agree. */
    private void follow() {
        if (phase != Phase.NONE || !board.agreed()) {
            return;
        }
        var back = disabled.keySet().stream().filter(service -> !isToRevive(service)).toList();
        var comeBackHere = back.stream().filter(this::isRevivedHere).toList();
        disabled.keySet().removeAll(back);
        // What was written in an epoch that ended may have been heard by nobody, or by others only.
        boolean anew = writtenIn != board.members().epoch();
        writtenIn = board.members().epoch();
        if (anew || followUp) {
            disabled.keySet().stream().filter(this::isRevivedHere).forEach(this::revive);
        }
        if (followUp) {
            followUp = false;
            new Assignments(board).notAutomatic().forEach(service -> write(service,
                    board.record(service).in(DISABLED, board.wallSeconds()), false, false,
                    "it was never started, and autostart is off"));
            // Others may have come as far before, when nobody was to start it, and not look again.
            place(fresh);
        } else if (anew) {
            place(comeBackHere);
        }
    }

    /** The event master hears of a new configuration too, and starts what is new; what was stopped here it is told. */
    private void place(List<ServiceName> services) {
        if (board.central()) {
            services.stream().map(board::record).filter(r -> r.is(STOPPED) && r.lastOwner() == board.self())
                    .forEach(r -> write(r.name(), r, false, true, "it changed, and is stopped by what it was"));
        } else if (!board.picture().locked() && !services.isEmpty()) {
            workers.entrust(Assignments.alone(board).places(services, "it is new in the configuration"));
        }
    }

    /** A service's record was written by a member. */
    void written(int from, ServiceRecord before, GroupMessage.Write write) {
        var service = write.record().name();
        if (write.record().is(DISABLED) && write.forChange()) {
            disabled.put(service, new Disabler(from, joining(from)));
        } else if (write.record().is(DISABLED) && !before.is(DISABLED)) {
            disabled.remove(service);
        }
    }

    private long joining(int node) {
        return board.members().managers().getOrDefault(node, 0L);
    }

    /** Whoever disabled it does so when its change is over; if it dies before, so does everybody who knows of it. */
    private boolean isRevivedHere(ServiceName service) {
        var by = disabled.get(service);
        return by.node() == board.self() || by.joining() != joining(by.node());
    }

    /** What was disabled since its old form went away is not what an administrator has disabled. */
    private boolean isToRevive(ServiceName service) {
        return board.record(service).is(DISABLED)
                && (!board.configuration().has(service) || board.policy(service).autostart());
    }

    private void revive(ServiceName service) {
        // One that went away altogether is new should it come again.
        boolean isThere = board.configuration().has(service);
        var stopped = board.record(service).in(STOPPED, isThere ? board.wallSeconds() : 0);
        write(service, stopped, true, isThere, "it went away or changed as a whole, and is new should it come again");
    }

    private void write(ServiceName service, ServiceRecord record, boolean event, boolean forChange, String why) {
        board.tell(new GroupMessage.Write(record, board.picture().version(service) + 1, event, forChange,
                new Decisions(board).of(board.record(service), record, STOP, why)));
    }

    /** Nothing may run any more. What runs is stopped as it was started: by the configuration that was in use then. */
    void giveUp() {
        if (phase == Phase.DOWN && wanted.isEmpty()) {
            wanted = Optional.of(next);
        }
        awaited.clear();
        notGivenOut.clear();
        disabled.clear();
        followUp = false;
        phase = Phase.NONE;
        board.hold(false);
    }

    /** Nothing runs: a configuration that waits takes effect as it is. */
    void afterEmergency() {
        wanted.ifPresent(board::configure);
        wanted = Optional.empty();
    }
}
