package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceState.RECOVERABLE;
import static org.quorate.api.rgmanager.ServiceState.RECOVERING;
import static org.quorate.api.rgmanager.ServiceState.STOPPING;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.domain.Score;
import org.quorate.rgmanager.core.request.Step.Answer;

/** The service that a request is about, and what all requests do with its record. */
record Subject(ServiceName name, Surroundings around) {
    ServiceRecord record() {
        return around.record(name);
    }

    ServicePolicy policy() {
        return around.policy(name);
    }

    int self() {
        return around.self();
    }

    Reasons reasons() {
        return new Reasons(name, around);
    }

    MemberChoice choice() {
        return new MemberChoice(around);
    }

    /** The other members whose managers take part. */
    List<Integer> others() {
        return around.online().stream().filter(n -> n != self()).toList();
    }

    static List<Integer> without(List<Integer> nodes, int node) {
        return nodes.stream().filter(n -> n != node).toList();
    }

    /** What was said against members so far, and what one more of them says. */
    List<String> refused(List<String> refusals, int node, Answer answer) {
        var more = new ArrayList<>(refusals);
        more.add(around.nameOf(node) + ": " + (answer.why().isEmpty() ? answer.result().text() : answer.why()));
        return more;
    }

    /** All that is said against members: by themselves, and by the rules against those that were not asked. */
    String refusedBy(List<Integer> notAsked, List<String> refusals) {
        var all = new ArrayList<>(refusals);
        notAsked.forEach(n -> all.add(around.nameOf(n) + ": " + choice().words(name, n, around.online())));
        return reasons().nowhere(all);
    }

    /** Whether its failover domain keeps it away from this member, whoever else is online. */
    boolean isForbiddenHere() {
        return around.score(name, self(), List.of(self())) == Score.ILLEGAL;
    }

    /** The service runs here now. */
    Answer runsHere() {
        return new Answer(ServiceResult.SUCCESS, self(), "");
    }

    /** A record in another state, since now. */
    ServiceRecord in(ServiceRecord record, ServiceState state) {
        return record.in(state, around.wallSeconds());
    }

    /** Whether a stop of it has begun and nobody has written its end. */
    static boolean isBeingStopped(ServiceRecord record) {
        return record.is(STOPPING, RECOVERABLE, RECOVERING);
    }

    /** Writes that a stop has ended so; of the flags only the frozen one outlives it. */
    Step stopEnded(ServiceState state, Supplier<Step> then) {
        return new Step.Write(r -> isBeingStopped(r)
                ? Optional.of(in(r.released(), state).flagged(r.frozen(), false)) : Optional.empty(),
                true, then, then);
    }

    /** Writes that it has failed: nothing but disabling it helps from now on. */
    Step markFailed(Supplier<Step> then) {
        return new Step.Write(r -> mayRunElsewhere(r) ? Optional.empty()
                : Optional.of(in(r.released(), ServiceState.FAILED).restarted(0)), true, then, then);
    }

    /** Also where its manager does not answer, or is not known to be off: whoever comes back there sees to it. */
    private boolean mayRunElsewhere(ServiceRecord record) {
        return record.owner() != 0 && record.owner() != self() && around.presence(record.owner()) != Presence.GONE;
    }

    /** Tells the administrator that only he can help. */
    Step reportFailure(Supplier<Step> then) {
        String last = around.nameOf(record().lastOwner());
        return new Step.Alert("service " + name + " failed to stop cleanly; parts of it may still run on " + last,
                () -> new Step.Alert("disable " + name + " once they are stopped, then enable it", then));
    }
}
