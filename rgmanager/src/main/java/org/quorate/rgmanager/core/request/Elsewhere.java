package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.request.Step.Answer;

/** Whether a service that can move by itself, such as a virtual machine, runs on another member. */
final class Elsewhere {
    /** Who is busy with it now knows better in a moment. */
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(1);
    /**
     * So often a member is asked that does not know. Two that are busy and ask each other must not wait for ever; and
     * what nobody says the locks tell before a guest is started.
     */
    private static final int TIMES = 3;

    private final Subject subject;
    private final ServiceRequest question;

    private Elsewhere(Subject subject, ServiceRequest question) {
        this.subject = subject;
        this.question = question;
    }

    /** Before its lock is held. */
    static Elsewhere of(Subject subject) {
        return new Elsewhere(subject, ServiceRequest.STATUS_ELSEWHERE);
    }

    /** Under its lock: who expects it and does not have it need not expect it any more. */
    static Elsewhere underItsLock(Subject subject) {
        return new Elsewhere(subject, ServiceRequest.ARRIVED);
    }

    /**
     * Asks the other members one after the other; the first that has it becomes its owner.
     *
     * @param found    goes on with SUCCESS and the owner
     * @param notFound goes on if nobody is known to have it
     */
    Step look(Function<Answer, Step> found, Supplier<Step> notFound) {
        return ask(subject.others(), TIMES, found, notFound);
    }

    private Step ask(List<Integer> others, int times, Function<Answer, Step> found, Supplier<Step> notFound) {
        if (others.isEmpty()) {
            return notFound.get();
        }
        int node = others.getFirst();
        return new Step.Ask(node, question, answer -> switch (answer.result()) {
            case SUCCESS, YES -> new Step.Write(
                    r -> Optional.of(subject.in(r.released().ownedBy(node), STARTED)), false,
                    () -> found.apply(new Answer(ServiceResult.SUCCESS, node, "it runs there already")),
                    notFound);
            case TRY_AGAIN -> times > 1 ? new Step.Pause(BEFORE_ASKING_AGAIN,
                    () -> ask(others, times - 1, found, notFound)) : askRest(others, found, notFound);
            // Who went meanwhile may have it, too; so the others are asked all the same.
            default -> askRest(others, found, notFound);
        });
    }

    private Step askRest(List<Integer> others, Function<Answer, Step> found, Supplier<Step> notFound) {
        return ask(others.subList(1, others.size()), TIMES, found, notFound);
    }
}
