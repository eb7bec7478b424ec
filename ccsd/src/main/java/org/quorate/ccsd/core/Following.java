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
    private record Aim(Announce what, NodeId holder) {}

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
        announced.put(from, said);
        return follow();
    }

    private List<CcsdEffect> follow() {
        var aim = aim();
        if (aim.isEmpty()) {
            return List.of();
        }
        var effects = new ArrayList<CcsdEffect>(conflicts(aim.get()));
        if (aim.get().what().has(here.active())) {
            if (announced.values().stream().allMatch(said -> said.has(here.active()))) {
                here.agree();
            }
        } else if (!fetching) {
            fetching = true;
            effects.add(new FetchFrom(aim.get().holder(), here.name(aim.get().holder()), aim.get().what().version(),
                    aim.get().what().digest(), here.active()));
        }
        return effects;
    }

    private Optional<Aim> aim() {
        if (!here.epoch().quorate() || !announced.keySet().containsAll(here.members())) {
            return Optional.empty();
        }
        var said = said();
        return said.values().stream().max(Comparator.comparing(Announce::agreed)
                        .thenComparingInt(Announce::version)
                        .thenComparingLong(one -> holders(one).size())
                        .thenComparing(one -> holders(one).getFirst(), Comparator.reverseOrder()))
                .map(best -> new Aim(best, holders(best).getFirst()));
    }

    /** What the members have; this node's own as it is by now. */
    private SortedMap<NodeId, Announce> said() {
        var said = new TreeMap<>(announced);
        said.put(here.self(), here.announcement());
        return said;
    }

    private List<NodeId> holders(Announce what) {
        return said().entrySet().stream()
                .filter(one -> one.getValue().version() == what.version()
                        && one.getValue().digest().equals(what.digest()))
                .map(SortedMap.Entry::getKey).toList();
    }

    private List<CcsdEffect> conflicts(Aim aim) {
        var holders = new TreeMap<String, List<NodeName>>();
        said().forEach((node, one) -> {
            if (one.version() == aim.what().version()) {
                holders.computeIfAbsent(one.digest(), _ -> new ArrayList<>()).add(here.name(node));
            }
        });
        var conflict = new Conflict(aim.what().version(), holders, aim.what().digest());
        if (holders.size() < 2 || reported.equals(conflict.line())) {
            return List.of();
        }
        reported = conflict.line();
        return List.of(conflict);
    }

    List<CcsdEffect> fetched(Fetched came) {
        fetching = false;
        var wanted = aim().filter(one -> one.what().has(came.candidate())
                && !one.what().has(here.active()) && came.candidate().cluster().equals(here.active().cluster()));
        if (wanted.isEmpty()) {
            var effects = new ArrayList<CcsdEffect>(List.of(new Release(came.ticket())));
            effects.addAll(follow());
            return effects;
        }
        return List.of(adopt(came.ticket(), came.candidate(), here.name(came.from()), wanted.get().what().agreed()));
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
