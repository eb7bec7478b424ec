package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.INIT;
import static org.quorate.api.rgmanager.ServiceRequest.STATUS;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_EXITING;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Epoch;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.Exchange;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.time.Moment;

/**
 * Decides which services run on this member, and sees to it: what is left behind is cleaned up, then the manager takes
 * part while the cluster is quorate, and stops everything when it is not.
 *
 * <p>One thread owns it; nothing in it blocks.
 */
public final class Services {
    /** What is not stopped by then after quorum was lost is stopped by a reboot. */
    static final Duration EMERGENCY_LIMIT = Duration.ofSeconds(60);

    /** A configuration that comes at a bad moment is looked at again so much later. */
    private static final Duration CONFIGURED_AGAIN = Duration.ofSeconds(1);

    private final Board board;
    private final Questions questions;
    private final Workforce workers;
    private final Callers callers;
    private final Records records;
    private final Reconfiguration reconfiguration;
    private final SortedSet<ServiceName> toClean = new TreeSet<>();
    private final SortedSet<ServiceName> adopted = new TreeSet<>();
    private final SortedMap<Integer, Long> known = new TreeMap<>();
    private Optional<Exchange> exchange = Optional.empty();
    private Phase phase = Phase.CLEANING;
    private boolean fresh = true;
    private boolean begun;
    private boolean declaring;
    private boolean lost;
    private Optional<String> endWhy = Optional.empty();
    private long emergencies;

    /**
     * A manager that knows nothing yet.
     *
     * @param self          node id of this member
     * @param configuration the services
     * @param now           the present moment
     * @param wallSeconds   wall-clock time of that moment, seconds since 1970
     */
    public Services(int self, ServiceConfiguration configuration, Moment now, long wallSeconds) {
        board = new Board(self, configuration, now, wallSeconds);
        questions = new Questions(board);
        workers = new Workforce(board, questions, new Worker.Endings() {
            @Override
            public void ended(ServiceName service, Job job, Answer answer) {
                jobEnded(service, job, answer);
            }

            @Override
            public void stoppedInEmergency(ServiceName service, boolean success) {
                stopped(service, success);
            }
        });
        callers = new Callers(board, workers, questions);
        reconfiguration = new Reconfiguration(board, workers, this::remember);
        records = new Records(board, workers, reconfiguration);
    }

    /** Takes what happened, and gives what is to be done. */
    public List<ServicesEffect> on(ServicesEvent event, Moment now) {
        board.at(now);
        switch (event) {
            case ServicesEvent.Began(var remembered, var orphans, boolean clean) -> begin(remembered, orphans, clean);
            case ServicesEvent.EpochInstalled(var epoch) -> install(epoch);
            case ServicesEvent.NodeFenced(int node, long through) -> records.fenced(node, through);
            case ServicesEvent.Told(long epoch, int from, var message) -> told(epoch, from, message);
            case ServicesEvent.LockGranted(var service, long number) -> workers.of(service).granted(number);
            case ServicesEvent.LockRefused(var service, long number, var why) ->
                    workers.of(service).refused(number, why);
            case ServicesEvent.AgentEnded(var service, var node, int code) -> agentEnded(service, node, code);
            case ServicesEvent.Asked(long client, var request) -> callers.clientAsks(client, request);
            case ServicesEvent.Configured(var configuration) -> configure(configuration);
            case ServicesEvent.EndAsked() -> endInOrder();
            case ServicesEvent.ClusterLost(var why) -> clusterLost(why);
            case ServicesEvent.CheckDue(var service) -> workers.of(service).checkDue();
            case ServicesEvent.LockLate(var service, long number) -> workers.of(service).lockLate(number);
            case ServicesEvent.PauseOver(var service, long number) -> workers.of(service).pauseOver(number);
            case ServicesEvent.StopLate(long number) -> stopLate(number);
        }
        reconfiguration.look();
        if (phase == Phase.LEAVING && board.agreed() && workers.isIdle()) {
            end("nothing runs here any more");
        }
        return board.takeEffects();
    }

    private void begin(List<Versioned> remembered, List<ServiceName> orphans, boolean clean) {
        begun = true;
        for (var written : remembered) {
            var record = written.record();
            if (orphans.contains(record.name()) && record.is(STARTED) && board.configuration().has(record.name())) {
                adopt(written);
            }
        }
        records.wasRemembered(remembered);
        records.remember();
        toClean.addAll(clean ? board.services() : List.of());
        for (var service : orphans) {
            if (board.configuration().has(service)) {
                workers.of(service).lock().adopt();
                toClean.add(service);
            } else {
                board.say(Weight.HARM, "service " + service + " may still run here, and the configuration does not"
                        + " say how to stop it: its lock stays with this node until it is rebooted");
            }
        }
        toClean.removeAll(adopted);
        if (toClean.isEmpty()) {
            cleaned();
        }
        for (var service : List.copyOf(toClean)) {
            workers.of(service).accept(Job.own(INIT, 0, "nothing is to run that is not looked after"));
        }
    }

    private void adopt(Versioned written) {
        var service = written.record().name();
        board.say(Weight.EVENT, "Service " + service + " still runs here; looking after it again");
        board.picture().merge(written);
        board.configuration().root(service).ifPresent(board.configuration().resources().tree()::adopt);
        adopted.add(service);
    }

    private void jobEnded(ServiceName service, Job job, Answer answer) {
        callers.jobEnded(service, job, answer);
        reconfiguration.ended(service, job, answer.result());
        if (!toClean.remove(service)) {
            return;
        }
        if (answer.result() != ServiceResult.SUCCESS && workers.of(service).lock().isHeld()) {
            board.say(Weight.HARM, "what is left of service " + service + " could not be stopped; it stays here and is"
                    + " looked after like what runs");
            adopted.add(service);
        }
        if (toClean.isEmpty() && phase == Phase.CLEANING) {
            cleaned();
        }
    }

    private void cleaned() {
        phase = Phase.WAITING;
        board.say(Weight.EVENT, "Services Initialized");
        if (workers.holdsAny() && (endWhy.isPresent() || !board.quorate())) {
            emergency(endWhy.orElse("what still ran here is not protected without quorum"));
        } else if (endWhy.isPresent()) {
            end(endWhy.get());
        } else {
            joinIfReady();
        }
    }

    private void joinIfReady() {
        boolean domain = board.members().inFenceDomain();
        boolean safe = domain || !board.configuration().hasFenceDevice(board.self());
        if (phase == Phase.WAITING && board.quorate() && safe) {
            phase = Phase.JOINING;
            board.put(new ServicesEffect.JoinGroup("the cluster is quorate"
                    + (domain ? " and this node is in the fence domain" : "")));
        }
    }

    private void install(Epoch epoch) {
        board.members().install(epoch);
        board.agreed(false);
        exchange = Optional.empty();
        if (!epoch.quorate()) {
            if (begun && phase != Phase.CLEANING && (phase != Phase.WAITING || workers.holdsAny())) {
                emergency("#1: Quorum Dissolved");
            }
            return;
        }
        if (phase == Phase.JOINING && board.members().takesPart()) {
            phase = Phase.MEMBER;
        }
        if (phase == Phase.MEMBER || phase == Phase.LEAVING) {
            exchange = Optional.of(new Exchange(board.members().managers()));
            board.tell(new GroupMessage.Report(fresh, known, board.picture().all(), List.copyOf(adopted),
                    workers.busy(), board.picture().locked(), board.picture().lockings(), board.wallSeconds()));
        }
        joinIfReady();
    }

    private void told(long epoch, int from, GroupMessage message) {
        if (epoch != board.members().epoch() || exchange.isEmpty()) {
            return;
        }
        switch (message) {
            case GroupMessage.Report report -> {
                exchange.get().hear(from, report);
                if (exchange.get().isComplete()) {
                    agree(exchange.get());
                }
            }
            case GroupMessage.Write write -> records.written(from, write);
            case GroupMessage.Ask ask -> callers.peerAsks(from, ask);
            case GroupMessage.Reply reply -> questions.onReply(reply);
            case GroupMessage.LockStarts(boolean locked) -> records.lockStarts(locked);
            case GroupMessage.Exiting() -> {
                board.say(Weight.EVENT, "Member " + from + " shutting down");
                board.members().exits(from);
            }
        }
    }

    private void agree(Exchange complete) {
        var concluded = complete.conclude(board.picture(), board.members()::wasOff);
        concluded.forEach(line -> board.say(Weight.EVENT, line));
        board.agreed(true);
        fresh = false;
        var assignments = new Assignments(board);
        for (var service : assignments.notAutomatic()) {
            board.picture().conclude(service, r -> r.in(DISABLED, complete.wallSeconds()));
        }
        records.remember();
        workers.each(Worker::agreed);
        questions.onAgreed();
        var stillHere = List.copyOf(adopted);
        adopted.clear();
        stillHere.forEach(s -> workers.of(s).accept(Job.own(STATUS, 0, "this manager has just started")));
        // What was found to have ended needs a place as well, though the managers are the same.
        if (complete.isNews() || !concluded.isEmpty()) {
            evaluate(complete, assignments);
        }
        known.clear();
        known.putAll(complete.managers());
        board.members().settled().forEach(records::markDown);
        if (phase == Phase.LEAVING) {
            leave();
        }
    }

    private void evaluate(Exchange complete, Assignments assignments) {
        var newcomers = new ArrayList<>(complete.managers().keySet());
        newcomers.removeIf(m -> complete.managers().get(m).equals(known.get(m)));
        board.say(Weight.DETAIL, "epoch " + board.members().epoch() + ": managers on nodes "
                + complete.managers().keySet() + (newcomers.isEmpty() ? "" : ", new ones " + newcomers));
        if (board.picture().locked()) {
            board.say(Weight.EVENT, "starts are locked: services stay as they are");
            return;
        }
        var busy = complete.busy();
        var atRest = board.services().stream().filter(s -> !busy.contains(s)).toList();
        workers.assign(assignments.starts(atRest, "members changed"));
        workers.assign(assignments.moves(newcomers));
    }

    private void agentEnded(ServiceName service, String node, int exitCode) {
        workers.of(service).agentEnded(node, exitCode);
        // It may have been what another service's walk waits for.
        workers.each(Worker::resume);
    }

    private void remember() {
        records.remember();
    }

    private void configure(ServiceConfiguration next) {
        if (board.ending()) {
            return;
        }
        if (workers.inEmergency() || phase == Phase.CLEANING) {
            // Whatever is being stopped is stopped as it was started.
            board.wake(CONFIGURED_AGAIN, new ServicesEvent.Configured(next));
        } else {
            reconfiguration.begin(next);
        }
    }

    private void endInOrder() {
        board.say(Weight.EVENT, "Shutting down");
        endWhy = Optional.of("Shutdown complete, exiting");
        board.end();
        reconfiguration.giveUp();
        workers.each(Worker::goOn);
        if (!begun) {
            end("nothing was begun");
            return;
        }
        switch (phase) {
            case CLEANING, EMERGENCY, LEAVING, ENDED -> { /* it ends when that is over */ }
            case WAITING, JOINING -> {
                if (workers.holdsAny()) {
                    emergency("this manager ends before it took part");
                } else {
                    end("nothing ran here");
                }
            }
            case MEMBER -> {
                phase = Phase.LEAVING;
                if (board.agreed()) {
                    leave();
                }
            }
        }
    }

    private void leave() {
        board.tell(new GroupMessage.Exiting());
        for (var service : workers.services()) {
            if (board.record(service).owner() == board.self() || workers.of(service).isBusy()) {
                workers.of(service).accept(Job.own(STOP_EXITING, 0, "this manager ends"));
            }
        }
        workers.each(Worker::lookAtLock);
    }

    private void end(String why) {
        if (phase == Phase.LEAVING || phase == Phase.JOINING) {
            board.put(new ServicesEffect.LeaveGroup(why));
        }
        phase = Phase.ENDED;
        board.put(new ServicesEffect.End(!lost, endWhy.orElse(why)));
    }

    private void clusterLost(String why) {
        endWhy = Optional.of(why);
        lost = true;
        board.end();
        board.members().install(Epoch.NONE);
        board.agreed(false);
        exchange = Optional.empty();
        emergency(why);
    }

    private void emergency(String why) {
        if (phase == Phase.CLEANING && !begun && endWhy.isPresent()) {
            end(why);
        }
        if (phase == Phase.ENDED || phase == Phase.CLEANING) {
            return;
        }
        board.say(Weight.HARM, why + ": stopping all services");
        boolean takesPart = phase == Phase.MEMBER || phase == Phase.JOINING || phase == Phase.LEAVING;
        phase = Phase.EMERGENCY;
        fresh = true;
        known.clear();
        adopted.clear();
        questions.forget();
        reconfiguration.giveUp();
        board.picture().forget();
        declaring = true;
        workers.each(w -> w.emergency(why));
        declaring = false;
        if (takesPart && endWhy.isEmpty()) {
            board.put(new ServicesEffect.LeaveGroup(why));
        }
        board.wake(EMERGENCY_LIMIT, new ServicesEvent.StopLate(++emergencies));
        emergencyOver();
    }

    private void stopped(ServiceName service, boolean success) {
        if (!success) {
            board.put(new ServicesEffect.Reboot("service " + service + " could not be stopped without quorum"));
        }
        emergencyOver();
    }

    private void emergencyOver() {
        if (phase != Phase.EMERGENCY || declaring || workers.inEmergency()) {
            return;
        }
        records.remember();
        reconfiguration.afterEmergency();
        records.remember();
        phase = Phase.WAITING;
        if (endWhy.isPresent()) {
            end(endWhy.get());
        } else {
            joinIfReady();
        }
    }

    private void stopLate(long number) {
        if (phase == Phase.EMERGENCY && number == emergencies) {
            board.put(new ServicesEffect.Reboot("services are still not stopped " + EMERGENCY_LIMIT.toSeconds()
                    + " s after the cluster could not act any more"));
        }
    }
}
