package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.STATUS;
import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.request.Presence;
import org.quorate.rgmanager.core.request.Requests;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.request.Step;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.rgmanager.core.tree.WalkResult;

/** Carries out the requests for one service on this member, one after the other, step by step. */
final class Worker {
    /** A lock that is waited for longer has a holder that ought to be known; 10 s, RHCS's time for an answer. */
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

    private final ServiceName service;
    private final Board board;
    private final Questions questions;
    private final Endings endings;
    private final JobQueue queue;
    private final ServiceLock lock;
    private Optional<ServiceConfiguration> lastKnown = Optional.empty();
    private Waiting waiting = new Waiting.Nothing();
    private long numbers;
    private boolean checkSet;

    /** Who hears of what a worker ends. */
    interface Endings {
        /** A job is over. */
        void ended(ServiceName service, Job job, Answer answer);

        /** Everything of the service was stopped since nothing may run here any more. */
        void stoppedInEmergency(ServiceName service, boolean success);
    }

    Worker(ServiceName service, Board board, Questions questions, Endings endings) {
        this.service = service;
        this.board = board;
        this.questions = questions;
        this.endings = endings;
        queue = new JobQueue();
        lock = new ServiceLock(service, board);
        configuration();
    }

    ServiceLock lock() {
        return lock;
    }

    boolean isIdle() {
        boolean free = waiting instanceof Waiting.Nothing || waiting instanceof Waiting.Turnover;
        return free && queue.isEmpty();
    }

    /** Whether it does something that may change who runs the service. */
    boolean isBusy() {
        boolean well = record().is(STARTED) && record().owner() == board.self();
        return queue.current().filter(j -> j.request() != STATUS || !well).isPresent();
    }

    private ServiceRecord record() {
        return board.record(service);
    }

    /** Whether a new configuration may take effect under it: nothing is being done to what it is made of. */
    boolean isAtRest() {
        return queue.isCurrentNone() && !inEmergency() || waiting instanceof Waiting.Lock;
    }

    /** Jobs may begin again. */
    void goOn() {
        if (waiting instanceof Waiting.Nothing && !queue.isEmpty()) {
            next();
        } else {
            lookAtLock();
        }
    }

    private Optional<ServiceResult> refusal(Job job) {
        boolean fromPeer = job.origin() instanceof Job.Origin.Peer;
        if (!board.holding() || !fromPeer) {
            return queue.refusal(job);
        }
        // It must not wait for us: what we wait for may wait for it.
        return switch (job.request()) {
            case START_REMOTE, START_RECOVER -> Optional.of(ServiceResult.DEADLOCK);
            case STATUS_ELSEWHERE -> Optional.of(ServiceResult.NO);
            default -> queue.refusal(job);
        };
    }

    /** Accepts a job, or refuses it at once. */
    void accept(Job job) {
        var refused = refusal(job);
        if (refused.isPresent()) {
            endings.ended(service, job, new Answer(refused.get(), 0, "another request for it is being carried out"));
            return;
        }
        queue.add(job).forEach(j -> endings.ended(service, j, new Answer(ServiceResult.ABORTED, 0, "")));
        if (waiting instanceof Waiting.Nothing) {
            next();
        }
    }

    private void next() {
        waiting = new Waiting.Nothing();
        var job = queue.next(board.holding());
        if (job.isEmpty()) {
            rest();
            return;
        }
        var begun = job.get();
        if (begun.request() != STATUS) {
            board.say(Weight.DETAIL, begun.request().words() + " of " + service + ": " + begun.why());
        }
        go(new Requests(board).begin(begun.request(), service, begun.target(), begun.domain()));
    }

    private void rest() {
        lock.dropIfNotMine();
        boolean mine = board.agreed() && record().owner() == board.self() && record().is(STARTED, MIGRATING);
        if (mine && !lock.isHeld()) {
            // It came here by itself, or was sent: it runs, and its lock has to follow.
            lock.takeUnlessAsked();
        }
        if (mine && lock.isHeld() && !checkSet) {
            checkSet = true;
            board.wake(board.configuration().pollInterval(), new ServicesEvent.CheckDue(service));
        }
    }

    /** It is time for a status check; while something else goes on, that will see to it. */
    void checkDue() {
        checkSet = false;
        if (isIdle()) {
            accept(Job.own(STATUS, 0, "it is time"));
        }
    }

    private void go(Step first) {
        Step step = first;
        while (true) {
            switch (step) {
                case Answer answer -> {
                    var job = queue.finish(answer.result());
                    waiting = new Waiting.Turnover();
                    endings.ended(service, job, answer);
                    if (waiting instanceof Waiting.Turnover) {
                        next();
                    }
                    return;
                }
                case Step.Alert(var line, var then) -> {
                    board.say(Weight.HARM, line);
                    step = then.get();
                }
                case Step.Own own -> {
                    if (!lock.isHeld()) {
                        lock.takeUnlessAsked();
                        board.wake(LOCK_LIMIT, new ServicesEvent.LockLate(service, lock.number()));
                    }
                    waiting = new Waiting.Lock(own);
                    if (!mayOwn()) {
                        return;
                    }
                    step = own.then().get();
                }
                case Step.Write write -> {
                    if (!board.agreed()) {
                        waiting = new Waiting.Agreement(write);
                        return;
                    }
                    var changed = write.change().apply(record());
                    if (changed.isPresent()) {
                        propose(write, changed.get());
                        return;
                    }
                    step = write.otherwise().get();
                }
                case Step.Operate(var operation, var then) -> {
                    var result = operate(operation, then);
                    if (result.isEmpty()) {
                        return;
                    }
                    step = then.apply(result.get());
                }
                case Step.Migrate(int target, var then) -> {
                    var agent = board.configuration().root(service)
                            .flatMap(r -> RunAgent.of(r, "migrate", 0, board.nameOf(target)));
                    waiting = new Waiting.Agent(then);
                    if (agent.isPresent()) {
                        board.put(new ServicesEffect.RunTheAgent(service, agent.get()));
                        return;
                    }
                    step = then.apply(1);
                }
                case Step.Ask ask -> {
                    ask(ask);
                    return;
                }
                case Step.Pause pause -> {
                    waiting = new Waiting.Pause(++numbers, pause);
                    board.wake(pause.length(), new ServicesEvent.PauseOver(service, numbers));
                    return;
                }
            }
        }
    }

    private void propose(Step.Write write, ServiceRecord record) {
        long version = board.picture().version(service) + 1;
        waiting = new Waiting.Written(write, record, version);
        board.tell(new GroupMessage.Write(record, version, write.event()));
    }

    /** What the service is operated by: the last configuration that knew it, since it has to be stopped after all. */
    private Optional<ServiceConfiguration> configuration() {
        if (board.configuration().has(service)) {
            lastKnown = Optional.of(board.configuration());
        }
        return lastKnown;
    }

    private Optional<WalkResult> operate(Operation operation, Function<WalkResult, Step> then) {
        var configuration = configuration();
        if (configuration.isEmpty()) {
            return Optional.of(WalkResult.SUCCESS);
        }
        var run = TreeRun.of(service, operation, configuration.get(), board);
        waiting = new Waiting.Tree(run, then);
        return run.goOn();
    }

    private void ask(Step.Ask ask) {
        // The other member cannot start it while we hold its lock.
        lock.dropIfNotMine();
        long number = ++numbers;
        waiting = new Waiting.Reply(number);
        questions.ask(ask.target(), ask.request(), service, 0, false, answer -> {
            if (waiting instanceof Waiting.Reply(long awaited) && awaited == number) {
                go(ask.then().apply(answer));
            }
        });
    }

    /** Twice safe: the lock service grants nothing that a victim held, and we take nothing that it owned. */
    private boolean mayOwn() {
        return lock.isHeld() && !board.holding() && board.quorate()
                && board.presence(record().owner()) != Presence.VICTIM;
    }

    void granted(long asking) {
        if (lock.granted(asking)) {
            if (waiting instanceof Waiting.Nothing) {
                board.configuration().root(service).ifPresent(board.configuration().resources().tree()::adopt);
            }
            lookAtLock();
        }
    }

    /** A victim is fenced, or something was written: a lock that is waited for may be usable now, or not needed. */
    void lookAtLock() {
        if (!(waiting instanceof Waiting.Lock(var own))) {
            if (waiting instanceof Waiting.Nothing) {
                rest();
            }
            return;
        }
        if (!board.agreed()) {
            // Its owner may have been started anew: that its service ended with it is settled by the agreement only.
            return;
        }
        var refused = board.configuration().has(service) ? own.refused().get()
                : Optional.of(ServiceResult.NO_SERVICE);
        if (refused.isPresent()) {
            lock.dropIfNotMine();
            lock.dropUnlessHeld("it is not needed any more");
            go(own.otherwise().apply(refused.get()));
        } else if (mayOwn()) {
            go(own.then().get());
        }
    }

    void refused(long asking, String why) {
        if (lock.refused(asking) && waiting instanceof Waiting.Lock(var own)) {
            board.say(Weight.WARNING, "lock of " + service + " is not to be had: " + why);
            go(own.otherwise().apply(ServiceResult.TRY_AGAIN));
        }
    }

    void lockLate(long asking) {
        if (!(waiting instanceof Waiting.Lock(var own)) || lock.isHeld() || asking != lock.number()) {
            return;
        }
        boolean explained = board.members().anyVictim() || !board.quorate();
        if (explained || queue.current().map(Job::isOwn).orElse(false)) {
            board.say(explained ? Weight.DETAIL : Weight.WARNING, "lock of " + service + " is still waited for"
                    + (explained ? " until the failed node is fenced" : ", somebody holds it"));
            board.wake(LOCK_LIMIT, new ServicesEvent.LockLate(service, asking));
            return;
        }
        lock.drop("somebody holds it for too long");
        go(own.otherwise().apply(ServiceResult.TRY_AGAIN));
    }

    /** A write of this member was heard by all. */
    void written(GroupMessage.Write write, boolean accepted) {
        if (waiting instanceof Waiting.Written(var mine, var record, long version)
                && version == write.version() && record.equals(write.record())) {
            go(accepted ? mine.then().get() : mine);
        }
    }

    /** All members agree in a new epoch: what was under way may be lost, or have been heard. */
    void agreed() {
        switch (waiting) {
            case Waiting.Agreement(var step) -> go(step);
            case Waiting.Written(var write, var record, long version) -> {
                boolean heard = board.picture().version(service) == version && record().equals(record);
                go(heard ? write.then().get() : write);
            }
            case Waiting.Lock _, Waiting.Nothing _ -> lookAtLock();
            case Waiting.Tree _, Waiting.Agent _, Waiting.Reply _, Waiting.Pause _, Waiting.AgentToDiscard _,
                    Waiting.Emergency _, Waiting.Turnover _ -> { /* these go on as they were */ }
        }
    }

    void agentEnded(String node, int exitCode) {
        switch (waiting) {
            case Waiting.Tree(var run, var then) -> run.agentEnded(node, exitCode).ifPresent(r -> go(then.apply(r)));
            case Waiting.Agent(var then) -> go(then.apply(exitCode));
            case Waiting.AgentToDiscard(var run) -> {
                run.ifPresent(r -> r.abandon(node, exitCode));
                stopEverything();
            }
            case Waiting.Emergency(var run) -> run.agentEnded(node, exitCode).ifPresent(this::emergencyOver);
            case Waiting.Nothing _, Waiting.Agreement _, Waiting.Lock _, Waiting.Written _, Waiting.Reply _,
                    Waiting.Pause _, Waiting.Turnover _ ->
                    throw new AssertionError(service + ": an agent ended that was not run");
        }
    }

    /** Another walk has made way. */
    void resume() {
        if (waiting instanceof Waiting.Tree(var run, var then) && run.isHeldUp()) {
            run.goOn().ifPresent(r -> go(then.apply(r)));
        } else if (waiting instanceof Waiting.Emergency(var run) && run.isHeldUp()) {
            run.goOn().ifPresent(this::emergencyOver);
        }
    }

    void pauseOver(long number) {
        if (waiting instanceof Waiting.Pause(long awaited, var pause) && awaited == number) {
            go(pause.then().get());
        }
    }

    /** Nothing may run here any more: whatever goes on is given up, and what runs is stopped. */
    void emergency(String why) {
        queue.clear().forEach(j -> endings.ended(service, j, new Answer(ServiceResult.NO_QUORUM, 0, why)));
        switch (waiting) {
            case Waiting.Tree(var run, _) when run.isStop() -> waiting = new Waiting.Emergency(run);
            case Waiting.Tree(var run, _) when !run.isHeldUp() ->
                    waiting = new Waiting.AgentToDiscard(Optional.of(run));
            case Waiting.Agent _ -> waiting = new Waiting.AgentToDiscard(Optional.empty());
            case Waiting.AgentToDiscard _, Waiting.Emergency _ -> { /* it is being stopped already */ }
            case Waiting.Tree _, Waiting.Nothing _, Waiting.Agreement _, Waiting.Lock _, Waiting.Written _,
                    Waiting.Reply _, Waiting.Pause _, Waiting.Turnover _ -> {
                if (lock.isHeld()) {
                    stopEverything();
                } else {
                    lock.drop(why);
                    waiting = new Waiting.Nothing();
                }
            }
        }
    }

    /** Whether {@link #emergency} is not over yet. */
    boolean inEmergency() {
        return waiting instanceof Waiting.AgentToDiscard || waiting instanceof Waiting.Emergency;
    }

    private void stopEverything() {
        var configuration = configuration();
        if (configuration.isEmpty()) {
            emergencyOver(WalkResult.SUCCESS);
            return;
        }
        var run = TreeRun.of(service, Operation.STOP, configuration.get(), board);
        waiting = new Waiting.Emergency(run);
        run.goOn().ifPresent(this::emergencyOver);
    }

    private void emergencyOver(WalkResult result) {
        waiting = new Waiting.Nothing();
        if (!result.failure()) {
            lock.drop("everything is stopped");
        }
        endings.stoppedInEmergency(service, !result.failure());
    }
}
