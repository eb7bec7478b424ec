package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.STATUS;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Epoch;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.Exchange;
import org.quorate.rgmanager.core.agreement.GroupMessage;

/**
 * How the managers of an epoch come to the same picture: each reports what it knows, and when all reports are there
 * all conclude the same from them. Then each does its share of what has to be done.
 */
final class Agreement {
    private final Board board;
    private final Questions questions;
    private final Workforce workers;
    private final Records records;
    private final Participation part;
    private final SecondLook second;
    private final EventMaster events;
    private final SortedSet<ServiceName> adopted = new TreeSet<>();
    private final SortedMap<Integer, Long> known = new TreeMap<>();
    private Optional<Exchange> exchange = Optional.empty();
    private boolean fresh = true;

    Agreement(Board board, Questions questions, Workforce workers, Records records, Participation part,
            SecondLook second, EventMaster events) {
        this.board = board;
        this.questions = questions;
        this.workers = workers;
        this.records = records;
        this.part = part;
        this.second = second;
        this.events = events;
    }

    /** This still runs here, though this manager has told nobody yet. */
    void stillRuns(ServiceName service) {
        adopted.add(service);
    }

    /** An epoch is in force that may act: what was agreed before is to be agreed on anew. */
    void begin() {
        if (part.is(Phase.JOINING) && board.members().takesPart()) {
            part.enter(Phase.MEMBER);
        }
        if (part.is(Phase.MEMBER) || part.is(Phase.LEAVING)) {
            exchange = Optional.of(new Exchange(board.members().managers()));
            board.tell(new GroupMessage.Report(fresh, known, board.picture().all(), List.copyOf(adopted),
                    workers.busy(), board.picture().locked(), board.picture().lockings(), board.wallSeconds(),
                    events.unhandled(), board.history().numbers()));
        }
    }

    /** Another epoch is in force: nothing that was said before counts. */
    void install(Epoch epoch) {
        board.members().install(epoch);
        board.agreed(false);
        exchange = Optional.empty();
    }

    /** Whether something told in an epoch is to be heard. */
    boolean hears(long epoch) {
        return epoch == board.members().epoch() && exchange.isPresent();
    }

    /** A manager reports. */
    void reported(int from, GroupMessage.Report report) {
        var running = exchange.orElseThrow();
        running.hear(from, report);
        if (running.isComplete()) {
            agree(running);
        }
    }

    private void agree(Exchange complete) {
        var concluded = complete.conclude(board.picture(), board.members()::wasOff, board.central());
        board.agreed(true);
        fresh = false;
        learnHistory(complete);
        concluded.forEach(c -> conclude(complete, c.service(), c.what(), c.why()));
        var assignments = new Assignments(board);
        for (var service : assignments.notAutomatic()) {
            board.picture().conclude(service, r -> r.in(DISABLED, complete.wallSeconds()));
            conclude(complete, service, "disabled", "it was never started, and autostart is off");
        }
        records.remember();
        workers.each(Worker::agreed);
        questions.onAgreed();
        var stillHere = List.copyOf(adopted);
        adopted.clear();
        stillHere.forEach(s -> workers.of(s).accept(Job.own(STATUS, board.self(),
                "this manager has just started")));
        // What was found to have ended needs a place as well, though the managers are the same.
        events.agreed(complete, !concluded.isEmpty());
        if (complete.isNews() || !concluded.isEmpty()) {
            second.holdBack();
            if (!board.central()) {
                evaluate(complete, assignments);
            }
        }
        known.clear();
        known.putAll(complete.managers());
        board.members().settled().forEach(records::markDown);
        if (part.is(Phase.LEAVING)) {
            part.leave();
        }
    }

    /** Who knows most tells those who know less; what is decided meanwhile is numbered behind it. */
    private void learnHistory(Exchange complete) {
        complete.numbers().forEach(board.history()::reached);
        complete.historians().forEach((service, node) -> {
            if (node == board.self()) {
                board.tell(new GroupMessage.Decided(service, board.history().number(service),
                        board.history().of(service)));
            }
        });
    }

    private void conclude(Exchange complete, ServiceName service, String what, String why) {
        board.say(Weight.EVENT, "Service " + service + " is " + what + ": " + why);
        new Decisions(board).conclude(service, what, why, complete.wallSeconds());
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
        second.passOverBusy(newcomers);
        var busy = complete.busy();
        var atRest = board.services().stream().filter(s -> !busy.contains(s)).toList();
        workers.assign(assignments.places(atRest, "members changed", complete.historians()));
        workers.assign(assignments.moves(newcomers));
    }

    /** Nothing that was agreed on counts any more: this manager is like one that has just started. */
    void forget() {
        fresh = true;
        known.clear();
        adopted.clear();
        second.forget();
        events.forget("the cluster may not act");
        board.picture().forget();
    }
}
