package org.quorate.rgmanager.core;

import java.util.Optional;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.ServicesEffect.Say;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.request.Presence;

/** What the log says when a record is written; with RHCS's words, since there are those who watch for them. */
final class Narration {
    private final Board board;

    Narration(Board board) {
        this.board = board;
    }

    /**
     * The line for a change, if it is worth one; the cause stands behind it.
     *
     * @param own whether this manager decided it
     */
    Optional<Say> of(ServiceRecord before, GroupMessage.Write write, boolean own) {
        var line = of(before, write.record(), write.event());
        if (write.decided().isEmpty()) {
            return line;
        }
        var decision = write.decided().getLast();
        return line.map(l -> new Say(l.weight(), l.line() + ": " + decision.why())).or(() -> Optional.of(
                new Say(own ? Weight.EVENT : Weight.DETAIL, "Service " + write.record().name() + ": "
                        + decision.line())));
    }

    private Optional<Say> of(ServiceRecord before, ServiceRecord after, boolean event) {
        boolean mine = after.owner() == board.self() || after.owner() == 0 && after.lastOwner() == board.self();
        String service = "Service " + after.name();
        return switch (after.state()) {
            case STARTING -> mine ? say(starting(before, after)) : Optional.empty();
            case STARTED -> started(before, after, event, mine);
            case STOPPED -> before.is(ServiceState.STOPPED) ? frozen(before, after) : say(service + " is stopped");
            case DISABLED -> before.is(ServiceState.DISABLED) ? frozen(before, after)
                    : say(service + " is disabled");
            case FAILED -> Optional.of(new Say(Weight.HARM, "#43: " + service + " has failed; can not start."));
            case RECOVERABLE -> mine ? Optional.of(new Say(Weight.WARNING, service + " failed; stopping it"))
                    : Optional.empty();
            case STOPPING -> mine ? say("Stopping service " + after.name()) : Optional.empty();
            case RECOVERING, MIGRATING, CHECKING, UNINITIALIZED -> Optional.empty();
        };
    }

    private static Optional<Say> say(String line) {
        return Optional.of(new Say(Weight.EVENT, line));
    }

    private String starting(ServiceRecord before, ServiceRecord after) {
        return switch (before.state()) {
            case RECOVERING, RECOVERABLE -> "Recovering failed service " + after.name();
            case DISABLED, UNINITIALIZED -> "Starting disabled service " + after.name();
            case STARTING, STARTED, STOPPING, MIGRATING, CHECKING -> board.presence(before.owner()) == Presence.GONE
                    ? "Taking over service " + after.name() + " from down member " + board.nameOf(before.owner())
                    : "Starting service " + after.name();
            case STOPPED, FAILED -> "Starting stopped service " + after.name();
        };
    }

    private Optional<Say> started(ServiceRecord before, ServiceRecord after, boolean event, boolean mine) {
        if (before.owner() != after.owner() || before.is(ServiceState.STARTING)) {
            if (!mine) {
                return say("Service " + after.name() + " is now running on member " + after.owner());
            }
            return event || !before.is(ServiceState.STARTING) ? say("Service " + after.name() + " started")
                    : Optional.of(new Say(Weight.WARNING, "#68: Failed to start " + after.name()));
        }
        if (!before.partial() && after.partial()) {
            return Optional.of(new Say(Weight.WARNING, "Service " + after.name() + " runs without parts of it"));
        }
        return frozen(before, after);
    }

    private static Optional<Say> frozen(ServiceRecord before, ServiceRecord after) {
        if (before.frozen() == after.frozen()) {
            return Optional.empty();
        }
        return say("Service " + after.name() + (after.frozen() ? " is frozen" : " is not frozen any more"));
    }
}
