package org.quorate.simulation.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.quorate.time.Moment;

/** A process: until it ends, what reaches it is done in order; while it is stopped (SIGSTOP), it waits. */
public final class SimulatedProcess {
    private final String name;
    private final Machine machine;
    private final Timeline time;
    private final Deque<Runnable> backlog = new ArrayDeque<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean alive = true;
    private int stops;

    SimulatedProcess(String name, Machine machine, Timeline time) {
        this.name = name;
        this.machine = machine;
        this.time = time;
    }

    /** Such as {@code cmand}. */
    public String name() {
        return name;
    }

    /** Where it runs. */
    public Machine machine() {
        return machine;
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return alive;
    }

    /** Whether it is stopped. */
    public boolean isPaused() {
        return stops > 0;
    }

    /** Gives it something to do at that moment, or when it goes on again, if it lives then. */
    public void at(Moment when, Runnable deed) {
        time.at(when, () -> give(deed));
    }

    private void give(Runnable deed) {
        if (!alive) {
            return;
        }
        if (stops > 0) {
            backlog.add(deed);
        } else {
            deed.run();
        }
    }

    /** Stops it; one {@link #resume} for each time lets it go on. */
    public void pause() {
        stops++;
    }

    /** Lets it go on with what has come meanwhile. */
    public void resume() {
        stops = Math.max(0, stops - 1);
        while (alive && stops == 0 && !backlog.isEmpty()) {
            backlog.remove().run();
        }
    }

    /** Does it when the process ends, whatever ends it; at once if it has ended. */
    public void whenEnded(Runnable deed) {
        if (alive) {
            atEnd.add(deed);
        } else {
            deed.run();
        }
    }

    /** Ends it. */
    public void end() {
        if (alive) {
            alive = false;
            backlog.clear();
            machine.ended(this);
            atEnd.forEach(Runnable::run);
        }
    }

    @Override
    public String toString() {
        return machine + " " + name;
    }
}
