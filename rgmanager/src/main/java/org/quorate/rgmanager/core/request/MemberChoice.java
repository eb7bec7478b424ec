package org.quorate.rgmanager.core.request;

import static org.quorate.api.rgmanager.ServiceState.STARTED;
import static org.quorate.api.rgmanager.ServiceState.STARTING;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.domain.Placement;
import org.quorate.rgmanager.core.domain.Placement.Candidate;
import org.quorate.rgmanager.core.domain.Score;

/** Which members a service may run on, and which of them is the best. */
public final class MemberChoice {
    private final Surroundings around;
    private final Function<ServiceName, ServiceRecord> records;

    /** Chooses by what these surroundings say, and by what this member has asked to be written. */
    public MemberChoice(Surroundings around) {
        this(around, around::expected);
    }

    private MemberChoice(Surroundings around, Function<ServiceName, ServiceRecord> records) {
        this.around = around;
        this.records = records;
    }

    /** Chooses by what is written alone: all members choose the same. */
    public static MemberChoice ofAll(Surroundings around) {
        return new MemberChoice(around, around::record);
    }

    /**
     * The best of some members. Of equally good ones it is the last. An exclusive service that runs is itself in its
     * own way.
     *
     * @param considered node ids; the others count as not online
     * @param excluded   never chosen; also the answer where there is none
     */
    public int best(ServiceName service, List<Integer> considered, int excluded) {
        var candidates = considered.stream().map(node -> new Candidate(node,
                around.score(service, node, considered), load(node) > 0, runsExclusive(node)));
        return Placement.best(candidates.toList(), excluded, around.policy(service).exclusive());
    }

    /** Whether what a member runs leaves room for a service: exclusive ones want to be alone. */
    public boolean mayRunBeside(ServiceName service, int node) {
        return againstRoom(service, node).isEmpty();
    }

    /** What a member runs that leaves no room for a service; empty if there is room. */
    public Optional<String> againstRoom(ServiceName service, int node) {
        var exclusive = runBy(node).filter(s -> !s.equals(service) && around.policy(s).exclusive()).findFirst();
        if (exclusive.isPresent()) {
            return Optional.of(exclusive.get() + ", which is exclusive, runs on " + around.nameOf(node));
        }
        return runBy(node).filter(s -> !s.equals(service) && around.policy(service).exclusive()).findFirst()
                .map(s -> service + " is exclusive, and " + s + " runs on " + around.nameOf(node));
    }

    /** How a member suits a service, were just these members online, and why so; to be read behind its name. */
    public String words(ServiceName service, int node, List<Integer> online) {
        return against(service, node, online).orElseGet(() -> around.scoreWhy(service, node, online));
    }

    private Optional<String> against(ServiceName service, int node, List<Integer> online) {
        boolean legal = around.score(service, node, online) != Score.ILLEGAL;
        return legal ? againstRoom(service, node) : Optional.empty();
    }

    private boolean runsExclusive(int node) {
        return runBy(node).anyMatch(service -> around.policy(service).exclusive());
    }

    private Stream<ServiceName> runBy(int node) {
        return around.services().stream().filter(s -> {
            var record = records.apply(s);
            return record.owner() == node && record.is(STARTED, STARTING);
        });
    }

    /** How many services a member runs. */
    public long load(int node) {
        return runBy(node).count();
    }

    /** Whether what a service depends on runs. */
    public boolean dependencyMet(ServiceName service) {
        return around.policy(service).depend().map(d -> around.record(d).is(STARTED)).orElse(true);
    }
}
