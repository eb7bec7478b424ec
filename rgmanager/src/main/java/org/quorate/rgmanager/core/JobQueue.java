package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.ARRIVED;
import static org.quorate.api.rgmanager.ServiceRequest.INIT;
import static org.quorate.api.rgmanager.ServiceRequest.RELOCATE;
import static org.quorate.api.rgmanager.ServiceRequest.START;
import static org.quorate.api.rgmanager.ServiceRequest.START_RECOVER;
import static org.quorate.api.rgmanager.ServiceRequest.START_REMOTE;
import static org.quorate.api.rgmanager.ServiceRequest.STATUS;
import static org.quorate.api.rgmanager.ServiceRequest.STATUS_ELSEWHERE;
import static org.quorate.api.rgmanager.ServiceRequest.STOP_EXITING;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;

/** The jobs of one service in the order they came, and what may not wait behind what. */
final class JobQueue {
    private final Deque<Job> waiting = new ArrayDeque<>();
    private Optional<Job> current = Optional.empty();
    private boolean closed;

    /** The job that is being carried out. */
    Optional<Job> current() {
        return current;
    }

    boolean isEmpty() {
        return current.isEmpty() && waiting.isEmpty();
    }

    /** Why a job is not taken; empty if it is. */
    Optional<ServiceResult> refusal(Job job) {
        if (closed) {
            return Optional.of(ServiceResult.TRY_AGAIN);
        }
        if (job.request() == STATUS && (isCurrent(STATUS) || waiting.stream().anyMatch(j -> j.request() == STATUS))) {
            return Optional.of(ServiceResult.TRY_AGAIN);
        }
        // It must not wait: whoever asks may be doing what this member waits for. It may ask again.
        if ((job.request() == STATUS_ELSEWHERE || job.request() == ARRIVED) && !isEmpty()) {
            return Optional.of(ServiceResult.TRY_AGAIN);
        }
        if (isCurrent(RELOCATE)) {
            return switch (job.request()) {
                case RELOCATE, START, START_REMOTE, START_RECOVER, ENABLE -> Optional.of(ServiceResult.DEADLOCK);
                case INIT, STOP_EXITING -> Optional.empty();
                // What this manager wants itself waits: it has nobody to answer to.
                default -> job.isOwn() ? Optional.empty() : Optional.of(ServiceResult.TRY_AGAIN);
            };
        }
        boolean remoteStart = job.request() == START_REMOTE || job.request() == START_RECOVER;
        return remoteStart && isCurrent(START) ? Optional.of(ServiceResult.DEADLOCK) : Optional.empty();
    }

    private boolean isCurrent(ServiceRequest request) {
        return current.filter(j -> j.request() == request).isPresent();
    }

    /** Takes a job; gives those that need not be carried out any more. */
    List<Job> add(Job job) {
        List<Job> obsolete = job.request() == INIT || job.request() == STOP_EXITING ? drain() : List.of();
        waiting.add(job);
        closed |= job.request() == STOP_EXITING;
        return obsolete;
    }

    /**
     * The next job, which is the current one then.
     *
     * @param onlyForChange whether only a job for a new configuration may begin
     */
    Optional<Job> next(boolean onlyForChange) {
        current = waiting.stream().filter(j -> !onlyForChange || j.isForChange()).findFirst();
        current.ifPresent(waiting::remove);
        return current;
    }

    boolean isCurrentNone() {
        return current.isEmpty();
    }

    /** The current job is over. */
    Job finish(ServiceResult result) {
        var job = current.orElseThrow();
        current = Optional.empty();
        if (result == ServiceResult.SUCCESS) {
            switch (job.request()) {
                case STOP, STOP_USER, DISABLE, MIGRATE, CONVALESCE -> waiting.removeIf(j -> j.request() == STATUS);
                default -> { /* a check is of use still */ }
            }
        }
        return job;
    }

    private List<Job> drain() {
        var all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    /** Gives everything up, also the job in hand, and is open again. */
    List<Job> clear() {
        var all = new ArrayList<Job>();
        current.ifPresent(all::add);
        all.addAll(drain());
        current = Optional.empty();
        closed = false;
        return all;
    }

    /** What is being done, then what waits. */
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        current.ifPresent(job -> words.add(job.request().words() + " under way"));
        waiting.forEach(job -> words.add(job.request().words()));
        return words.isEmpty() ? "idle" : String.join(", ", words);
    }
}
