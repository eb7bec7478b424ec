package org.quorate.rgmanager.core;

import java.time.Duration;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.Versioned;

/** The cluster may not act any more, or is gone: everything that runs here is stopped, in time or by a reboot. */
final class Emergency {
    /** What is not stopped by then is stopped by a reboot. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Board board;
    private final Questions questions;
    private final Workforce workers;
    private final Records records;
    private final Reconfiguration reconfiguration;
    private final Agreement agreement;
    private final Participation part;
    private boolean declaring;
    private long count;

    Emergency(Board board, Questions questions, Workforce workers, Records records, Reconfiguration reconfiguration,
            Agreement agreement, Participation part) {
        this.board = board;
        this.questions = questions;
        this.workers = workers;
        this.records = records;
        this.reconfiguration = reconfiguration;
        this.agreement = agreement;
        this.part = part;
    }

    /** Stops everything. */
    void declare(String why) {
        if (part.is(Phase.ENDED) || part.is(Phase.CLEANING)) {
            return;
        }
        board.say(Weight.HARM, why + ": stopping all services");
        boolean takesPart = part.is(Phase.MEMBER) || part.is(Phase.JOINING) || part.is(Phase.LEAVING);
        part.enter(Phase.EMERGENCY);
        questions.forget();
        reconfiguration.giveUp();
        board.picture().all().stream().map(Versioned::record).filter(r -> r.owner() == board.self()).forEach(r ->
                new Decisions(board).tell(r.name(), "stop on " + board.nameOf(board.self()), why));
        agreement.forget();
        declaring = true;
        workers.each(w -> w.emergency(why));
        declaring = false;
        if (takesPart && part.endWhy().isEmpty()) {
            board.put(new ServicesEffect.LeaveGroup(why));
        }
        board.wake(LIMIT, new ServicesEvent.StopLate(++count));
        overIfStopped();
    }

    /** A service was stopped, or could not be. */
    void stopped(ServiceName service, boolean success) {
        if (!success) {
            board.put(new ServicesEffect.Reboot("service " + service + " could not be stopped without quorum"));
        }
        overIfStopped();
    }

    private void overIfStopped() {
        if (!part.is(Phase.EMERGENCY) || declaring || workers.inEmergency()) {
            return;
        }
        records.remember();
        reconfiguration.afterEmergency();
        records.remember();
        part.waits();
    }

    /** It takes too long. */
    void late(long number) {
        if (part.is(Phase.EMERGENCY) && number == count) {
            board.put(new ServicesEffect.Reboot("services are still not stopped " + LIMIT.toSeconds()
                    + " s after the cluster could not act any more"));
        }
    }
}
