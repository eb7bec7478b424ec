package org.quorate.cman.core;

import java.util.List;
import java.util.TreeMap;
import org.quorate.cman.core.CmanWire.Info;

/** Who has said what of itself in the present view and round. */
final class Exchange {
    private static final ViewId NONE = new ViewId("", -1);

    private final TreeMap<Peer, Info> heard = new TreeMap<>();
    private ViewId view = NONE;
    private List<Peer> members = List.of();
    private int round;
    private Info mine;
    private boolean completed;

    /** Enters a view; what was said about it before stays known. */
    void enter(ViewId newView, List<Peer> peers) {
        view = newView;
        members = peers.stream().sorted().toList();
        round = 0;
        mine = null;
        completed = false;
        heard.entrySet().removeIf(e -> !members.contains(e.getKey()) && e.getValue().view().number() <= view.number());
    }

    /** Begins a round with what this peer says of itself. */
    Info begin(int newRound, Peer self, NodeInfo node) {
        round = newRound;
        completed = false;
        mine = new Info(view, round, node);
        heard.put(self, mine);
        return mine;
    }

    /** Takes up what a peer says, unless something newer was heard of it. */
    void hear(Peer from, Info info) {
        var known = heard.get(from);
        if (known == null || !isOlder(info, known)) {
            heard.put(from, info);
        }
    }

    private static boolean isOlder(Info info, Info known) {
        return info.view().number() < known.view().number()
                || info.view().equals(known.view()) && info.round() < known.round();
    }

    /** Whether all peers of the view have been heard in this round, told once. */
    boolean completesNow() {
        if (completed || mine == null || !missing().isEmpty()) {
            return false;
        }
        completed = true;
        return true;
    }

    /** Peers not heard in this round. */
    List<Peer> missing() {
        return members.stream().filter(p -> !isOfThisRound(heard.get(p))).toList();
    }

    private boolean isOfThisRound(Info info) {
        return info != null && info.view().equals(view) && info.round() == round;
    }

    /** What all peers of the view said; only once they are complete. */
    List<NodeInfo> nodes() {
        return members.stream().map(p -> heard.get(p).node()).toList();
    }

    boolean completed() {
        return completed;
    }

    /** The greatest round that any peer of this view has begun. */
    int latestRound() {
        return members.stream()
                .map(heard::get)
                .filter(info -> info != null && info.view().equals(view))
                .mapToInt(Info::round)
                .max()
                .orElse(0);
    }

    boolean isIn(ViewId asked, int askedRound) {
        return view.equals(asked) && round == askedRound;
    }

    ViewId view() {
        return view;
    }

    int round() {
        return round;
    }

    Info mine() {
        return mine;
    }
}
