package org.quorate.rgmanager.core.request;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.WalkResult;

/** What is to be done next for a request. */
public sealed interface Step {
    /**
     * The request is over.
     *
     * @param result what came out
     * @param owner  node id of who runs the service now, 0 for nobody or not known
     * @param why    one line; may be empty
     */
    record Answer(ServiceResult result, int owner, String why) implements Step {
        /** A line longer than this is cut: it goes into messages and logs. */
        private static final int LONGEST = 500;

        public Answer {
            why = why.length() <= LONGEST ? why : why.substring(0, LONGEST) + "...";
        }

        static Answer of(ServiceResult result) {
            return new Answer(result, 0, "");
        }

        static Answer done() {
            return of(ServiceResult.SUCCESS);
        }

        static Answer because(ServiceResult result, String why) {
            return new Answer(result, 0, why);
        }

        boolean isDone() {
            return result == ServiceResult.SUCCESS;
        }
    }

    /**
     * The service's lock is to be held: nobody else runs the service from then on.
     *
     * @param refused   looked at while it is waited for: why it need not be waited for any longer
     * @param then      if it is held already
     * @param waited    once it is held, if that took time
     * @param otherwise if it is not to be had
     */
    record Own(Supplier<Optional<Answer>> refused, Supplier<Step> then, Supplier<Step> waited,
            Function<Answer, Step> otherwise) implements Step {}

    /**
     * The record is to be changed, on all members at once.
     *
     * @param change    what becomes of the record as it is then; empty if it may not be changed any more
     * @param event     whether services that depend on this one are to be looked at
     * @param then      once it is written
     * @param otherwise if it was not changed
     */
    record Write(Function<ServiceRecord, Optional<ServiceRecord>> change, boolean event, Supplier<Step> then,
            Supplier<Step> otherwise) implements Step {}

    /** The service's tree is to be operated on, here. */
    record Operate(Operation operation, Function<Outcome, Step> then) implements Step {}

    /**
     * What came out of an operation.
     *
     * @param result of the walk
     * @param why    which agents failed in it and how; empty if none did
     */
    record Outcome(WalkResult result, String why) {
        /** There was nothing to operate on. */
        public static final Outcome NOTHING = new Outcome(WalkResult.SUCCESS, "");

        /** Whether the operation failed. */
        public boolean failure() {
            return result.failure();
        }
    }

    /** The agent is to move the running service to another member; {@code then} takes its exit code. */
    record Migrate(int target, IntFunction<Step> then) implements Step {}

    /**
     * The guest is started only if it cannot have been sent to another member in a migration whose end nobody knows.
     * Its lock is held.
     *
     * @param then      if it cannot
     * @param otherwise if it may, and is not to be started
     */
    record Alone(Supplier<Step> then, Function<Answer, Step> otherwise) implements Step {}

    /** The guest is not here, and whoever could have sent it does so no more: it is not expected any more. */
    record NotArrived(Supplier<Step> then) implements Step {}

    /**
     * Another member is to be asked. If it is not there any more the answer is {@link ServiceResult#NO_NODE}; to a
     * start {@link ServiceResult#FAILURE}, since others may be asked then.
     */
    record Ask(int target, ServiceRequest request, Function<Answer, Step> then) implements Step {
        /** Whether it is ordered to start the service. */
        public boolean isStart() {
            return request == ServiceRequest.START_REMOTE || request == ServiceRequest.START_RECOVER;
        }
    }

    /** Nothing is to be done for a while. */
    record Pause(Duration length, Supplier<Step> then) implements Step {}

    /** What is written from here on is for this reason, and not any more for that of the request. */
    record Because(String why, Supplier<Step> then) implements Step {}

    /** Something is decided for which nothing is written. */
    record Decide(String what, String why, Supplier<Step> then) implements Step {}

    /** The administrator is to be told. */
    record Alert(String line, Supplier<Step> then) implements Step {}
}
