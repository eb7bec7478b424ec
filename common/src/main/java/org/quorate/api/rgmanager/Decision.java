package org.quorate.api.rgmanager;

/**
 * Something that a manager decided about a service. For display only: nothing is ever decided by it.
 *
 * @param number   one more than that of the last decision about the service that its manager knew of
 * @param when     wall-clock time on that manager's node, seconds since 1970
 * @param node     node id of that manager; 0 if all managers concluded it alike
 * @param what     what was decided, such as {@code start on node2}
 * @param why      the cause, one line
 * @param restarts how many of {@code max_restarts} were used up on that node then
 */
public record Decision(long number, long when, int node, String what, String why, int restarts)
        implements Comparable<Decision> {
    /** A cause longer than this is cut. */
    private static final int LONGEST = 1000;

    public Decision {
        what = what == null ? "" : what;
        why = why == null ? "" : why;
        why = why.length() <= LONGEST ? why : why.substring(0, LONGEST) + "...";
    }

    /** What and why. */
    public String line() {
        return what + (why.isEmpty() ? "" : ": " + why);
    }

    /** The older first; what was decided without knowledge of each other, by time and node. */
    @Override
    public int compareTo(Decision other) {
        int byNumber = Long.compare(number, other.number);
        int byTime = byNumber == 0 ? Long.compare(when, other.when) : byNumber;
        int byNode = byTime == 0 ? Integer.compare(node, other.node) : byTime;
        return byNode == 0 ? line().compareTo(other.line()) : byNode;
    }
}
