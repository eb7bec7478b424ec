package org.quorate.fenced.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.quorate.api.cman.NodeId;
import org.quorate.api.fence.FenceReply;
import org.quorate.fenced.core.FenceEffect.Answer;
import org.quorate.fenced.core.FenceEffect.ReportFenced;
import org.quorate.fenced.core.FenceEffect.Say;
import org.quorate.fenced.core.FenceWord.Claim;
import org.quorate.fenced.core.FenceWord.Operation;
import org.quorate.fenced.core.FenceWord.Release;

/**
 * What persons at this node do with their own hands (fence_node(8)): they wait for their turn like everybody, and do
 * it themselves. A person needs neither quorum nor the fence domain; outside of it only this node's own are kept apart.
 */
final class ByHand {
    private final Map<Long, Deed> deeds = new LinkedHashMap<>();
    private final LongSupplier turns;

    private enum Stage { QUEUED, CLAIMED, GRANTED }

    private record Deed(long ask, NodeId node, Stage stage, long turn, long through) {
        Deed at(Stage next, long withTurn, long inEpoch) {
            return new Deed(ask, node, next, withTurn, inEpoch);
        }
    }

    ByHand(LongSupplier turns) {
        this.turns = turns;
    }

    void asked(long ask, NodeId node) {
        deeds.put(ask, new Deed(ask, node, Stage.QUEUED, 0, 0));
    }

    /** A new epoch: claims on their way are void; what goes on goes on. */
    void install() {
        deeds.replaceAll((_, deed) -> deed.stage() == Stage.CLAIMED ? deed.at(Stage.QUEUED, 0, 0) : deed);
    }

    /** What goes on, to be said again in a new epoch. */
    List<Operation> operations() {
        return deeds.values().stream().filter(d -> d.stage() == Stage.GRANTED)
                .map(d -> new Operation(d.node(), d.turn())).toList();
    }

    void advance(Standing standing, Claims claims, List<FenceEffect> todo) {
        for (var deed : List.copyOf(deeds.values())) {
            if (deed.stage() != Stage.QUEUED || claims.holder(deed.node()).isPresent()) {
                continue;
            }
            if (!standing.inDomain()) {
                grantHere(standing, deed, todo);
            } else if (standing.mayClaim()) {
                var claimed = deed.at(Stage.CLAIMED, turns.getAsLong(), 0);
                deeds.put(deed.ask(), claimed);
                todo.add(new Say(new Claim(deed.node(), claimed.turn())));
            }
        }
    }

    private void grantHere(Standing standing, Deed deed, List<FenceEffect> todo) {
        if (deeds.values().stream().noneMatch(d -> d.stage() == Stage.GRANTED && d.node().equals(deed.node()))) {
            deeds.put(deed.ask(), deed.at(Stage.GRANTED, turns.getAsLong(), standing.epoch().number()));
            todo.add(new Answer(deed.ask(), new FenceReply.Granted()));
        }
    }

    /** This node's claim came back; whether it was one of these. */
    boolean claimCame(Standing standing, long turn, boolean won, List<FenceEffect> todo) {
        var claimed = withTurn(turn);
        claimed.ifPresent(deed -> {
            if (won) {
                deeds.put(deed.ask(), deed.at(Stage.GRANTED, turn, standing.epoch().number()));
                todo.add(new Answer(deed.ask(), new FenceReply.Granted()));
            } else {
                deeds.put(deed.ask(), deed.at(Stage.QUEUED, 0, 0));
            }
        });
        return claimed.isPresent();
    }

    private Optional<Deed> withTurn(long turn) {
        return deeds.values().stream().filter(d -> d.stage() != Stage.QUEUED && d.turn() == turn).findFirst();
    }

    /** A person is done; false when nothing was granted to that ask. */
    boolean over(Standing standing, long ask, boolean success, List<FenceEffect> todo) {
        var deed = deeds.remove(ask);
        if (deed == null || deed.stage() != Stage.GRANTED) {
            return false;
        }
        if (success) {
            todo.add(new ReportFenced(deed.node(), standing.policy().nameOf(deed.node()), deed.through(), "external",
                    Why.BY_HAND, ""));
        }
        if (standing.inDomain()) {
            todo.add(new Say(new Release(deed.node(), deed.turn(), deed.through(), success)));
        }
        return true;
    }

    /** Somebody else was faster: who has not begun need not any more. */
    void settled(NodeId node, String how, List<FenceEffect> todo) {
        var waiting = new ArrayList<Deed>();
        deeds.values().stream().filter(d -> d.node().equals(node) && d.stage() != Stage.GRANTED).forEach(waiting::add);
        for (var deed : waiting) {
            deeds.remove(deed.ask());
            todo.add(new Answer(deed.ask(), new FenceReply.AlreadyFenced(how)));
        }
    }
}
