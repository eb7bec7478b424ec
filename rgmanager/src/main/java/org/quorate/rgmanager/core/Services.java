package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.List;
import org.quorate.api.cman.Epoch;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
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
    /** A configuration that comes at a bad moment is looked at again so much later. */
    private static final Duration CONFIGURED_AGAIN = Duration.ofSeconds(1);

    private final Board board;
    private final Questions questions;
    private final Workforce workers;
    private final EventMaster events;
    private final Callers callers;
    private final Records records;
    private final SecondLook second;
    private final Reconfiguration reconfiguration;
    private final Participation part;
    private final Agreement agreement;
    private final Emergency emergency;
    private final LeftBehind leftBehind;

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
                emergency.stopped(service, success);
            }
        });
        events = new EventMaster(board, questions);
        callers = new Callers(board, workers, questions, events);
        reconfiguration = new Reconfiguration(board, workers, this::remember);
        second = new SecondLook(board, workers, events);
        records = new Records(board, workers, reconfiguration, second, events);
        part = new Participation(board, workers);
        agreement = new Agreement(board, questions, workers, records, part, second, events);
        emergency = new Emergency(board, questions, workers, records, reconfiguration, agreement, part);
        leftBehind = new LeftBehind(board, workers, records, agreement, emergency, part);
    }

    /** Takes what happened, and gives what is to be done. */
    public List<ServicesEffect> on(ServicesEvent event, Moment now) {
        board.at(now);
        switch (event) {
            case ServicesEvent.Began(var remembered, var kept, var orphans, var arrivals, boolean clean) ->
                    leftBehind.begin(remembered, kept, orphans, arrivals, clean);
            case ServicesEvent.EpochInstalled(var epoch) -> install(epoch);
            case ServicesEvent.NodeFenced(int node, long through) -> records.fenced(node, through);
            case ServicesEvent.Told(long epoch, int from, var message) -> told(epoch, from, message);
            case ServicesEvent.LockGranted(var service, long number) -> workers.of(service).granted(number);
            case ServicesEvent.LockRefused(var service, long number, var why) ->
                    workers.of(service).refused(number, why);
            case ServicesEvent.ArrivalAnswered(var service, long number, boolean granted, var why) ->
                    workers.of(service).arrivalAnswered(number, granted, why);
            case ServicesEvent.AgentEnded(var service, var node, int code) -> agentEnded(service, node, code);
            case ServicesEvent.Asked(long client, var request) -> callers.clientAsks(client, request);
            case ServicesEvent.EffectAsked(long client, var other) -> callers.effectAsked(client, other);
            case ServicesEvent.PatienceOver(long client) -> callers.patienceOver(client);
            case ServicesEvent.Configured(var configuration) -> configure(configuration);
            case ServicesEvent.EndAsked() -> endInOrder();
            case ServicesEvent.DumpAsked() ->
                    board.put(new ServicesEffect.WriteDump(new Dump(board, workers).text(part.phase())));
            case ServicesEvent.ClusterLost(var why) -> clusterLost(why);
            case ServicesEvent.CheckDue(var service) -> workers.of(service).checkDue();
            case ServicesEvent.LockLate(var service, long number) -> workers.of(service).lockLate(number);
            case ServicesEvent.StartDue(var service) -> workers.of(service).startDue();
            case ServicesEvent.PauseOver(var service, long number) -> workers.of(service).pauseOver(number);
            case ServicesEvent.ScriptSaid(long number, var line) -> events.scriptSaid(number, line);
            case ServicesEvent.ScriptEnded(long number, int code) -> events.scriptEnded(number, code);
            case ServicesEvent.ScriptLate(long number, long answers) -> events.scriptLate(number, answers);
            case ServicesEvent.DeedDue(long number) -> events.deedDue(number);
            case ServicesEvent.StopLate(long number) -> emergency.late(number);
        }
        callers.look();
        reconfiguration.look();
        second.look();
        events.look();
        part.endIfLeft();
        if (leftBehind.isKnown()) {
            // What was stopped is not to be operated by its old configuration again.
            records.rememberKept();
        }
        return board.takeEffects();
    }

    private void jobEnded(ServiceName service, Job job, Answer answer) {
        callers.jobEnded(service, job, answer);
        reconfiguration.ended(service, job, answer.result());
        leftBehind.ended(service, answer.result());
    }

    private void install(Epoch epoch) {
        agreement.install(epoch);
        if (epoch.quorate()) {
            agreement.begin();
            part.joinIfReady();
        } else if (leftBehind.isKnown() && !part.is(Phase.CLEANING)
                && (!part.is(Phase.WAITING) || workers.holdsAny())) {
            emergency.declare("#1: Quorum Dissolved");
        }
    }

    private void told(long epoch, int from, GroupMessage message) {
        if (!agreement.hears(epoch)) {
            return;
        }
        switch (message) {
            case GroupMessage.Report report -> agreement.reported(from, report);
            case GroupMessage.Write write -> records.written(from, write);
            case GroupMessage.Ask ask -> callers.peerAsks(from, ask);
            case GroupMessage.Reply reply -> questions.onReply(reply);
            case GroupMessage.LockStarts(boolean locked) -> {
                records.lockStarts(locked);
                callers.startsLocked(from, locked);
            }
            case GroupMessage.Handled(var what) -> events.handled(what);
            case GroupMessage.Decided(var service, long number, var last) -> {
                board.history().add(service, last);
                board.history().reached(service, number);
            }
            case GroupMessage.Exiting() -> {
                board.say(Weight.EVENT, "Member " + from + " shutting down");
                board.members().exits(from);
            }
        }
    }

    private void agentEnded(ServiceName service, String node, int exitCode) {
        workers.of(service).agentEnded(node, exitCode);
        // It may have been what another service's walk waits for.
        workers.each(Worker::resume);
    }

    private void remember() {
        board.history().keep(board.services());
        records.remember();
        second.configured();
    }

    private void configure(ServiceConfiguration next) {
        if (board.ending()) {
            return;
        }
        // Before the first epoch nothing can be written of what runs and would have to be stopped.
        boolean tooEarly = workers.holdsAny() && !board.members().isKnown();
        if (workers.inEmergency() || part.is(Phase.CLEANING) || tooEarly) {
            // Whatever is being stopped is stopped as it was started.
            board.wake(CONFIGURED_AGAIN, new ServicesEvent.Configured(next));
        } else {
            reconfiguration.begin(next);
        }
    }

    private void endInOrder() {
        board.say(Weight.EVENT, "Shutting down");
        part.isToEnd("Shutdown complete, exiting");
        reconfiguration.giveUp();
        workers.each(Worker::goOn);
        if (!leftBehind.isKnown()) {
            part.end("nothing was begun");
            return;
        }
        switch (part.phase()) {
            case CLEANING, EMERGENCY, LEAVING, ENDED -> { /* it ends when that is over */ }
            case WAITING, JOINING -> {
                if (workers.holdsAny()) {
                    emergency.declare("this manager ends before it took part");
                } else {
                    part.end("nothing ran here");
                }
            }
            case MEMBER -> {
                part.enter(Phase.LEAVING);
                if (board.agreed()) {
                    part.leave();
                }
            }
        }
    }

    private void clusterLost(String why) {
        part.isLost(why);
        agreement.install(Epoch.NONE);
        if (part.is(Phase.CLEANING) && !leftBehind.isKnown()) {
            part.end(why);
        }
        emergency.declare(why);
    }
}
