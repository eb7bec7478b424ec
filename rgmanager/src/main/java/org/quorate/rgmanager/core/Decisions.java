package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.MIGRATING;
import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;
import static org.quorate.api.rgmanager.ServiceState.STOPPED;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.api.rgmanager.Decision;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.request.Suitability;

/** What is decided about services, for those who ask afterwards. Nothing is decided by it. */
final class Decisions {
    private final Board board;

    Decisions(Board board) {
        this.board = board;
    }

    /** The same as {@link #tell}, unless it is what was decided last. */
    void tellOnce(ServiceName service, String what, String why) {
        if (!board.history().isLast(service, what, why)) {
            tell(service, what, why);
        }
    }

    /** Something was decided for which nothing is written: all managers are told. */
    void tell(ServiceName service, String what, String why) {
        board.say(Weight.EVENT, "Service " + service + ": " + what + ": " + why);
        var decision = decision(service, board.self(), what, why, board.wallSeconds());
        board.history().add(service, List.of(decision));
        if (board.agreed()) {
            board.tell(new GroupMessage.Decided(service, decision.number(), List.of(decision)));
        }
    }

    /** All managers have concluded something alike, so that nobody need be told. */
    void conclude(ServiceName service, String what, String why, long wallSeconds) {
        board.history().add(service, List.of(decision(service, 0, what, why, wallSeconds)));
    }

    /** What goes with a change of a record that this manager proposes. */
    List<Decision> of(ServiceRecord before, ServiceRecord after, ServiceRequest asked, String why) {
        return what(before, after, asked).map(what -> {
            String because = after.is(STARTING) ? why + "; " + scores(after.name()) : why;
            return decision(after.name(), board.self(), what, because, board.wallSeconds());
        }).map(List::of).orElse(List.of());
    }

    private Decision decision(ServiceName service, int node, String what, String why, long wallSeconds) {
        int restarts = board.restarts(service).map(r -> r.count(board.now())).orElse(0);
        return new Decision(board.history().number(service) + 1, wallSeconds, node, what, why,
                node == 0 ? 0 : restarts);
    }

    private Optional<String> what(ServiceRecord before, ServiceRecord after, ServiceRequest asked) {
        String here = " on " + board.nameOf(board.self());
        if (before.frozen() != after.frozen() && before.state() == after.state()) {
            return Optional.of(after.frozen() ? "freeze" : "unfreeze");
        }
        return switch (after.state()) {
            case STARTING -> Optional.of("start" + here);
            case STARTED -> runs(before, after, asked);
            // What is to be disabled is said once it is.
            case STOPPING -> before.is(STARTED, STARTING, MIGRATING) && asked != ServiceRequest.DISABLE
                    ? Optional.of("stop" + here) : Optional.empty();
            case RECOVERABLE -> Optional.of("stop" + here + " to recover");
            case STOPPED -> before.is(STOPPING, STOPPED) ? Optional.empty() : Optional.of("stopped");
            case DISABLED -> before.is(DISABLED) ? Optional.empty() : Optional.of("disable");
            case FAILED -> before.is(FAILED) ? Optional.empty() : Optional.of("failed");
            case RECOVERING, MIGRATING, CHECKING, UNINITIALIZED -> Optional.empty();
        };
    }

    private Optional<String> runs(ServiceRecord before, ServiceRecord after, ServiceRequest asked) {
        if (before.owner() != after.owner()) {
            return Optional.of((asked == ServiceRequest.MIGRATE ? "migrate to " : "found on ")
                    + board.nameOf(after.owner()));
        }
        return !before.partial() && after.partial() ? Optional.of("go on without a part") : Optional.empty();
    }

    /** Why a service is nowhere: what is in the way on each node. */
    String scores(ServiceName service) {
        return Suitability.ofAll(service, List.copyOf(board.configuration().nodes().keySet()), board).stream()
                .map(Suitability::words).collect(Collectors.joining(", "));
    }
}
