package org.quorate.fenced.core;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.Victim;
import org.quorate.fenced.core.Course.Stage;
import org.quorate.fenced.core.FenceEffect.AllFailed;
import org.quorate.fenced.core.FenceEffect.Deferred;
import org.quorate.fenced.core.FenceEffect.Helpless;
import org.quorate.fenced.core.FenceEffect.MethodFailed;
import org.quorate.fenced.core.FenceEffect.ReportFenced;
import org.quorate.fenced.core.FenceEffect.RunMethod;
import org.quorate.fenced.core.FenceEffect.Say;
import org.quorate.fenced.core.FenceEffect.StopMethod;
import org.quorate.fenced.core.FenceEffect.Waiting;
import org.quorate.fenced.core.FenceEffect.WakeAt;
import org.quorate.fenced.core.FenceWord.Claim;
import org.quorate.fenced.core.FenceWord.Operation;
import org.quorate.fenced.core.FenceWord.Release;
import org.quorate.time.Moment;

/**
 * Works off the victims: each waits for its moment, is claimed, and then cut off method by method, round by round. A
 * victim is never given up, since what it held stays locked until it is known to be off.
 */
final class Victims {
    private final SortedMap<NodeId, Course> courses = new TreeMap<>();
    private final LongSupplier turns;
    private long lastAttempt;

    Victims(LongSupplier turns) {
        this.turns = turns;
    }

    /**
     * A new epoch.
     *
     * @param delayed why victims are left alone for some time now: POST_FAIL, JOIN or QUORUM_REACHED
     * @param failed  nodes that failed with this epoch
     */
    void install(Standing standing, Why delayed, Collection<NodeId> failed, Race race, Moment now,
            List<FenceEffect> todo) {
        if (!standing.inDomain() || !standing.epoch().quorate()) {
            var why = standing.inDomain() ? Why.QUORUM_LOST : Why.LEFT_DOMAIN;
            courses.values().forEach(course -> stop(course, why, todo));
            courses.clear();
            return;
        }
        for (var course : List.copyOf(courses.values())) {
            if (!standing.epoch().isVictim(course.node())) {
                settle(standing, course, todo);
            } else if (course.stage == Stage.CLAIMED) {
                course.stage = Stage.WAITING;
            }
        }
        for (var victim : standing.epoch().victims()) {
            var known = Optional.ofNullable(courses.get(victim.id()));
            known.ifPresent(course -> course.victim = victim);
            if (known.isEmpty() || known.get().stage == Stage.CUT && !known.get().isCovered()) {
                var why = failed.contains(victim.id()) ? Why.FAILED : Why.UNSEEN;
                take(standing, victim, why, delayed, race, now, todo);
            } else {
                goOn(standing, known.get(), delayed, now, todo);
            }
        }
    }

    private void take(Standing standing, Victim victim, Why why, Why delayed, Race race, Moment now,
            List<FenceEffect> todo) {
        var policy = standing.policy();
        var turn = standing.isRace() ? race.against(victim.id(), policy.raceDelay()) : Race.Turn.FIRST;
        var course = new Course(victim, why, delayed, turn, now);
        courses.put(victim.id(), course);
        if (!course.delay(policy).isZero() && standing.isMaster()) {
            todo.add(new Waiting(victim.name(), course.delay(policy), course.delayReason()));
        }
        wakeFor(standing, course, now, todo);
    }

    private void goOn(Standing standing, Course course, Why delayed, Moment now, List<FenceEffect> todo) {
        if (course.isCovered()) {
            if (standing.isMaster()) {
                todo.add(new ReportFenced(course.node(), course.victim.name(), course.through, "agent",
                        Why.STILL_LISTED, ""));
            }
        } else if (delayed != Why.POST_FAIL && course.putOff(delayed, now)) {
            wakeFor(standing, course, now, todo);
        }
    }

    private static void wakeFor(Standing standing, Course course, Moment now, List<FenceEffect> todo) {
        course.due(standing.policy()).filter(now::isBefore).ifPresent(due -> todo.add(new WakeAt(due)));
    }

    /** Delays may be others now. */
    void policyRead(Standing standing, Moment now, List<FenceEffect> todo) {
        courses.values().forEach(course -> wakeFor(standing, course, now, todo));
    }

    /** What this node's agents work at, to be said again in a new epoch. */
    List<Operation> operations() {
        return courses.values().stream().filter(c -> c.stage == Stage.RUNNING)
                .map(c -> new Operation(c.node(), c.turn)).toList();
    }

    /** Claims every victim whose moment has come. */
    void advance(Standing standing, Claims claims, Moment now, List<FenceEffect> todo) {
        for (var course : courses.values()) {
            if (course.stage != Stage.WAITING) {
                continue;
            }
            if (standing.inDomain() && !standing.isMaster()) {
                defer(standing, course, standing.master(), todo);
            } else if (standing.mayFence() && course.isDue(standing.policy(), now)) {
                claim(standing, claims, course, todo);
            }
        }
    }

    private void claim(Standing standing, Claims claims, Course course, List<FenceEffect> todo) {
        var holder = claims.holder(course.node());
        if (holder.isPresent()) {
            defer(standing, course, holder, todo);
        } else if (standing.policy().lastLevelOf(course.node()) == 0) {
            sayHelpless(course, todo);
        } else {
            course.turn = turns.getAsLong();
            course.stage = Stage.CLAIMED;
            todo.add(new Say(new Claim(course.node(), course.turn)));
        }
    }

    private static void defer(Standing standing, Course course, Optional<NodeId> to, List<FenceEffect> todo) {
        if (!course.deferredTo.equals(to)) {
            course.deferredTo = to;
            to.ifPresent(other -> todo.add(
                    new Deferred(course.victim.name(), standing.policy().nameOf(other))));
        }
    }

    private static void sayHelpless(Course course, List<FenceEffect> todo) {
        if (!course.helplessSaid) {
            course.helplessSaid = true;
            todo.add(new Helpless(course.victim.name()));
        }
    }

    /** This node's claim came back; whether it was one of these. */
    boolean claimCame(Standing standing, NodeId node, long turn, boolean won, List<FenceEffect> todo) {
        var course = courses.get(node);
        if (course == null || course.stage != Stage.CLAIMED || course.turn != turn) {
            return false;
        }
        if (won) {
            course.through = standing.epoch().number();
            run(course, 1, course.round == 1 ? course.why : Why.AGAIN, todo);
        } else {
            course.stage = Stage.WAITING;
        }
        return true;
    }

    private void run(Course course, int level, Why why, List<FenceEffect> todo) {
        course.stage = Stage.RUNNING;
        course.deferredTo = Optional.empty();
        course.level = level;
        course.attempt = ++lastAttempt;
        todo.add(new RunMethod(course.attempt, course.node(), course.victim.name(), level, course.round, why));
    }

    /** Agents have ended, well or not. */
    void methodEnded(Standing standing, long attempt, boolean success, String result, Moment now,
            List<FenceEffect> todo) {
        var running = courses.values().stream()
                .filter(c -> c.stage == Stage.RUNNING && c.attempt == attempt).findFirst();
        if (running.isEmpty()) {
            return;
        }
        var course = running.get();
        assert standing.epoch().quorate() : "an agent runs without quorum";
        if (success) {
            course.cutOff(course.through);
            todo.add(new ReportFenced(course.node(), course.victim.name(), course.through, "agent", Why.BY_AGENT,
                    Integer.toString(course.level)));
            todo.add(new Say(new Release(course.node(), course.turn, course.through, true)));
        } else {
            todo.add(new MethodFailed(course.victim.name(), course.level, result, course.round));
            nextAfterFailure(standing, course, now, todo);
        }
    }

    private void nextAfterFailure(Standing standing, Course course, Moment now, List<FenceEffect> todo) {
        int last = standing.policy().lastLevelOf(course.node());
        if (course.level < last) {
            run(course, course.level + 1, Why.METHOD_FAILED, todo);
            return;
        }
        var delay = standing.policy().retryDelay();
        todo.add(new AllFailed(course.victim.name(), course.level, course.round, delay));
        todo.add(new Say(new Release(course.node(), course.turn, course.through, false)));
        course.failed(now.plus(delay));
        todo.add(new WakeAt(now.plus(delay)));
    }

    /** Another node is done with one of them. */
    void releasedElsewhere(Standing standing, Release release, Moment now, List<FenceEffect> todo) {
        var course = courses.get(release.node());
        if (course == null || course.stage == Stage.RUNNING || course.stage == Stage.CUT) {
            return;
        }
        course.deferredTo = Optional.empty();
        if (release.success()) {
            // Also when our own claim is on its way: it will find nobody who wants the node.
            course.cutOff(release.through());
        } else if (course.stage == Stage.WAITING) {
            course.failed(now.plus(standing.policy().retryDelay()));
            wakeFor(standing, course, now, todo);
        }
    }

    /** The cluster was told that failures up to this epoch are settled. */
    void settled(Standing standing, NodeId node, long through, List<FenceEffect> todo) {
        var course = courses.get(node);
        if (course != null && course.victim.failedAt() <= through) {
            settle(standing, course, todo);
        }
    }

    private void settle(Standing standing, Course course, List<FenceEffect> todo) {
        if (course.stage == Stage.RUNNING && standing.inDomain()) {
            todo.add(new Say(new Release(course.node(), course.turn, course.through, false)));
        }
        stop(course, Why.SETTLED, todo);
        courses.remove(course.node());
    }

    private static void stop(Course course, Why why, List<FenceEffect> todo) {
        if (course.stage == Stage.RUNNING) {
            todo.add(new StopMethod(course.attempt, course.victim.name(), why));
        }
    }
}
