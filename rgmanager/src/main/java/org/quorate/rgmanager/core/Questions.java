package org.quorate.rgmanager.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.request.Reasons;
import org.quorate.rgmanager.core.request.Step.Answer;

/**
 * What managers ask each other. A question outlives epochs: it is asked again in the next one, and whoever has heard it
 * before does not do it again. It ends when the one asked is gone.
 */
final class Questions {
    /** Answers that are kept for those who ask again. */
    private static final int REMEMBERED = 512;

    private final Board board;
    private final SortedMap<Long, Open> open = new TreeMap<>();
    private final Map<Key, GroupMessage.Reply> answered = new LinkedHashMap<>();
    private final List<Key> inHand = new ArrayList<>();
    private long last;

    /** A question as the one asked knows it. */
    record Key(int from, long joining, long id) {}

    private record Open(GroupMessage.Ask ask, Consumer<Answer> then) {}

    Questions(Board board) {
        this.board = board;
    }

    /**
     * Asks.
     *
     * @param why  what for
     * @param then is given the answer, {@link ServiceResult#NO_NODE} if the member goes before it comes
     */
    void ask(int to, ServiceRequest request, ServiceName service, int target, boolean domain, String why,
            Consumer<Answer> then) {
        put(new GroupMessage.Ask(to, board.members().joining(), ++last, request, service, target, domain, false, why),
                then);
    }

    /** Asks the member that decides for all what is to be done, and to have it done. */
    void askMaster(int to, RgRequest.Act act, String why, Consumer<Answer> then) {
        put(new GroupMessage.Ask(to, board.members().joining(), ++last, act.request(), act.service(), act.target(),
                act.domain(), true, why), then);
    }

    private void put(GroupMessage.Ask ask, Consumer<Answer> then) {
        long id = ask.id();
        open.put(id, new Open(ask, then));
        if (board.agreed()) {
            askOrEnd(id);
        }
    }

    private void askOrEnd(long id) {
        var question = open.get(id);
        if (board.members().managers().containsKey(question.ask().to())) {
            board.tell(question.ask());
        } else {
            open.remove(id);
            question.then().accept(new Answer(ServiceResult.NO_NODE, 0,
                    new Reasons(question.ask().service(), board).away(question.ask().to())));
        }
    }

    /** All members have agreed in a new epoch: what was asked in the last one may have been lost. */
    void onAgreed() {
        for (long id : List.copyOf(open.keySet())) {
            if (open.containsKey(id)) {
                askOrEnd(id);
            }
        }
    }

    /** An answer came. */
    void onReply(GroupMessage.Reply reply) {
        if (reply.to() != board.self() || reply.joining() != board.members().joining()) {
            return;
        }
        var question = open.remove(reply.id());
        if (question != null) {
            question.then().accept(new Answer(reply.result(), reply.owner(), reply.why()));
        }
    }

    /** A question came; whether it is to be carried out, since it is new. */
    boolean isNew(Key key) {
        var before = answered.get(key);
        if (before != null) {
            board.tell(before);
            return false;
        }
        if (inHand.contains(key)) {
            return false;
        }
        inHand.add(key);
        return true;
    }

    /** Whether the manager that asked still takes part. */
    boolean isAwaited(Key key) {
        return board.members().managers().getOrDefault(key.from(), 0L) == key.joining();
    }

    /** A question is answered. */
    void answer(Key key, Answer answer) {
        var reply = new GroupMessage.Reply(key.from(), key.joining(), key.id(), answer.result(), answer.owner(),
                answer.why());
        inHand.remove(key);
        answered.put(key, reply);
        if (answered.size() > REMEMBERED) {
            answered.remove(answered.keySet().iterator().next());
        }
        // Not agreed: the one who asked will ask again.
        if (board.agreed()) {
            board.tell(reply);
        }
    }

    /** Nobody awaits anything any more. */
    void forget() {
        open.clear();
        answered.clear();
        inHand.clear();
    }
}
