package org.quorate.rgmanager.core.domain;

import java.util.List;

/** Which member is the best one for a service. */
public final class Placement {
    private static final int EXCLUSIVE_BONUS = 2;

    private Placement() {}

    /**
     * A member that is considered.
     *
     * @param member        node id
     * @param score         of the member for the service
     * @param owns          whether it owns any service that is started or starting
     * @param ownsExclusive whether one of those wants a node for itself
     */
    public record Candidate(int member, Score score, boolean owns, boolean ownsExclusive) {}

    /**
     * The best one.
     *
     * @param candidates in the order in which they are considered; of equal ones the last wins
     * @param excluded   node id that is not wanted, 0 for none; also the answer where there is nobody else
     * @param exclusive  whether the service wants a node for itself
     */
    public static int best(List<Candidate> candidates, int excluded, boolean exclusive) {
        int best = excluded;
        int high = Score.GOOD.ordinal();
        for (Candidate candidate : candidates) {
            int score = candidate.score().ordinal() + (exclusive ? EXCLUSIVE_BONUS : 0);
            boolean taken = exclusive ? candidate.owns() : candidate.ownsExclusive();
            if (candidate.member() != excluded && candidate.score() != Score.ILLEGAL && !taken && score >= high) {
                best = candidate.member();
                high = score;
            }
        }
        return best;
    }
}
