package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.List;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.domain.Score;
import org.quorate.rgmanager.core.request.Step.Answer;

/** How a service moves while it runs. */
final class Migrating {
    /** The agent says that it is no such thing here. */
    private static final int NOT_CONFIGURED = 6;
    /** The agent says that it did not run. */
    private static final int NOT_RUNNING = 7;
    /** The agent says that it stayed where it was. */
    private static final int STAYED = 150;

    private final Subject subject;

    Migrating(Subject subject) {
        this.subject = subject;
    }

    Step migrate(int target) {
        var refused = against(target, subject.record());
        if (refused.isPresent()) {
            return refused.get();
        }
        return new Step.Ask(target, ServiceRequest.EXPECT, ready -> ready.isDone()
                ? against(target, subject.record()).<Step>map(now -> now).orElseGet(() -> send(target))
                : Answer.because(ServiceResult.TRY_AGAIN, subject.reasons().notReady(target, ready)));
    }

    /** The target's node is known to the locks as one that may have it, until it has or has not. */
    private Step send(int target) {
        String agent = "its agent answered ";
        return new Step.Migrate(target, code -> switch (code) {
            // It may have come here a moment ago only, and gone before its lock followed it.
            case 0 -> new Step.NotArrived(() -> arrived(target));
            case NOT_CONFIGURED -> Answer.because(ServiceResult.INVALID, agent + code + ": not configured for that");
            case NOT_RUNNING -> Answer.because(ServiceResult.FAILURE, agent + code + ": it did not run");
            case STAYED -> new Answer(ServiceResult.ORIGINAL_OWNER, subject.self(), agent + code);
            default -> new Step.Because(agent + code, () -> subject.markFailed(
                    () -> Answer.because(ServiceResult.FAILURE, agent + code)));
        });
    }

    private Step arrived(int target) {
        return new Step.Write(r -> r.owner() == subject.self()
                ? Optional.of(r.released().ownedBy(target)) : Optional.empty(), false,
                () -> new Answer(ServiceResult.SUCCESS, target, ""),
                () -> Answer.because(ServiceResult.FAILURE, subject.reasons().isSo(subject.record())));
    }

    private Optional<Answer> against(int target, ServiceRecord record) {
        var around = subject.around();
        var reasons = subject.reasons();
        if (!subject.policy().migratable()) {
            return refuse(ServiceResult.INVALID, subject.name() + " cannot migrate: only a resource without children"
                    + " whose agent declares it can; relocate it");
        }
        if (!around.isConfigured(target)) {
            return refuse(ServiceResult.INVALID, "cluster.conf has no node " + target);
        }
        if (!around.isOnline(target)) {
            return refuse(ServiceResult.NO_NODE, reasons.away(target));
        }
        var alone = List.of(target);
        if (around.score(subject.name(), target, alone) == Score.ILLEGAL) {
            return refuse(ServiceResult.DEPENDENCY, reasons.mayNotRun(target, alone));
        }
        var taken = subject.choice().againstRoom(subject.name(), target);
        if (taken.isPresent()) {
            return refuse(ServiceResult.DEPENDENCY, taken.get());
        }
        if (record.owner() == target) {
            return Optional.of(new Answer(ServiceResult.SUCCESS, target, "it runs there already"));
        }
        if (record.owner() != around.self()) {
            return refuse(ServiceResult.NOT_HERE, reasons.isSo(record)
                    + (record.owner() == 0 ? ", and only what is started can migrate" : ""));
        }
        if (record.is(STARTING, STOPPING, RECOVERING, RECOVERABLE, MIGRATING)) {
            return refuse(ServiceResult.TRY_AGAIN, reasons.underWay(record));
        }
        if (!record.is(STARTED)) {
            return refuse(ServiceResult.FAILURE, reasons.isSo(record) + ", and only what is started can migrate");
        }
        return record.frozen() ? refuse(ServiceResult.FROZEN, reasons.frozen()) : Optional.empty();
    }

    private static Optional<Answer> refuse(ServiceResult result, String why) {
        return Optional.of(Answer.because(result, why));
    }
}
