package org.quorate.rgmanager.core.request;

import java.util.function.Function;
import org.quorate.rgmanager.core.request.Step.Answer;

/** Steps put one after the other. */
final class Steps {
    private Steps() {}

    /** Steps that do not end with their answer but go on with {@code then}. */
    static Step whenAnswered(Step step, Function<Answer, Step> then) {
        return switch (step) {
            case Answer answer -> then.apply(answer);
            case Step.Own(var refused, var held, var waited, var otherwise) -> new Step.Own(refused,
                    () -> whenAnswered(held.get(), then), () -> whenAnswered(waited.get(), then),
                    r -> whenAnswered(otherwise.apply(r), then));
            case Step.Write(var change, var event, var written, var otherwise) -> new Step.Write(change, event,
                    () -> whenAnswered(written.get(), then), () -> whenAnswered(otherwise.get(), then));
            case Step.Operate(var operation, var next) -> new Step.Operate(operation,
                    r -> whenAnswered(next.apply(r), then));
            case Step.Migrate(var target, var next) -> new Step.Migrate(target,
                    code -> whenAnswered(next.apply(code), then));
            case Step.Ask(var target, var request, var next) -> new Step.Ask(target, request,
                    answer -> whenAnswered(next.apply(answer), then));
            case Step.Alone(var alone, var otherwise) -> new Step.Alone(() -> whenAnswered(alone.get(), then),
                    answer -> whenAnswered(otherwise.apply(answer), then));
            case Step.NotArrived(var next) -> new Step.NotArrived(() -> whenAnswered(next.get(), then));
            case Step.Pause(var length, var next) -> new Step.Pause(length, () -> whenAnswered(next.get(), then));
            case Step.Because(var why, var next) -> new Step.Because(why, () -> whenAnswered(next.get(), then));
            case Step.Decide(var what, var why, var next) -> new Step.Decide(what, why,
                    () -> whenAnswered(next.get(), then));
            case Step.Alert(var line, var next) -> new Step.Alert(line, () -> whenAnswered(next.get(), then));
        };
    }
}
