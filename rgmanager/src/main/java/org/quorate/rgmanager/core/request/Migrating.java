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
        return new Step.Migrate(target, code -> switch (code) {
            case 0 -> new Step.Write(r -> r.owner() == subject.self()
                    ? Optional.of(r.released().ownedBy(target)) : Optional.empty(), false,
                    () -> new Answer(ServiceResult.SUCCESS, target, ""), () -> Answer.of(ServiceResult.FAILURE));
            case NOT_CONFIGURED -> Answer.of(ServiceResult.INVALID);
            case NOT_RUNNING -> Answer.of(ServiceResult.FAILURE);
            case STAYED -> new Answer(ServiceResult.ORIGINAL_OWNER, subject.self(), "");
            default -> subject.markFailed(() -> Answer.of(ServiceResult.FAILURE));
        });
    }

    private Optional<Answer> against(int target, ServiceRecord record) {
        var around = subject.around();
        if (!subject.policy().migratable() || !around.isConfigured(target)) {
            return refuse(ServiceResult.INVALID);
        }
        if (!around.isOnline(target)) {
            return refuse(ServiceResult.NO_NODE);
        }
        if (around.score(subject.name(), target, List.of(target)) == Score.ILLEGAL
                || !subject.choice().mayRunBeside(subject.name(), target)) {
            return refuse(ServiceResult.DEPENDENCY);
        }
        if (record.frozen()) {
            return refuse(ServiceResult.FROZEN);
        }
        if (record.is(STARTING, STOPPING, RECOVERING, RECOVERABLE, MIGRATING)) {
            return refuse(ServiceResult.TRY_AGAIN);
        }
        if (!record.is(STARTED)) {
            return refuse(ServiceResult.FAILURE);
        }
        if (record.owner() == target) {
            return Optional.of(new Answer(ServiceResult.SUCCESS, target, "it runs there already"));
        }
        return record.owner() == around.self() ? Optional.empty() : refuse(ServiceResult.NOT_HERE);
    }

    private static Optional<Answer> refuse(ServiceResult result) {
        return Optional.of(Answer.of(result));
    }
}
