package org.quorate.ccsd.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.ccsd.core.CcsdEffect.AnswerTrial;
import org.quorate.ccsd.core.CcsdEffect.AnswerUpdate;
import org.quorate.ccsd.core.CcsdEffect.Broadcast;
import org.quorate.ccsd.core.CcsdEffect.RefuseUpdate;
import org.quorate.ccsd.core.CcsdEffect.StageAt;
import org.quorate.ccsd.core.CcsdEvent.PeerStaged;
import org.quorate.ccsd.core.GroupMessage.Announce;
import org.quorate.ccsd.core.GroupMessage.Begin;
import org.quorate.ccsd.core.GroupMessage.Commit;
import org.quorate.ccsd.core.GroupMessage.Drop;
import org.quorate.ccsd.core.Preparation.Claim;
import org.quorate.ccsd.core.Update.Stage;
import org.quorate.wire.Refused;

/**
 * The updates that this node was asked for: waits for its turn, has all members stage, says that it is in force once
 * all have, and answers once all have it.
 */
final class Proposals {
    private static final Refused NOT_QUORATE =
            new Refused("EPERM", "Unable to honor update request. Cluster is not quorate.");
    private static final Refused CHANGED =
            new Refused("EAGAIN", "the membership changed during the update", "nothing was changed; try again");

    private static final int REPEATED = 8;
    private static final int ATTEMPTS = 10;

    private final Standpoint here;
    private final Preparation preparation;
    private final SortedMap<String, Update> trials = new TreeMap<>();
    private Optional<Update> update = Optional.empty();
    private final List<Update> givenUp = new ArrayList<>();
    private long names;

    Proposals(Standpoint here, Preparation preparation) {
        this.here = here;
        this.preparation = preparation;
    }

    List<CcsdEffect> propose(long ticket, Candidate candidate) {
        return propose(ticket, candidate, 1);
    }

    private List<CcsdEffect> propose(long ticket, Candidate candidate, int attempt) {
        var refusal = whyNot(candidate);
        if (refusal.isPresent()) {
            return List.of(new RefuseUpdate(ticket, refusal.get()));
        }
        var mine = make(ticket, candidate, attempt);
        update = Optional.of(mine);
        return List.of(new Broadcast(new Begin(mine.name(), candidate.version(), candidate.digest())));
    }

    List<CcsdEffect> tryOut(long ticket, Candidate candidate) {
        var refusal = here.epoch().quorate() ? absent().or(here::rival) : Optional.of(NOT_QUORATE);
        if (refusal.isPresent()) {
            return List.of(new RefuseUpdate(ticket, refusal.get()));
        }
        var trial = make(ticket, candidate, 1);
        trials.put(trial.name(), trial);
        return stageAtAll(trial, true);
    }

    private Update make(long ticket, Candidate candidate, int attempt) {
        names++;
        return new Update(here.self() + "-" + here.epoch().number() + "-" + names, ticket, candidate,
                here.active().version(), here.members(), attempt);
    }

    private Optional<Refused> whyNot(Candidate candidate) {
        if (!here.epoch().quorate()) {
            return Optional.of(NOT_QUORATE);
        }
        if (update.isPresent()) {
            return Optional.of(new Refused("EAGAIN", "an update to version " + update.get().candidate().version()
                    + " by " + here.name(here.self()) + " is under way", "wait until it is through"));
        }
        return absent().or(here::rival).or(() -> here.whyNot(candidate));
    }

    private Optional<Refused> absent() {
        var without = here.epoch().members().stream().filter(m -> !m.isIn(Distribution.GROUP)).map(Member::name)
                .toList();
        return without.isEmpty() ? Optional.empty() : Optional.of(new Refused("EHOSTDOWN", "no ccsd answers on "
                + without, "start ccsd there, or take the node out of the cluster"));
    }

    private List<CcsdEffect> stageAtAll(Update one, boolean trial) {
        return one.members().stream().map(member -> (CcsdEffect) new StageAt(one.ticket(), one.name(),
                here.epoch().number(), member, here.name(member), trial)).toList();
    }

    /** Somebody's turn has come. */
    List<CcsdEffect> begun(String name) {
        if (update.isEmpty() || !update.get().name().equals(name)) {
            return List.of();
        }
        var mine = update.get();
        var turn = preparation.claim().orElseThrow();
        if (turn.update().equals(name)) {
            mine.goOn(Stage.STAGING);
            return stageAtAll(mine, false);
        }
        if (turn.is(mine.candidate())) {
            mine.goOn(Stage.FOLLOWING);
            return List.of();
        }
        return refuse(preparation.busy(turn));
    }

    List<CcsdEffect> collect(PeerStaged answer) {
        var trial = trials.get(answer.update());
        if (trial != null) {
            return trial.answered(answer.member(), answer.refusal()) ? report(trial) : List.of();
        }
        if (update.isEmpty() || !update.get().name().equals(answer.update())
                || !update.get().answered(answer.member(), answer.refusal())) {
            return List.of();
        }
        var mine = update.get();
        if (mine.refusals().isEmpty()) {
            mine.goOn(Stage.COMMITTING);
            return List.of(new Broadcast(
                    new Commit(mine.name(), mine.candidate().version(), mine.candidate().digest())));
        }
        if (mine.attempt() < ATTEMPTS && mine.refusals().values().stream()
                .allMatch(refused -> refused.code().equals(Preparation.STALE))) {
            givenUp.add(mine);
            mine.goOn(Stage.WAITING);
            return List.of(new Broadcast(new Drop(mine.name())));
        }
        String reasons = mine.refusals().entrySet().stream()
                .map(one -> here.name(one.getKey()) + ": " + one.getValue().line())
                .collect(Collectors.joining("\n"));
        var effects = new ArrayList<>(refuse(new Refused("EINVAL", reasons)));
        givenUp.add(mine);
        effects.add(new Broadcast(new Drop(mine.name())));
        return effects;
    }

    private List<CcsdEffect> report(Update trial) {
        trials.remove(trial.name());
        var refusals = new TreeMap<NodeName, Refused>();
        trial.refusals().forEach((node, refused) -> refusals.put(here.name(node), refused));
        return List.of(new AnswerTrial(trial.ticket(), trial.from(), names(trial.members()), refusals));
    }

    /** Somebody gave an update up. */
    List<CcsdEffect> dropped(Optional<Claim> turn) {
        return turn.isPresent() && update.isPresent() && update.get().stage() == Stage.FOLLOWING
                ? refuse(new Refused("EAGAIN", "the same update by " + here.name(turn.get().initiator())
                        + " was refused", "its log says why"))
                : List.of();
    }

    /** Once all members have said what they have, a committing update is in force everywhere or nowhere. */
    List<CcsdEffect> settle(SortedMap<NodeId, Announce> announced) {
        if (update.isEmpty() || !announced.keySet().containsAll(here.members())) {
            return List.of();
        }
        var mine = update.get();
        var said = here.members().stream().map(announced::get).toList();
        if (said.stream().allMatch(one -> one.has(mine.candidate()))) {
            update = Optional.empty();
            var troubles = here.members().stream().filter(member -> !announced.get(member).trouble().isEmpty())
                    .map(member -> here.name(member) + ": " + announced.get(member).trouble()).toList();
            return List.of(new AnswerUpdate(mine.ticket(), mine.from(), mine.candidate().version(),
                    names(here.members()), troubles));
        }
        if (mine.stage() == Stage.WAITING) {
            update = Optional.empty();
            return propose(mine.ticket(), mine.candidate(), mine.attempt() + 1);
        }
        if (mine.stage() == Stage.COMMITTING && !here.active().equals(mine.candidate())
                && said.stream().noneMatch(one -> one.has(mine.candidate()))) {
            return here.members().containsAll(mine.members()) ? again(mine) : refuse(doubtful(mine));
        }
        return List.of();
    }

    /** Told to take force, but the epoch was over before, and it is known that nobody took it. */
    private List<CcsdEffect> again(Update mine) {
        if (mine.attempt() == ATTEMPTS) {
            return refuse(CHANGED);
        }
        givenUp.add(mine);
        update = Optional.empty();
        var effects = new ArrayList<CcsdEffect>(List.of(new Broadcast(new Drop(mine.name()))));
        effects.addAll(propose(mine.ticket(), mine.candidate(), mine.attempt() + 1));
        return effects;
    }

    /** A member that is away now may have been told that the update is in force. */
    private static Refused doubtful(Update mine) {
        return new Refused("EAGAIN", "the membership changed while the update to version "
                + mine.candidate().version() + " was to take force; it is not in force here",
                "bring the same file into force again once the nodes are back");
    }

    private List<NodeName> names(List<NodeId> nodes) {
        return nodes.stream().map(here::name).toList();
    }

    /** The epoch is over: what has not been told to take force never will. */
    List<CcsdEffect> leave() {
        var effects = new ArrayList<CcsdEffect>();
        trials.values().forEach(trial -> effects.add(new RefuseUpdate(trial.ticket(), CHANGED)));
        trials.clear();
        if (update.filter(one -> one.stage() != Stage.COMMITTING).isPresent()) {
            update.filter(one -> one.stage() == Stage.STAGING).ifPresent(givenUp::add);
            // cman makes an epoch for each change of the configuration too: updates in a row meet them.
            if (update.get().attempt() < ATTEMPTS) {
                update.get().goOn(Stage.WAITING);
            } else {
                effects.addAll(refuse(CHANGED));
            }
        }
        return effects;
    }

    /** Another epoch has begun: its members need not keep what this node did not bring into force. */
    List<CcsdEffect> arrive() {
        if (update.isPresent() && (!here.isMember()
                || update.get().stage() == Stage.WAITING && !here.epoch().quorate())) {
            return refuse(update.get().stage() == Stage.WAITING ? NOT_QUORATE : doubtful(update.get()));
        }
        // Whether all have heard it in the epoch before is not known; the more often it was tried, the less it matters.
        givenUp.removeIf(one -> one.candidate().version() <= here.active().version());
        return here.isMember()
                ? givenUp.reversed().stream().limit(REPEATED).<CcsdEffect>map(one ->
                        new Broadcast(new Drop(one.name()))).toList()
                : List.of();
    }

    private List<CcsdEffect> refuse(Refused refused) {
        long ticket = update.orElseThrow().ticket();
        update = Optional.empty();
        return List.of(new RefuseUpdate(ticket, refused));
    }
}
