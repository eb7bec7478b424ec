package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.ARRIVED;
import static org.quorate.api.rgmanager.ServiceRequest.EXPECT;
import static org.quorate.api.rgmanager.ServiceRequest.INIT;
import static org.quorate.api.rgmanager.ServiceRequest.START;
import static org.quorate.api.rgmanager.ServiceRequest.STATUS;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.request.MemberChoice;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.request.Step.Answer;

/** Carries out the requests for one service on this member, one after the other. */
final class Worker {
    /** A start that was put off is tried again so much later. */
    private static final Duration PUT_OFF = Duration.ofSeconds(3);

    private final ServiceName service;
    private final Board board;
    private final Endings endings;
    private final JobQueue queue = new JobQueue();
    private final Holding holding;
    private final ServiceLock lock;
    private final Course course;
    private final Sending sending;
    private final EmergencyStop emergency;
    private boolean checkSet;
    private boolean swept;
    private Optional<ServiceRecord> putOff = Optional.empty();

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
        this.endings = endings;
        holding = new Holding(service, board);
        sending = new Sending(service, board, questions);
        lock = holding.lock();
        course = new Course(service, board, questions, holding, this::answered);
        emergency = new EmergencyStop(service, board, course, holding,
                success -> endings.stoppedInEmergency(service, success));
    }

    ServiceLock lock() {
        return lock;
    }

    ArrivalLock arrival() {
        return holding.arrival();
    }

    Sending sending() {
        return sending;
    }

    /** Whether anything of it may run here. */
    boolean mayRunHere() {
        return holding.mayRunHere();
    }

    /** What runs of the service is operated as now until it has been stopped, whatever configuration takes effect. */
    void keepConfiguration() {
        course.keepConfiguration();
    }

    /** What runs of the service was started by this configuration, and is operated by it until it has been stopped. */
    void keepConfiguration(ServiceConfiguration by) {
        course.keepConfiguration(by);
    }

    /** The configuration that what runs of the service is operated by, if that is another one than the one in use. */
    Optional<ServiceConfiguration> keptConfiguration() {
        return course.keptConfiguration();
    }

    /** What it does, what waits, and whether the service's lock is held. */
    String description() {
        return service + ": " + queue + (lock.isHeld() ? ", holds the lock" : "")
                + (arrival().isHeld() ? ", may have come here" : "");
    }

    boolean isIdle() {
        boolean free = course.isFree() || course.waiting() instanceof Waiting.Turnover;
        return free && queue.isEmpty();
    }

    /** Whether it does something that may change who runs the service. */
    boolean isBusy() {
        boolean well = record().is(STARTED) && record().owner() == board.self();
        return queue.current().filter(j -> j.request() != STATUS || !well).isPresent();
    }

    /** The record that it has asked to be written, and not heard of yet. */
    Optional<ServiceRecord> proposed() {
        return course.waiting() instanceof Waiting.Written(_, var record, _) ? Optional.of(record) : Optional.empty();
    }

    private ServiceRecord record() {
        return board.record(service);
    }

    /** Whether a new configuration may take effect under it: nothing is being done to what it is made of. */
    boolean isAtRest() {
        return queue.isCurrentNone() && !inEmergency() || course.waiting() instanceof Waiting.Lock;
    }

    /** Jobs may begin again. */
    void goOn() {
        if (course.isFree() && !queue.isEmpty()) {
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
        // It must not wait for us: what we wait for may wait for it. It asks again, as if we did not know the service.
        return switch (job.request()) {
            case START_REMOTE, START_RECOVER -> Optional.of(ServiceResult.NO_SERVICE);
            case STATUS_ELSEWHERE, ARRIVED -> Optional.of(ServiceResult.TRY_AGAIN);
            default -> queue.refusal(job);
        };
    }

    /** Accepts a job, or refuses it at once. */
    void accept(Job job) {
        if (job.request() == EXPECT && job.origin() instanceof Job.Origin.Peer) {
            expect(job);
            return;
        }
        var refused = refusal(job);
        if (refused.isPresent()) {
            endings.ended(service, job, new Answer(refused.get(), 0, inTheWay()));
            return;
        }
        queue.add(job).forEach(j -> endings.ended(service, j, new Answer(ServiceResult.ABORTED, 0,
                job.request().words() + " of " + service + " goes first: " + job.why())));
        if (course.isFree()) {
            next();
        } else if (job.isForChange() && course.waiting() instanceof Waiting.Lock(var own)) {
            // The lock cannot be used before the change is over, and the change would wait for whoever waits for it.
            lock.dropUnlessHeld("the configuration changes first");
            course.go(own.otherwise().apply(new Answer(ServiceResult.TRY_AGAIN, 0, "the configuration is changing")));
        }
    }

    /** Its owner wants to send it here, and waits for the answer with everything else. */
    private void expect(Job job) {
        if (board.ending() || inEmergency()) {
            endings.ended(service, job, new Answer(ServiceResult.TRY_AGAIN, 0, inTheWay()));
        } else {
            arrival().expect(answer -> endings.ended(service, job, answer));
        }
    }

    private String inTheWay() {
        String here = board.nameOf(board.self());
        if (board.holding()) {
            return here + " is taking a new configuration into use; try again when that is over";
        }
        return queue.current().map(j -> j.request().words() + " of " + service + " is being carried out on " + here
                + " (" + j.why() + "); try again when that is over").orElse("the manager on " + here + " is ending");
    }

    private void next() {
        course.waitFor(new Waiting.Nothing());
        var job = queue.next(board.holding());
        if (job.isEmpty()) {
            rest();
            return;
        }
        var begun = job.get();
        if (begun.isForDependency() && new MemberChoice(board).dependencyMet(service)) {
            course.go(new Answer(ServiceResult.ABORTED, 0, "what it depends on runs again"));
            return;
        }
        if (begun.request() != STATUS) {
            board.say(Weight.DETAIL, begun.request().words() + " of " + service + ": " + begun.why());
        }
        course.begin(begun);
    }

    private void answered(Answer answer) {
        var job = queue.finish(answer.result());
        if (course.isPutOff() && answer.result() != ServiceResult.SUCCESS) {
            startLater(record());
        }
        course.expecting().ifPresent(sending::ended);
        endings.ended(service, job, answer);
        // What follows from the end of a job may have begun something else already.
        if (course.waiting() instanceof Waiting.Turnover) {
            next();
        }
    }

    private void rest() {
        if (board.agreed() && lock.isHeld()) {
            sending.noMore();
        }
        holding.settleArrival();
        lock.dropIfNotMine();
        if (board.agreed() && !lock.isHeld() && record().owner() != board.self()) {
            course.stopped();
        }
        boolean mine = board.agreed() && record().owner() == board.self() && record().is(STARTED, MIGRATING);
        if (mine && !lock.isHeld()) {
            // It came here by itself, or was sent: it runs, and its lock has to follow.
            lock.takeUnlessAsked();
            sending.mayHaveBegun();
        }
        if (mine && lock.isHeld() && !checkSet) {
            checkSet = true;
            board.wake(board.configuration().pollInterval(), new ServicesEvent.CheckDue(service));
        }
        sweep();
    }

    /** It may have come here, and was disabled before anybody could look. */
    private void sweep() {
        boolean due = arrival().isHeld() && board.agreed() && record().is(DISABLED) && !board.ending();
        if (due && !swept) {
            swept = true;
            accept(Job.own(INIT, 0, "it is disabled, and may have come here"));
        }
        swept &= due;
    }

    private void startLater(ServiceRecord as) {
        if (putOff.isEmpty()) {
            board.wake(PUT_OFF, new ServicesEvent.StartDue(service));
        }
        putOff = Optional.of(as);
    }

    /** It was put off to start it; when something else became of it meanwhile, that is not wanted any more. */
    void startDue() {
        var as = putOff;
        putOff = Optional.empty();
        if (as.filter(record()::equals).isEmpty() || !board.configuration().has(service)) {
            return;
        }
        if (board.agreed() && isIdle() && board.central()) {
            // Who decides for all hears of it, and may try again.
            board.tell(new GroupMessage.Write(record(), board.picture().version(service) + 1, false, true, List.of()));
        } else if (board.agreed() && isIdle()) {
            accept(Job.own(START, 0, "it was put off"));
        } else {
            startLater(as.get());
        }
    }

    void arrivalAnswered(long number, boolean granted, String why) {
        arrival().answered(number, granted, why);
        course.arrivalAnswered(number, granted);
    }

    /** It is time for a status check; while something else goes on, that will see to it. */
    void checkDue() {
        checkSet = false;
        if (isIdle()) {
            accept(Job.own(STATUS, 0, "it is time"));
        }
    }

    void granted(long asking) {
        if (lock.granted(asking)) {
            if (course.isFree()) {
                board.configuration().root(service).ifPresent(board.configuration().resources().tree()::adopt);
            }
            lookAtLock();
        }
    }

    /** A victim is fenced, or something was written: a lock that is waited for may be usable now, or not needed. */
    void lookAtLock() {
        if (!(course.waiting() instanceof Waiting.Lock(var own))) {
            if (course.isFree()) {
                rest();
            }
            return;
        }
        if (!board.agreed()) {
            // Its owner may have been started anew: that its service ended with it is settled by the agreement only.
            return;
        }
        var refused = board.configuration().has(service) ? own.refused().get()
                : Optional.of(new Answer(ServiceResult.NO_SERVICE, 0, "cluster.conf version "
                        + board.configuration().version() + " does not have " + service + " any more"));
        if (refused.isPresent()) {
            lock.dropIfNotMine();
            lock.dropUnlessHeld("it is not needed any more");
            course.go(own.otherwise().apply(refused.get()));
        } else if (holding.mayOwn()) {
            course.go(own.waited().get());
        }
    }

    void refused(long asking, String why) {
        if (lock.refused(asking) && course.waiting() instanceof Waiting.Lock(var own)) {
            String line = "lock of " + service + " is not to be had: " + why;
            board.say(Weight.WARNING, line);
            course.go(own.otherwise().apply(new Answer(ServiceResult.TRY_AGAIN, 0, line)));
        }
    }

    void lockLate(long asking) {
        if (!(course.waiting() instanceof Waiting.Lock(var own)) || lock.isHeld() || asking != lock.number()) {
            return;
        }
        boolean explained = board.members().anyVictim() || !board.quorate();
        if (explained || queue.current().map(Job::isOwn).orElse(false)) {
            board.say(explained ? Weight.DETAIL : Weight.WARNING, "lock of " + service + " is still waited for"
                    + (explained ? " until the failed node is fenced" : ", somebody holds it"));
            holding.lookLater();
            return;
        }
        lock.drop("somebody holds it for too long");
        course.go(own.otherwise().apply(new Answer(ServiceResult.TRY_AGAIN, 0, "another member holds the lock of "
                + service + " and does something with it; try again when clustat shows that it is over")));
    }

    /** A write of this member was heard by all. */
    void written(GroupMessage.Write write, boolean accepted) {
        course.written(write, accepted);
    }

    /** All members agree in a new epoch. */
    void agreed() {
        switch (course.waiting()) {
            case Waiting.Lock _, Waiting.Nothing _ -> lookAtLock();
            case Waiting.Agreement _, Waiting.Alone _, Waiting.Written _, Waiting.Tree _, Waiting.Agent _,
                    Waiting.Reply _, Waiting.Pause _, Waiting.AgentToDiscard _, Waiting.Emergency _,
                    Waiting.Turnover _ -> course.agreed();
        }
    }

    void agentEnded(String node, int exitCode) {
        switch (course.waiting()) {
            case Waiting.Tree(var run, var then) ->
                    run.agentEnded(node, exitCode).ifPresent(r -> course.go(then.apply(r)));
            case Waiting.Agent(var then) -> course.go(then.apply(exitCode));
            case Waiting.AgentToDiscard(var run) -> emergency.discarded(run, node, exitCode);
            case Waiting.Emergency(var run) -> run.agentEnded(node, exitCode).ifPresent(emergency::over);
            case Waiting.Nothing _, Waiting.Agreement _, Waiting.Lock _, Waiting.Alone _, Waiting.Written _,
                    Waiting.Reply _, Waiting.Pause _, Waiting.Turnover _ ->
                    throw new AssertionError(service + ": an agent ended that was not run");
        }
    }

    /** Another walk has made way. */
    void resume() {
        course.resume();
        emergency.resume();
    }

    void pauseOver(long number) {
        course.pauseOver(number);
    }

    /** Nothing may run here any more: whatever goes on is given up, and what runs is stopped. */
    void emergency(String why) {
        queue.clear().forEach(j -> endings.ended(service, j, new Answer(ServiceResult.NO_QUORUM, 0, why)));
        arrival().refuse(why);
        emergency.begin(why);
    }

    /** Whether {@link #emergency} is not over yet. */
    boolean inEmergency() {
        return emergency.isGoingOn();
    }
}
