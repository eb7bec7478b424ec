package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.DISABLE;
import static org.quorate.api.rgmanager.ServiceRequest.ENABLE;
import static org.quorate.api.rgmanager.ServiceRequest.RELOCATE;
import static org.quorate.api.rgmanager.ServiceRequest.STATUS;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.change.Foretelling;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.request.Step.Answer;

/** Clients on this node and managers of other members: what they ask for, and their answers. */
final class Callers {
    /** How often a request is sent after a service that moves away before it arrives. */
    private static final int FORWARDS = 3;
    /** So long a client waits for the managers to agree. It takes them milliseconds, unless one of them hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Board board;
    private final Workforce workers;
    private final Questions questions;
    private final EventMaster events;
    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * A client whose request waits for the other managers.
     *
     * @param toldIn number of the epoch in which they were told of it, 0 if they were not
     */
    private record Waiting(long client, RgRequest request, long toldIn) {}

    Callers(Board board, Workforce workers, Questions questions, EventMaster events) {
        this.events = events;
        this.board = board;
        this.workers = workers;
        this.questions = questions;
    }

    /** A client asks. What changes anything waits while the managers are telling each other what runs where. */
    void clientAsks(long client, RgRequest request) {
        boolean ready = board.agreed() && !board.ending();
        switch (request) {
            case RgRequest.Act _, RgRequest.SetLock _ when isSettling() -> await(client, request, 0);
            case RgRequest.ServicesQuery(), RgRequest.Subscribe() ->
                    answer(client, new RgReply.Services(board.agreed(), board.agreed() ? records() : List.of()));
            case RgRequest.ManagersQuery() ->
                    answer(client, new RgReply.Managers(List.copyOf(board.members().managers().keySet()),
                            board.master()));
            case RgRequest.LockQuery() -> answer(client, new RgReply.Locked(board.picture().locked()));
            case RgRequest.ExplainQuery(var service) -> answer(client, board.configuration().has(service)
                    ? new RgReply.Explained(new Explaining(board, service).explanation())
                    : new RgReply.Ended(ServiceResult.NO_SERVICE, 0, unknown(service)));
            case RgRequest.SetLock _ when !ready -> answer(client, notReady());
            case RgRequest.SetLock(boolean locked) -> {
                await(client, request, board.members().epoch());
                board.tell(new GroupMessage.LockStarts(locked));
            }
            case RgRequest.EffectQuery _ -> throw new AssertionError("the door asks with what it has read");
            case RgRequest.Act act when !ready -> answer(client, notReady());
            case RgRequest.Act act when board.central() -> askMaster(client, act, FORWARDS);
            case RgRequest.Act act -> act(client, act);
        }
    }

    private void await(long client, RgRequest request, long toldIn) {
        waiting.add(new Waiting(client, request, toldIn));
        board.wake(PATIENCE, new ServicesEvent.PatienceOver(client));
    }

    /** A client has waited long enough, if it still does. */
    void patienceOver(long client) {
        if (waiting.removeIf(w -> w.client() == client)) {
            answer(client, notReady());
        }
    }

    /** Goes on with the clients that wait, unless it is still for the same. */
    void look() {
        if (waiting.isEmpty() || isSettling()) {
            return;
        }
        var stillWaiting = List.copyOf(waiting);
        waiting.clear();
        for (var one : stillWaiting) {
            if (board.agreed() && one.toldIn() == board.members().epoch()) {
                waiting.add(one);
            } else {
                clientAsks(one.client(), one.request());
            }
        }
    }

    /** All have heard that starts are locked, or are not any more: so has the client that asked for it. */
    void startsLocked(int from, boolean locked) {
        if (from != board.self()) {
            return;
        }
        waiting.stream().filter(w -> w.toldIn() == board.members().epoch()).findFirst().ifPresent(asker -> {
            waiting.remove(asker);
            answer(asker.client(), new RgReply.Locked(locked));
        });
    }

    /** Whether members come or go at this moment, and all will agree again at once. */
    private boolean isSettling() {
        return board.quorate() && board.members().takesPart() && !board.agreed() && !board.ending();
    }

    /** A client asks what another configuration would do. */
    void effectAsked(long client, ServiceConfiguration other) {
        if (!board.agreed()) {
            answer(client, notReady());
            return;
        }
        var remarks = new ArrayList<>(other.problems());
        if (board.holding()) {
            remarks.addFirst("version " + board.configuration().version() + " of the configuration is being replaced"
                    + " right now; this is what the other one would do to that version");
        }
        answer(client, new RgReply.Effect(Foretelling.of(board.configuration(), other, board::record, board.self()),
                remarks));
    }

    private RgReply notReady() {
        return board.ending() ? new RgReply.Ended(ServiceResult.TRY_AGAIN, 0, "the manager on this node is ending")
                : new RgReply.Ended(ServiceResult.NO_QUORUM, 0, notAgreed());
    }

    private String notAgreed() {
        if (!board.quorate()) {
            return "the cluster is not quorate; see cman_tool status for the votes that it lacks";
        }
        if (board.members().takesPart()) {
            return "the managers have not told each other what runs where yet; try again";
        }
        boolean unfenced = board.configuration().hasFenceDevice(board.self()) && !board.members().inFenceDomain();
        return unfenced ? "this node is not in the fence domain; fence_tool join"
                : "the manager on this node does not take part yet; try again";
    }

    private List<ServiceRecord> records() {
        return new TreeSet<>(board.services()).stream().map(board::record).toList();
    }

    /** One decides for all. Another one does when that is gone. */
    private void askMaster(long client, RgRequest.Act act, int timesLeft) {
        int master = board.master();
        if (master == 0) {
            reply(client, act, new Answer(ServiceResult.TRY_AGAIN, 0, "there is no event master at this moment"));
            return;
        }
        questions.askMaster(master, act, asked(act.request()), answer -> {
            if (board.master() != master && timesLeft > 1) {
                askMaster(client, act, timesLeft - 1);
            } else {
                reply(client, act, answer);
            }
        });
    }

    private void act(long client, RgRequest.Act act) {
        if (!board.configuration().has(act.service())) {
            answer(client, new RgReply.Ended(ServiceResult.NO_SERVICE, 0, unknown(act.service())));
        } else if (act.request() == ENABLE && act.target() != 0 && act.target() != board.self()) {
            // Not by our worker: while that waited, the other member could not ask us to start it here after all.
            forward(client, act.target(), act, 1);
        } else if (act.request() == DISABLE && failedElsewhere(act.service())) {
            // RHCS stops it here then. What could not be stopped there is there, and is tried again there.
            forward(client, board.record(act.service()).lastOwner(), act, 1);
        } else {
            workers.of(act.service()).accept(new Job(act.request(), act.target(), act.domain(),
                    new Job.Origin.Client(client), asked(act.request())));
        }
    }

    private String asked(ServiceRequest request) {
        return request.words() + " asked for by clusvcadm on " + board.nameOf(board.self());
    }

    private String unknown(ServiceName service) {
        var known = records().stream().map(r -> r.name().text()).toList();
        return "cluster.conf version " + board.configuration().version() + " has no " + service + ", but "
                + (known.isEmpty() ? "no services at all" : String.join(", ", known));
    }

    private boolean failedElsewhere(ServiceName service) {
        var record = board.record(service);
        return record.is(FAILED) && record.lastOwner() != board.self() && board.isOnline(record.lastOwner());
    }

    private void forward(long client, int member, RgRequest.Act act, int timesLeft) {
        questions.ask(member, act.request(), act.service(), act.target(), act.domain(),
                asked(act.request()), answer -> {
            int owner = board.record(act.service()).owner();
            if (answer.result() == ServiceResult.NOT_HERE && timesLeft > 1 && board.isOnline(owner)) {
                forward(client, owner, act, timesLeft - 1);
            } else {
                reply(client, act, answer);
            }
        });
    }

    /** Another member's manager asks, or this one asks itself. */
    void peerAsks(int from, GroupMessage.Ask ask) {
        var key = new Questions.Key(from, ask.joining(), ask.id());
        if (ask.to() != board.self() || !questions.isNew(key)) {
            return;
        }
        if (ask.decide()) {
            events.asked(key, ask);
            return;
        }
        if (!board.configuration().has(ask.service())) {
            questions.answer(key, new Answer(ServiceResult.NO_SERVICE, 0, unknown(ask.service())));
            return;
        }
        workers.of(ask.service()).accept(new Job(ask.request(), ask.target(), ask.domain(),
                new Job.Origin.Peer(key), ask.why().isEmpty() ? board.nameOf(from) + " asks" : ask.why()));
    }

    /** A job is over: whoever awaits its answer gets it. */
    void jobEnded(ServiceName service, Job job, Answer answer) {
        switch (job.origin()) {
            case Job.Origin.Self(), Job.Origin.Dependency(), Job.Origin.Change() -> sayUnlessWell(service, job, answer);
            case Job.Origin.Client(long client) -> {
                int owner = board.record(service).owner();
                var act = new RgRequest.Act(job.request(), service, job.target(), job.domain());
                if (answer.result() == ServiceResult.NOT_HERE && board.isOnline(owner)) {
                    forward(client, owner, act, FORWARDS);
                } else {
                    reply(client, act, answer);
                }
            }
            case Job.Origin.Peer(var question) -> {
                questions.answer(question, answer);
                seeToWhatIsLeft(service, question);
            }
        }
    }

    /** Who asked for a recovery is gone and will not go on with it elsewhere: then whoever tried it last does. */
    private void seeToWhatIsLeft(ServiceName service, Questions.Key question) {
        boolean recovers = board.agreed() && !board.central() && board.record(service).is(RECOVERING);
        if (recovers && !questions.isAwaited(question)) {
            workers.of(service).accept(Job.own(RELOCATE, 0, board.nameOf(question.from())
                    + ", which saw to its recovery, does not take part any more"));
        }
    }

    private void sayUnlessWell(ServiceName service, Job job, Answer answer) {
        boolean dropped = job.request() == STATUS && answer.result() == ServiceResult.TRY_AGAIN;
        if (answer.result() != ServiceResult.SUCCESS && !dropped) {
            board.say(Weight.DETAIL, job.request().words() + " of " + service + ": " + answer.result().text()
                    + (answer.why().isEmpty() ? "" : ": " + answer.why()));
        }
    }

    private void reply(long client, RgRequest.Act act, Answer answer) {
        if (answer.result().code() < 0 && board.configuration().has(act.service())) {
            new Decisions(board).tellOnce(act.service(), "refused: " + act.request().words(),
                    answer.result().text() + ": " + answer.why());
        }
        answer(client, new RgReply.Ended(answer.result(), answer.owner(), answer.why()));
    }

    private void answer(long client, RgReply reply) {
        board.put(new ServicesEffect.Answer(client, reply));
    }
}
