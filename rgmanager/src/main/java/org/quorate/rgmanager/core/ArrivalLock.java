package org.quorate.rgmanager.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;

/**
 * The second lock of a guest, shared by all members that it may have been sent to. It stays with such a member's node
 * when its manager dies, and so tells whoever is about to start the guest what no manager may know any more.
 */
final class ArrivalLock {
    private final ServiceName service;
    private final Board board;
    private final List<Consumer<Answer>> asking = new ArrayList<>();
    private boolean asked;
    private boolean held;
    private long askedBy;
    private long number;
    private long expectations;

    ArrivalLock(ServiceName service, Board board) {
        this.service = service;
        this.board = board;
    }

    /** Whether the guest may have come here. */
    boolean isHeld() {
        return held;
    }

    /** How often it was said that the guest may come. */
    long expectations() {
        return expectations;
    }

    /** Holds it since before this manager was started. */
    void adopt() {
        held = true;
    }

    /** The guest may be sent here as soon as this is answered with success. */
    void expect(Consumer<Answer> answered) {
        expectations++;
        if (held) {
            answered.accept(new Answer(ServiceResult.SUCCESS, 0, ""));
            return;
        }
        asking.add(answered);
        if (!asked) {
            asked = true;
            askedBy = ++number;
            board.put(new ServicesEffect.TakeArrival(service, askedBy));
        }
    }

    /** Has it looked whether any node holds it, this one included; gives the number that the answer will have. */
    long tryIt() {
        board.put(new ServicesEffect.TryArrival(service, ++number));
        return number;
    }

    /** It is this node's now, or not to be had. */
    void answered(long which, boolean granted, String why) {
        if (!asked || which != askedBy) {
            return;
        }
        asked = false;
        held = granted;
        if (!granted) {
            board.put(new ServicesEffect.DropArrival(service, "it cannot come"));
        }
        answerAll(granted ? new Answer(ServiceResult.SUCCESS, 0, "")
                : new Answer(ServiceResult.TRY_AGAIN, 0, board.nameOf(board.self()) + " cannot make ready for "
                        + service + ": " + why));
    }

    private void answerAll(Answer answer) {
        var all = List.copyOf(asking);
        asking.clear();
        all.forEach(one -> one.accept(answer));
    }

    /** The guest is not here and does not come, or its own lock has come with it. */
    void drop(String why) {
        if (asked || held) {
            asked = false;
            held = false;
            board.put(new ServicesEffect.DropArrival(service, why));
        }
    }

    /** Nothing is to come here any more; what may have come stays protected. */
    void refuse(String why) {
        if (!held) {
            drop(why);
        }
        answerAll(new Answer(ServiceResult.NO_QUORUM, 0, why));
    }
}
