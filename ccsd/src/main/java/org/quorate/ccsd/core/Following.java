package org.quorate.ccsd.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.ccsd.core.CcsdEffect.Adopt;
import org.quorate.ccsd.core.CcsdEffect.Conflict;
import org.quorate.ccsd.core.CcsdEffect.FetchFrom;
import org.quorate.ccsd.core.CcsdEffect.Release;
import org.quorate.ccsd.core.CcsdEffect.Trouble;
import org.quorate.ccsd.core.CcsdEffect.WakeAt;
import org.quorate.ccsd.core.CcsdEvent.FetchDue;
import org.quorate.ccsd.core.CcsdEvent.FetchFailed;
import org.quorate.ccsd.core.CcsdEvent.Fetched;
import org.quorate.ccsd.core.CcsdEvent.Offered;
import org.quorate.ccsd.core.GroupMessage.Announce;
import org.quorate.time.Moment;

/**
 * What this node takes over from the other members: in a quorate epoch, once all have said what they have, all have to
 * have the same. What a quorate cluster has agreed on comes before what has only stood in somebody's file; then the
 * higher version; of several configurations of one version the one that most members have, then that of the lowest
 * node id. Without quorum nothing is taken over.
 */
final class Following {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Standpoint here;
    private final SortedMap<NodeId, Announce> announced = new TreeMap<>();
    private boolean fetching;
    private String reported = "";

    /** What all members ought to have. */
    private record Aim(int version, String digest, boolean agreed, NodeId holder) {
        boolean is(Candidate candidate) {
            return version == candidate.version() && digest.equals(candidate.digest());
        }
    }

    Following(Standpoint here) {
        this.here = here;
    }

    SortedMap<NodeId, Announce> announced() {
        return announced;
    }

    void leave() {
        announced.clear();
        fetching = false;
        reported = "";
    }

    List<CcsdEffect> hear(NodeId from, Announce said) {
        var before = announced.put(from, said);
        // Somebody who now has what this node has is no reason to look for something else.
        boolean news = before == null || from.equals(here.self()) || !said.has(here.active()) || !here.isAgreed();
        return news ? follow() : List.of();
    }

    private List<CcsdEffect> follow() {
        var aim = aim();
        if (aim.isEmpty()) {
            return List.of();
        }
        if (announced.values().stream().allMatch(said -> said.has(here.active()))) {
            here.agree();
            return List.of();
        }
        var goal = aim.get();
        var effects = new ArrayList<CcsdEffect>(conflicts(goal));
        if (!goal.is(here.active()) && !fetching) {
            fetching = true;
            effects.add(new FetchFrom(goal.holder(), here.name(goal.holder()), goal.version(), goal.digest(),
                    here.active()));
        }
        return effects;
    }

    private Optional<Aim> aim() {
        if (!here.epoch().quorate() || !announced.keySet().containsAll(here.members())) {
            return Optional.empty();
        }
        return choices().values().stream().max(Comparator.comparing(Choice::agreed)
                        .thenComparingInt(Choice::version)
                        .thenComparingInt(choice -> choice.holders().size())
                        .thenComparing(choice -> choice.holders().getFirst(), Comparator.reverseOrder()))
                .map(best -> new Aim(best.version(), best.digest(), best.agreed(), best.holders().getFirst()));
    }

    /** One configuration that some members have, lowest node id first. */
    private record Choice(int version, String digest, boolean agreed, List<NodeId> holders) {
        Choice with(NodeId holder, Announce said) {
            holders.add(holder);
            return new Choice(version, digest, agreed || said.agreed(), holders);
        }
    }

    /** What the members have; this node's own as it is by now. */
    private SortedMap<String, Choice> choices() {
        var said = new TreeMap<>(announced);
        said.put(here.self(), here.announcement());
        var choices = new TreeMap<String, Choice>();
        said.forEach((node, one) -> {
            var key = one.version() + " " + one.digest();
            var choice = choices.getOrDefault(key, new Choice(one.version(), one.digest(), false, new ArrayList<>()));
            choices.put(key, choice.with(node, one));
        });
        return choices;
    }

    private List<CcsdEffect> conflicts(Aim aim) {
        var holders = new TreeMap<String, List<NodeName>>();
        choices().values().stream().filter(choice -> choice.version() == aim.version()).forEach(choice ->
                holders.put(choice.digest(), choice.holders().stream().map(here::name).toList()));
        var conflict = new Conflict(aim.version(), holders, aim.digest());
        if (holders.size() < 2 || reported.equals(conflict.line())) {
            return List.of();
        }
        reported = conflict.line();
        return List.of(conflict);
    }

    List<CcsdEffect> fetched(Fetched came) {
        fetching = false;
        var wanted = aim().filter(goal -> goal.is(came.candidate()) && !goal.is(here.active())
                && came.candidate().cluster().equals(here.active().cluster()));
        if (wanted.isEmpty()) {
            var effects = new ArrayList<CcsdEffect>(List.of(new Release(came.ticket())));
            effects.addAll(follow());
            return effects;
        }
        return List.of(adopt(came.ticket(), came.candidate(), here.name(came.from()), wanted.get().agreed()));
    }

    private Adopt adopt(long ticket, Candidate candidate, NodeName from, boolean agreed) {
        var before = here.active();
        here.take(candidate, agreed);
        return new Adopt(ticket, candidate, from, before.version(), before.version() >= candidate.version());
    }

    List<CcsdEffect> failed(FetchFailed failed, Moment now) {
        fetching = false;
        return List.of(new Trouble("cannot fetch the configuration of " + here.name(failed.from()) + ": "
                + failed.why()), new WakeAt(now.plus(RETRY), new FetchDue()));
    }

    List<CcsdEffect> due() {
        return follow();
    }

    /** As long as no quorate cluster is there, the highest version that a node comes up with wins, as at start. */
    List<CcsdEffect> offered(Offered offer) {
        boolean welcome = !here.epoch().quorate() && here.agreed().isEmpty()
                && offer.candidate().version() > here.active().version()
                && offer.candidate().cluster().equals(here.active().cluster());
        return List.of(welcome ? adopt(offer.ticket(), offer.candidate(), offer.from(), false)
                : new Release(offer.ticket()));
    }
}
