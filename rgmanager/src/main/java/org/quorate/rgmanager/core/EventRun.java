package org.quorate.rgmanager.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.central.BuiltInRules;
import org.quorate.rgmanager.core.central.CentralEvent;
import org.quorate.rgmanager.core.central.Codes;
import org.quorate.rgmanager.core.central.Deed;
import org.quorate.rgmanager.core.central.ScriptCalls;
import org.quorate.rgmanager.core.central.ScriptVariables;
import org.quorate.rgmanager.core.trigger.EventTrigger;
import org.quorate.rgmanager.core.trigger.EventTrigger.Script;

/** One event in hand: its triggers run one after the other, until one says that it is enough. */
final class EventRun {
    /** An answer is one line, and the first reasons are enough to know where to look. */
    private static final int MOST_REFUSALS = 8;

    private final Board board;
    private final Questions questions;
    private final BuiltInRules rules;
    private final CentralEvent event;
    private final Deque<EventTrigger> left;
    private final LongSupplier numbers;
    private Optional<Talk> talk = Optional.empty();
    private Optional<Supplier<Deed>> pause = Optional.empty();
    private Optional<String> held = Optional.empty();
    private OptionalInt ended = OptionalInt.empty();
    private long awaited;
    private long answers;
    private final List<String> refusals = new ArrayList<>();
    private boolean inCall;
    private boolean done;
    private int result;

    /** A script and what it calls. */
    private record Talk(long number, EventTrigger trigger, ScriptCalls calls) {}

    /**
     * Nothing of it is begun yet.
     *
     * @param triggers those of the event, in their order
     * @param numbers  gives a number that was never given before
     */
    EventRun(Board board, Questions questions, BuiltInRules rules, CentralEvent event, List<EventTrigger> triggers,
            LongSupplier numbers) {
        this.board = board;
        this.questions = questions;
        this.rules = rules;
        this.event = event;
        this.numbers = numbers;
        left = new ArrayDeque<>(triggers);
    }

    CentralEvent event() {
        return event;
    }

    /** Whether nothing is left to be done about it. */
    boolean isDone() {
        return done;
    }

    /** What came out: a node id, 0, or a code of clusvcadm(8). */
    int result() {
        return result;
    }

    /** Why members did not do what they were to do, one line. */
    String refusals() {
        return String.join("; ", refusals);
    }

    void begin() {
        board.say(Weight.DETAIL, "event: " + event.line());
        nextTrigger();
    }

    private void nextTrigger() {
        if (left.isEmpty()) {
            done = true;
            return;
        }
        var trigger = left.removeFirst();
        switch (trigger.script()) {
            case Script.BuiltIn() -> go(rules.decide(event));
            case Script.InFile _, Script.Inline _ -> {
                talk = Optional.of(new Talk(numbers.getAsLong(), trigger, new ScriptCalls(board, rules, event)));
                board.say(Weight.EVENT, "event script " + trigger.name() + " is run: " + event.line());
                board.put(new ServicesEffect.RunScript(talk.get().number(), trigger.name(), trigger.script(),
                        ScriptVariables.of(event, board.self())));
                watch(talk.get());
            }
        }
    }

    /** The clock runs only while the script thinks, and not while what it called for is done. */
    private void watch(Talk with) {
        board.wake(with.trigger().limit(), new ServicesEvent.ScriptLate(with.number(), answers));
    }

    private void go(Deed first) {
        Deed deed = first;
        while (true) {
            switch (deed) {
                case Deed.Over(int code) -> {
                    result = code;
                    nextTrigger();
                    return;
                }
                case Deed.Reply(var line) -> {
                    answer(line);
                    return;
                }
                case Deed.Then(var next) -> deed = next.get();
                case Deed.Say(var loudness, var line, var then) -> {
                    board.say(weight(loudness), talk.map(t -> "event script " + t.trigger().name() + ": ").orElse("")
                            + line);
                    deed = then.get();
                }
                case Deed.Order order -> {
                    ask(order);
                    return;
                }
                case Deed.Pause(var length, var then) -> {
                    awaited = numbers.getAsLong();
                    pause = Optional.of(then);
                    board.wake(length, new ServicesEvent.DeedDue(awaited));
                    return;
                }
            }
        }
    }

    private static Weight weight(Deed.Loudness loudness) {
        return switch (loudness) {
            case DEBUG -> Weight.DETAIL;
            case INFO, NOTICE -> Weight.EVENT;
            case WARNING -> Weight.WARNING;
            case ERR, CRIT, ALERT, EMERG -> Weight.HARM;
        };
    }

    private void ask(Deed.Order order) {
        board.say(Weight.DETAIL, board.nameOf(order.member()) + " is to " + order.request().words() + " "
                + order.service() + ": " + event.line());
        long mine = numbers.getAsLong();
        awaited = mine;
        questions.ask(order.member(), order.request(), order.service(), order.target(), false,
                "the event master decides: " + event.line(), answer -> {
            if (awaited == mine) {
                if (!answer.why().isEmpty() && !Codes.isDone(answer.result()) && refusals.size() < MOST_REFUSALS) {
                    refusals.add(board.nameOf(order.member()) + ": " + answer.why());
                }
                go(order.then().apply(answer));
            }
        });
    }

    /** A pause may be over. */
    void due(long number) {
        if (awaited == number && pause.isPresent()) {
            var then = pause.get();
            pause = Optional.empty();
            go(then.get());
        }
    }

    private Optional<Talk> talk(long number) {
        return talk.filter(t -> t.number() == number);
    }

    /** A script calls a function. */
    void said(long number, String line) {
        if (talk(number).isEmpty()) {
            return;
        }
        inCall = true;
        if (board.agreed()) {
            go(talk.orElseThrow().calls().call(line));
        } else {
            held = Optional.of(line);
        }
    }

    /** The members have agreed: a script that was kept waiting for that gets its answer. */
    void agreed() {
        if (held.isPresent() && talk.isPresent()) {
            var line = held.get();
            held = Optional.empty();
            go(talk.get().calls().call(line));
        }
    }

    private void answer(String line) {
        var with = talk.orElseThrow();
        inCall = false;
        answers++;
        board.put(new ServicesEffect.TellScript(with.number(), line));
        if (ended.isPresent()) {
            over(with, ended.getAsInt());
        } else {
            watch(with);
        }
    }

    /** A script ended. What it called for last is done to its end. */
    void ended(long number, int exitCode) {
        if (talk(number).isPresent()) {
            ended = OptionalInt.of(exitCode);
            if (!inCall) {
                over(talk.get(), exitCode);
            }
        }
    }

    /** A script may have been silent for too long. */
    void late(long number, long answeredThen) {
        if (talk(number).isPresent() && !inCall && answers == answeredThen) {
            var with = talk.get();
            board.put(new ServicesEffect.EndScript(number, with.trigger().name(), "it has called nothing for "
                    + with.trigger().limit().toSeconds() + " s; the next trigger goes on"));
            over(with, 0);
        }
    }

    private void over(Talk with, int exitCode) {
        talk = Optional.empty();
        ended = OptionalInt.empty();
        if (exitCode != 0) {
            board.say(Weight.WARNING, "event script " + with.trigger().name() + " ended with status " + exitCode
                    + (with.calls().isEnough() ? "" : "; the next trigger goes on"));
        }
        result = with.calls().userReturn().orElse(result);
        if (with.calls().isEnough()) {
            left.clear();
        }
        nextTrigger();
    }

    /** Somebody else decides from now on. */
    void giveUp(String why) {
        awaited = numbers.getAsLong();
        pause = Optional.empty();
        held = Optional.empty();
        talk.ifPresent(t -> board.put(new ServicesEffect.EndScript(t.number(), t.trigger().name(), why)));
        talk = Optional.empty();
        done = true;
    }
}
