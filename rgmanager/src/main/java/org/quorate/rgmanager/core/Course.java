package org.quorate.rgmanager.core;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.request.Presence;
import org.quorate.rgmanager.core.request.Reasons;
import org.quorate.rgmanager.core.request.Requests;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.request.Step;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.request.Step.Outcome;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.rgmanager.core.tree.TreeNode;

/** How far the request in hand for one service has come: which step is being taken, and what that waits for. */
final class Course {
    private final ServiceName service;
    private final Board board;
    private final Questions questions;
    private final Holding holding;
    private final Decisions decisions;
    private final Consumer<Answer> answered;
    private Optional<ServiceConfiguration> lastKnown = Optional.empty();
    private boolean kept;
    private Waiting waiting = new Waiting.Nothing();
    private ServiceRequest request = ServiceRequest.STATUS;
    private String cause = "";
    private boolean forChange;
    private long numbers;
    private long expectations;
    private int asking;
    private boolean putOff;
    private Optional<Integer> expecting = Optional.empty();

    /**
     * Nothing is in hand.
     *
     * @param answered told when a request is over, and may begin the next one at once
     */
    Course(ServiceName service, Board board, Questions questions, Holding holding, Consumer<Answer> answered) {
        this.service = service;
        this.board = board;
        this.questions = questions;
        this.holding = holding;
        this.answered = answered;
        decisions = new Decisions(board);
        configuration();
    }

    /** What has to happen before it goes on. */
    Waiting waiting() {
        return waiting;
    }

    void waitFor(Waiting next) {
        waiting = next;
    }

    boolean isFree() {
        return waiting instanceof Waiting.Nothing;
    }

    private ServiceRecord record() {
        return board.record(service);
    }

    /** What the service is operated by: the last configuration that knew it, since it has to be stopped after all. */
    Optional<ServiceConfiguration> configuration() {
        if (!kept && board.configuration().has(service)) {
            lastKnown = Optional.of(board.configuration());
        }
        return lastKnown;
    }

    /**
     * What runs is not changed by the configuration that takes effect next: it is operated by the present one until it
     * has been stopped.
     */
    void keepConfiguration() {
        configuration().flatMap(c -> c.root(service)).ifPresent(TreeNode::unmark);
        kept = true;
    }

    /** What runs was started by this configuration, before this manager. */
    void keepConfiguration(ServiceConfiguration by) {
        lastKnown = Optional.of(by);
        by.root(service).ifPresent(by.resources().tree()::adopt);
        kept = true;
    }

    /** What it is operated by, if that is another configuration than the one in use. */
    Optional<ServiceConfiguration> keptConfiguration() {
        return kept ? lastKnown : Optional.empty();
    }

    /** Nothing runs: what is started next is started by the configuration in use. */
    void stopped() {
        if (kept) {
            kept = false;
            board.configuration().root(service).ifPresent(board.configuration().resources().tree()::release);
        }
    }

    /** Begins a job. */
    void begin(Job job) {
        request = job.request();
        cause = job.why();
        forChange = job.isForChange() && request == ServiceRequest.DISABLE;
        expectations = holding.arrival().expectations();
        asking = job.origin() instanceof Job.Origin.Peer(var question) ? question.from() : 0;
        putOff = false;
        expecting = Optional.empty();
        go(new Requests(board).begin(request, service, job.target(), job.domain()));
    }

    /** Takes step after step until one has to wait for something. */
    void go(Step first) {
        var next = Optional.of(first);
        while (next.isPresent()) {
            next = take(next.get());
        }
    }

    /** The step after this one; none if it has to be waited for, or if this was the last. */
    private Optional<Step> take(Step step) {
        return switch (step) {
            case Answer answer -> {
                waiting = new Waiting.Turnover();
                answered.accept(answer);
                yield Optional.empty();
            }
            case Step.Because(var why, var then) -> {
                cause = why;
                yield Optional.of(then.get());
            }
            case Step.Decide(var what, var why, var then) -> {
                decisions.tell(service, what, why);
                yield Optional.of(then.get());
            }
            case Step.Alert(var line, var then) -> {
                board.say(Weight.HARM, line);
                yield Optional.of(then.get());
            }
            case Step.Own own -> {
                holding.ask();
                waiting = new Waiting.Lock(own);
                yield holding.mayOwn() ? Optional.of(own.then().get()) : await();
            }
            case Step.Write write -> write(write);
            case Step.Operate(var operation, var then) -> operate(operation, result -> {
                if (operation == Operation.STOP && !result.failure()) {
                    stopped();
                }
                return then.apply(result);
            });
            case Step.Migrate(int target, var then) -> migrate(new Step.Migrate(target, then));
            case Step.Alone alone -> alone(alone);
            case Step.NotArrived(var then) -> {
                // Somebody may have begun to send it while it was looked for.
                if (expectations == holding.arrival().expectations()) {
                    holding.hasNotArrived(asking);
                }
                yield Optional.of(then.get());
            }
            case Step.Ask ask -> {
                ask(ask);
                yield Optional.empty();
            }
            case Step.Pause pause -> {
                waiting = new Waiting.Pause(++numbers, pause);
                board.wake(pause.length(), new ServicesEvent.PauseOver(service, numbers));
                yield Optional.empty();
            }
        };
    }

    private Optional<Step> await() {
        int owner = record().owner();
        if (board.presence(owner) == Presence.VICTIM) {
            decisions.tellOnce(service, "wait with the start on " + board.nameOf(board.self()),
                    new Reasons(service, board).notFenced(owner));
        }
        return Optional.empty();
    }

    private Optional<Step> write(Step.Write write) {
        if (!board.agreed()) {
            waiting = new Waiting.Agreement(write);
            return Optional.empty();
        }
        var changed = write.change().apply(record());
        if (changed.isEmpty()) {
            return Optional.of(write.otherwise().get());
        }
        long version = board.picture().version(service) + 1;
        waiting = new Waiting.Written(write, changed.get(), version);
        board.tell(new GroupMessage.Write(changed.get(), version, write.event(), forChange,
                decisions.of(record(), changed.get(), request, cause)));
        return Optional.empty();
    }

    private Optional<Step> operate(Operation operation, Function<Outcome, Step> then) {
        if (operation == Operation.START) {
            // What could not be stopped was seen to by the administrator.
            stopped();
        }
        var configuration = configuration();
        if (configuration.isEmpty()) {
            return Optional.of(then.apply(Outcome.NOTHING));
        }
        var run = TreeRun.of(service, operation, configuration.get(), board);
        waiting = new Waiting.Tree(run, then);
        return run.goOn().map(then);
    }

    private Optional<Step> migrate(Step.Migrate migration) {
        var agent = board.configuration().root(service)
                .flatMap(r -> RunAgent.of(r, "migrate", 0, board.nameOf(migration.target())));
        waiting = new Waiting.Agent(migration.then());
        if (agent.isEmpty()) {
            return Optional.of(migration.then().apply(1));
        }
        board.put(new ServicesEffect.RunTheAgent(service, agent.get()));
        return Optional.empty();
    }

    /** What runs here already runs nowhere else; what was expected here and is not need not be. */
    private Optional<Step> alone(Step.Alone alone) {
        var arrival = holding.arrival();
        if (arrival.isHeld()) {
            return operate(Operation.INQUIRY, found -> {
                if (!found.failure()) {
                    return alone.then().get();
                }
                arrival.drop("it is not here");
                return alone;
            });
        }
        waiting = new Waiting.Alone(arrival.tryIt(), alone);
        return Optional.empty();
    }

    /** It is known whether another node holds the second lock. */
    void arrivalAnswered(long number, boolean granted) {
        if (!(waiting instanceof Waiting.Alone(long awaited, var alone)) || awaited != number) {
            return;
        }
        if (granted) {
            go(alone.then().get());
            return;
        }
        putOff = true;
        String why = new Reasons(service, board).mayHaveBeenSent();
        decisions.tellOnce(service, "wait with the start on " + board.nameOf(board.self()), why);
        go(alone.otherwise().apply(new Answer(ServiceResult.TRY_AGAIN, 0, why)));
    }

    /** Whether the guest was not started since it may have been sent to a member that cannot be asked. */
    boolean isPutOff() {
        return putOff;
    }

    /** Node id of the member that was asked to expect the guest. */
    Optional<Integer> expecting() {
        return expecting;
    }

    private void ask(Step.Ask ask) {
        var request = ask.request();
        boolean starts = request != ServiceRequest.STATUS_ELSEWHERE && request != ServiceRequest.ARRIVED
                && request != ServiceRequest.EXPECT;
        if (starts) {
            // The other member cannot start it while we hold its lock.
            holding.lock().dropIfNotMine();
        }
        if (request == ServiceRequest.EXPECT) {
            expecting = Optional.of(ask.target());
        }
        long number = ++numbers;
        waiting = new Waiting.Reply(number);
        questions.ask(ask.target(), request, service, 0, false, cause, answer -> {
            if (waiting instanceof Waiting.Reply(long awaited) && awaited == number) {
                go(ask.then().apply(ask.isStart() ? sure(answer) : answer));
            }
        });
    }

    /**
     * A start that a member says it has not begun was refused, and others may be asked; so is one whose member is gone.
     * RHCS takes the first for uncertain, where something else has just begun there or the member is ending, and leaves
     * the service to nobody.
     */
    private static Answer sure(Answer answer) {
        return switch (answer.result()) {
            case NO_NODE, EXCLUSIVE, TRY_AGAIN -> new Answer(ServiceResult.FAILURE, 0,
                    answer.why().isEmpty() ? answer.result().text() : answer.why());
            default -> answer;
        };
    }

    /** A write of this member was heard by all. */
    void written(GroupMessage.Write write, boolean accepted) {
        if (waiting instanceof Waiting.Written(var mine, var record, long version)
                && version == write.version() && record.equals(write.record())) {
            go(accepted ? mine.then().get() : mine);
        }
    }

    /** All members agree in a new epoch: what was under way to them may be lost, or have been heard. */
    void agreed() {
        switch (waiting) {
            case Waiting.Agreement(var step) -> go(step);
            case Waiting.Written(var write, var record, long version) -> {
                boolean heard = board.picture().version(service) == version && record().equals(record);
                go(heard ? write.then().get() : write);
            }
            case Waiting.Lock _, Waiting.Alone _, Waiting.Nothing _, Waiting.Tree _, Waiting.Agent _, Waiting.Reply _,
                    Waiting.Pause _, Waiting.AgentToDiscard _, Waiting.Emergency _, Waiting.Turnover _ -> {
                // These go on as they were.
            }
        }
    }

    /** Another walk has made way. */
    void resume() {
        if (waiting instanceof Waiting.Tree(var run, var then) && run.isHeldUp()) {
            run.goOn().ifPresent(r -> go(then.apply(r)));
        }
    }

    void pauseOver(long number) {
        if (waiting instanceof Waiting.Pause(long awaited, var pause) && awaited == number) {
            go(pause.then().get());
        }
    }
}
