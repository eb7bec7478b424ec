package org.quorate.fenced.core;

import java.time.Duration;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.fence.FenceReply;
import org.quorate.time.Moment;

/** What the fence domain wants done: by the shell, each once, in the order given. */
public sealed interface FenceEffect {
    /** How much a line matters to who reads the log. */
    enum Weight {
        /** Why a decision went so. */
        DEBUG,
        /** An event of the cluster. */
        INFO,
        /** Something failed and we go on. */
        WARN,
        /** The cluster is harmed until somebody does something. */
        ERROR
    }

    /** The decision as one line: logged by the daemon, expected by scenarios, traced by the simulator. */
    String line();

    /** How much it matters. */
    default Weight weight() {
        return Weight.DEBUG;
    }

    /** The reason, where there is one. */
    default Optional<Why> reason() {
        return Optional.empty();
    }

    /**
     * Cut a node off by one of its methods; the end is {@link FenceEvent.MethodEnded}.
     *
     * @param attempt no two have the same
     * @param level   1 is the first method
     * @param round   1 is the first; grows each time that all methods failed
     */
    record RunMethod(long attempt, NodeId node, NodeName victim, int level, int round, Why why)
            implements FenceEffect {
        @Override
        public String line() {
            return "fencing node " + victim + " by method " + level + ": " + why;
        }

        @Override
        public Weight weight() {
            return AllFailed.isWorthSaying(round) ? Weight.INFO : Weight.DEBUG;
        }

        @Override
        public Optional<Why> reason() {
            return Optional.of(why);
        }
    }

    /** End the method that runs, with its agent; nothing more is awaited from it. */
    record StopMethod(long attempt, NodeName victim, Why why) implements FenceEffect {
        @Override
        public String line() {
            return "fencing node " + victim + " stopped: " + why;
        }

        @Override
        public Weight weight() {
            return Weight.WARN;
        }

        @Override
        public Optional<Why> reason() {
            return Optional.of(why);
        }
    }

    /**
     * Tell the cluster that a node is cut off.
     *
     * @param through failures up to and with this epoch are settled: the one in which the successful deed began
     * @param how     {@code agent}, {@code override} or {@code external}
     * @param detail  which method, or who; may be empty
     */
    record ReportFenced(NodeId node, NodeName victim, long through, String how, Why why, String detail)
            implements FenceEffect {
        @Override
        public String line() {
            return "fence " + victim + (why == Why.BY_OVERRIDE ? " " : " success: ") + why
                    + (detail.isEmpty() ? "" : " " + detail);
        }

        @Override
        public Weight weight() {
            return Weight.INFO;
        }

        @Override
        public Optional<Why> reason() {
            return Optional.of(why);
        }
    }

    /** Say it to all members of the domain, this node included, in the present epoch. */
    record Say(FenceWord word) implements FenceEffect {
        @Override
        public String line() {
            return "say " + word.line();
        }
    }

    /** Give a {@link FenceEvent.TimePassed} at that moment. */
    record WakeAt(Moment when) implements FenceEffect {
        @Override
        public String line() {
            return "wake at " + when.nanos() / 1_000_000 + "ms";
        }
    }

    /** Enter the fence domain. */
    record JoinGroup() implements FenceEffect {
        @Override
        public String line() {
            return "joining the fence domain";
        }

        @Override
        public Weight weight() {
            return Weight.INFO;
        }
    }

    /** Leave the fence domain. */
    record LeaveGroup() implements FenceEffect {
        @Override
        public String line() {
            return "leaving the fence domain";
        }

        @Override
        public Weight weight() {
            return Weight.INFO;
        }
    }

    /** Say whether the node may leave the cluster. */
    record AnswerShutdown(long attempt, boolean yes) implements FenceEffect {
        @Override
        public String line() {
            return yes ? "this node may leave the cluster"
                    : "this node may not leave the cluster: it is in the fence domain; run fence_tool leave";
        }

        @Override
        public Weight weight() {
            return yes ? Weight.DEBUG : Weight.WARN;
        }
    }

    /** Answer a question. */
    record Answer(long ask, FenceReply reply) implements FenceEffect {
        @Override
        public String line() {
            return "answer " + ask + ": " + reply;
        }
    }

    /** Refuse what was asked. */
    record Refuse(long ask, String code, String what, String remedy) implements FenceEffect {
        @Override
        public String line() {
            return "refuse " + ask + ": " + what + (remedy.isEmpty() ? "" : "; " + remedy);
        }
    }

    /**
     * A victim is left alone for some time.
     *
     * @param delay negative: until somebody does something
     */
    record Waiting(NodeName victim, Duration delay, Why why) implements FenceEffect {
        @Override
        public String line() {
            return "fencing of " + victim + " waits " + (delay.isNegative() ? "for ever" : seconds(delay)) + ": " + why;
        }

        @Override
        public Weight weight() {
            return Weight.INFO;
        }

        @Override
        public Optional<Why> reason() {
            return Optional.of(why);
        }
    }

    /** Another node sees to the victim. */
    record Deferred(NodeName victim, NodeName to) implements FenceEffect {
        @Override
        public String line() {
            return "fencing of " + victim + " deferred to " + to;
        }

        @Override
        public Weight weight() {
            return Weight.INFO;
        }
    }

    /** There is no way to cut the victim off. */
    record Helpless(NodeName victim) implements FenceEffect {
        @Override
        public String line() {
            return "cannot fence " + victim + ": cluster.conf has no method for it; what it held stays locked until it"
                    + " is back or, once it is off for certain, somebody runs: fence_ack_manual " + victim;
        }

        @Override
        public Weight weight() {
            return Weight.ERROR;
        }
    }

    /** One way did not work; the next one follows. */
    record MethodFailed(NodeName victim, int level, String result, int round) implements FenceEffect {
        @Override
        public String line() {
            return "fence " + victim + " method " + level + " failed: " + result;
        }

        @Override
        public Weight weight() {
            return AllFailed.isWorthSaying(round) ? Weight.WARN : Weight.DEBUG;
        }
    }

    /** No way worked; it is tried again. */
    record AllFailed(NodeName victim, int methods, int round, Duration next) implements FenceEffect {
        private static final int FIRST_ROUNDS = 3;
        private static final int EVERY = 600;

        @Override
        public String line() {
            var tried = methods == 1 ? "its only method" : "all " + methods + " methods";
            return round <= FIRST_ROUNDS
                    ? "fence " + victim + " failed: " + tried + " failed; next try in " + seconds(next)
                    : "fencing node " + victim + " still retrying: " + round + " rounds failed";
        }

        @Override
        public Weight weight() {
            return isWorthSaying(round) ? Weight.ERROR : Weight.DEBUG;
        }

        /** The first rounds tell the story, later ones would bury the log (fenced(8) says one line every 600). */
        static boolean isWorthSaying(int round) {
            return round <= FIRST_ROUNDS || round % EVERY == 0;
        }
    }

    /** A member's fenced says nothing; the others go on without it. */
    record Silent(NodeName member, Duration waited) implements FenceEffect {
        @Override
        public String line() {
            return "fenced of " + member + " has said nothing for " + seconds(waited) + ": going on without it";
        }

        @Override
        public Weight weight() {
            return Weight.WARN;
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
