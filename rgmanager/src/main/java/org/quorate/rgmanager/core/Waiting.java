package org.quorate.rgmanager.core;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.request.Step;

/** What has to happen before the worker goes on. */
sealed interface Waiting {
    /** Nothing: it is free. */
    record Nothing() implements Waiting {}

    /** A job has ended and the next one has not begun; what follows from its end may add to the queue. */
    record Turnover() implements Waiting {}

    /** That all members agree; then the step is taken. */
    record Agreement(Step step) implements Waiting {}

    /** The service's lock. */
    record Lock(Step.Own own) implements Waiting {}

    /** That it is known whether its guest may have been sent elsewhere. */
    record Alone(long number, Step.Alone step) implements Waiting {}

    /** That its write is heard by all. */
    record Written(Step.Write write, ServiceRecord record, long version) implements Waiting {}

    /** The end of a walk. */
    record Tree(TreeRun run, Function<Step.Outcome, Step> then) implements Waiting {}

    /** The end of a single agent. */
    record Agent(IntFunction<Step> then) implements Waiting {}

    /** An answer of another member. */
    record Reply(long number) implements Waiting {}

    /** That time passes. */
    record Pause(long number, Step.Pause pause) implements Waiting {}

    /** The end of an agent; then everything is stopped. */
    record AgentToDiscard(Optional<TreeRun> run) implements Waiting {}

    /** That everything is stopped. */
    record Emergency(TreeRun run) implements Waiting {}
}
