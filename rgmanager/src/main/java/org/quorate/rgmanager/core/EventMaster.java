package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceState.RECOVERING;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.Exchange;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Occurrence;
import org.quorate.rgmanager.core.central.BuiltInRules;
import org.quorate.rgmanager.core.central.CentralEvent;
import org.quorate.rgmanager.core.central.Codes;
import org.quorate.rgmanager.core.central.Matching;
import org.quorate.rgmanager.core.request.Step.Answer;

/**
 * Central processing: all members know what happened, and the master decides about it, one thing after the other.
 *
 * <p>The master is the coordinator, the lowest node id of those whose managers take part. What it has not decided about
 * its successor goes on with. Should two take themselves for the master at the same moment, or one do again what
 * another did, that is harmless: a service runs only where its lock is held, and a start of what runs is refused.
 */
final class EventMaster {
    /** What happened and was not decided about; beyond that the oldest is forgotten. */
    private static final int MOST = 1000;

    private final Board board;
    private final Questions questions;
    private final BuiltInRules rules;
    private final Matching matching;
    private final List<Item> queue = new ArrayList<>();
    private Optional<EventRun> inHand = Optional.empty();
    private Optional<Item> item = Optional.empty();
    private boolean master;
    private int version;
    private long numbers;

    /** Something that waits to be decided about. */
    private sealed interface Item {
        /** All members know it. */
        record Occurred(Occurrence what) implements Item {}

        /** Somebody awaits an answer. */
        record Asked(Questions.Key question, CentralEvent.User event) implements Item {}

        /** Only this member knows it. */
        record Own(CentralEvent event) implements Item {}
    }

    EventMaster(Board board, Questions questions) {
        this.board = board;
        this.questions = questions;
        rules = new BuiltInRules(board, this::isToRecover, this::settled);
        matching = new Matching(board);
        version = board.configuration().version();
    }

    private boolean isToRecover(ServiceName service) {
        return unhandled().stream().flatMap(what -> what.written().stream())
                .anyMatch(record -> record.name().equals(service) && record.is(RECOVERING));
    }

    private void own(CentralEvent event) {
        var own = new Item.Own(event);
        if (!queue.contains(own)) {
            queue.add(own);
        }
    }

    private void occurred(Occurrence what) {
        var occurred = new Item.Occurred(what);
        if (queue.contains(occurred)) {
            return;
        }
        queue.add(occurred);
        if (queue.size() > MOST) {
            queue.stream().filter(Item.Occurred.class::isInstance).findFirst().ifPresent(oldest -> {
                board.say(Weight.WARNING, "more than " + MOST + " events wait: the oldest is forgotten");
                queue.remove(oldest);
            });
        }
    }

    /** What happened and is not decided about yet, the oldest first. */
    List<Occurrence> unhandled() {
        return queue.stream().filter(Item.Occurred.class::isInstance).map(i -> ((Item.Occurred) i).what()).toList();
    }

    /** A service's record was written, and others may depend on that. */
    void written(ServiceRecord record, long ofVersion) {
        occurred(Occurrence.ofService(record, ofVersion));
    }

    /** The master has decided. */
    void handled(Occurrence what) {
        queue.remove(new Item.Occurred(what));
    }

    /** Something of a service could not be decided about when it happened, and can be now. */
    void settled(ServiceName service) {
        if (board.master() == board.self()) {
            own(new CentralEvent.Settled(service));
        }
    }

    /** All members agree in a new epoch. */
    void agreed(Exchange complete, boolean concluded) {
        if (!board.central()) {
            queue.clear();
            return;
        }
        complete.unhandled().forEach(this::occurred);
        long epoch = board.members().epoch();
        var before = complete.before();
        var present = complete.managers();
        before.keySet().stream().filter(n -> !before.get(n).equals(present.get(n)))
                .forEach(n -> occurred(Occurrence.ofNode(epoch, n, false)));
        present.keySet().stream().filter(n -> !present.get(n).equals(before.get(n)))
                .forEach(n -> occurred(Occurrence.ofNode(epoch, n, true)));
        // Where a member came or went, everything is looked at anyway.
        if (concluded && before.equals(present)) {
            own(new CentralEvent.Review("services were found to have ended"));
        }
        inHand.ifPresent(EventRun::agreed);
    }

    /** Somebody asks for something that the master is to decide about. */
    void asked(Questions.Key question, GroupMessage.Ask ask) {
        if (board.master() != board.self()) {
            questions.answer(question, new Answer(ServiceResult.NOT_HERE, 0, "this node is not the event master"));
            return;
        }
        queue.add(new Item.Asked(question,
                new CentralEvent.User(ask.request(), ask.service(), ask.target(), ask.domain())));
    }

    void scriptSaid(long number, String line) {
        inHand.ifPresent(run -> run.said(number, line));
    }

    void scriptEnded(long number, int exitCode) {
        inHand.ifPresent(run -> run.ended(number, exitCode));
    }

    void scriptLate(long number, long answers) {
        inHand.ifPresent(run -> run.late(number, answers));
    }

    void deedDue(long number) {
        inHand.ifPresent(run -> run.due(number));
    }

    /** Something happened: perhaps this is the master now, or no more, or the next event can be decided about. */
    void look() {
        if (!board.agreed()) {
            return;
        }
        boolean now = board.master() == board.self();
        if (now != master) {
            master = now;
            if (now) {
                board.say(Weight.EVENT, "this node is the event master");
            } else {
                handOver();
            }
        }
        if (master && !board.holding()) {
            configured();
            goOn();
        }
    }

    private void configured() {
        if (version != board.configuration().version()) {
            version = board.configuration().version();
            own(new CentralEvent.Configuration(version));
        }
    }

    private void goOn() {
        while (inHand.isEmpty() || inHand.get().isDone()) {
            inHand.ifPresent(this::finish);
            var next = queue.stream().filter(this::isReady).findFirst();
            if (next.isEmpty()) {
                return;
            }
            begin(next.get());
        }
    }

    private boolean isReady(Item waiting) {
        if (board.picture().locked() && !(waiting instanceof Item.Asked)) {
            return false;
        }
        return switch (waiting) {
            // What a failed node ran may be started elsewhere once it is fenced.
            case Item.Occurred(var what) -> what.node() == 0 || what.up() || !board.members().isVictim(what.node());
            case Item.Own(CentralEvent.Settled(ServiceName service)) -> !board.isUnderWay(service);
            case Item.Own _, Item.Asked _ -> true;
        };
    }

    private void begin(Item next) {
        item = Optional.of(next);
        // What only this member knows is begun once; what all know stays in the list until it is decided about.
        if (!(next instanceof Item.Occurred)) {
            queue.remove(next);
        }
        CentralEvent event = switch (next) {
            case Item.Occurred(var what) -> eventOf(what);
            case Item.Asked(_, var user) -> user;
            case Item.Own(var own) -> own;
        };
        var run = new EventRun(board, questions, rules, event,
                matching.of(board.configuration().triggers().all(), event), () -> ++numbers);
        inHand = Optional.of(run);
        run.begin();
    }

    private CentralEvent eventOf(Occurrence what) {
        return what.written().stream().findFirst()
                .<CentralEvent>map(r -> new CentralEvent.Service(r, r.is(RECOVERING) && isExceeded(r)))
                .orElseGet(() -> new CentralEvent.Node(what.node(), board.nameOf(what.node()), what.up()));
    }

    /** Counts a restart, if that is what is to be done. */
    private boolean isExceeded(ServiceRecord record) {
        var restarts = board.restarts(record.name());
        String policy = board.policy(record.name()).recovery().toLowerCase(Locale.ROOT);
        boolean exceeded = policy.equals("relocate") || restarts.filter(r -> r.exhausted(board.now())).isPresent();
        restarts.ifPresent(r -> {
            if (exceeded) {
                r.clear();
            } else {
                r.add(board.now());
            }
        });
        return exceeded;
    }

    private void finish(EventRun run) {
        inHand = Optional.empty();
        switch (item.orElseThrow()) {
            case Item.Occurred(var what) -> {
                handled(what);
                board.tell(new GroupMessage.Handled(what));
            }
            case Item.Asked(var question, var user) -> questions.answer(question, answer(user, run));
            case Item.Own _ -> { /* nobody waits for it */ }
        }
        item = Optional.empty();
    }

    private Answer answer(CentralEvent.User user, EventRun run) {
        var result = Codes.result(run.result());
        int owner = run.result() > 0 ? run.result() : board.record(user.service()).owner();
        return new Answer(result, owner, Codes.isDone(result) ? "" : why(user, result, run.refusals()));
    }

    private String why(CentralEvent.User user, ServiceResult result, String refusals) {
        var record = board.record(user.service());
        String known = switch (result) {
            case NO_SERVICE -> "cluster.conf has no service " + user.service();
            case DOMAIN -> "no member that its failover domain allows can take it now";
            case DEPENDENCY -> "what it depends on does not run";
            case EXCLUSIVE -> "it would have to run alone, or something that runs alone is there";
            case FENCING -> board.nameOf(record.owner()) + " that ran it is not known to be off";
            case FROZEN -> "it is frozen; unfreeze it with clusvcadm -U";
            case RUNNING -> "it runs on " + board.nameOf(record.owner()) + " already";
            case INVALID -> "it is " + record.state().text();
            default -> record.is(ServiceState.FAILED) ? "it has failed; disable it first" : "";
        };
        return refusals.isEmpty() ? known : refusals;
    }

    /** Another member decides from now on. Whoever awaits an answer asks that. */
    private void handOver() {
        String why = "this node is not the event master any more";
        board.say(Weight.EVENT, why);
        inHand.ifPresent(run -> run.giveUp(why));
        inHand = Optional.empty();
        item.filter(Item.Asked.class::isInstance).ifPresent(queue::addFirst);
        item = Optional.empty();
        queue.stream().filter(Item.Asked.class::isInstance).map(Item.Asked.class::cast).toList().forEach(asked ->
                questions.answer(asked.question(), new Answer(ServiceResult.NOT_HERE, 0, why)));
        queue.removeIf(i -> !(i instanceof Item.Occurred));
    }

    /** Nothing may be decided any more. */
    void forget(String why) {
        inHand.ifPresent(run -> run.giveUp(why));
        inHand = Optional.empty();
        item = Optional.empty();
        queue.clear();
        master = false;
    }
}
