package org.quorate.cman.core;

import java.time.Duration;
import org.quorate.time.Moment;

/** The quorum device (quorum disk) as its daemon on this node reports it. */
final class QuorumDevice {
    private String name = "";
    private int votes;
    private boolean alive;
    private Moment heard = Moment.START;

    boolean registered() {
        return !name.isEmpty();
    }

    String name() {
        return name;
    }

    boolean alive() {
        return alive;
    }

    /** Votes that it gives now; -1 when there is none or it is lost. */
    int votes() {
        return alive ? votes : -1;
    }

    void register(String newName, int newVotes) {
        name = newName;
        votes = newVotes;
    }

    void unregister() {
        name = "";
        alive = false;
    }

    /** Whether its state changed. */
    boolean poll(boolean isAlive, Moment now) {
        boolean changed = alive != isAlive;
        alive = isAlive;
        heard = now;
        return changed;
    }

    /** Whether it is lost by now, having been silent for so long. */
    boolean lost(Moment now, Duration limit) {
        return alive && !now.isBefore(heard.plus(limit));
    }

    Moment heard() {
        return heard;
    }
}
