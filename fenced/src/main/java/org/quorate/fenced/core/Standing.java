package org.quorate.fenced.core;

import java.util.Optional;
import java.util.SortedSet;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;

/**
 * Where this node stands.
 *
 * @param self    this node
 * @param policy  the configuration in force
 * @param epoch   the present one
 * @param unheard members of the domain that have said nothing in this epoch and are still waited for
 */
record Standing(NodeId self, FencePolicy policy, Epoch epoch, SortedSet<NodeId> unheard) {
    /** Whether this node is in the fence domain. */
    boolean inDomain() {
        return epoch.groupMembers(FenceDomain.GROUP).contains(self);
    }

    /** The member of the domain that works the victims off. */
    Optional<NodeId> master() {
        return epoch.coordinatorOf(FenceDomain.GROUP);
    }

    boolean isMaster() {
        return master().filter(self::equals).isPresent();
    }

    /** Whether claims can be made: all members have said what they are doing. */
    boolean mayClaim() {
        return inDomain() && unheard.isEmpty();
    }

    /** Whether this node may begin to cut off a victim. A minority never may. */
    boolean mayFence() {
        return mayClaim() && epoch.quorate() && isMaster();
    }

    /** Whether the two nodes of a two-node cluster have lost each other, so that both may be quorate and alive. */
    boolean isRace() {
        return policy.twoNode() && epoch.members().size() == 1;
    }

    /** The same without a victim whose failures are settled up to this epoch. */
    Standing settled(NodeId node, long through) {
        var left = epoch.victims().stream()
                .filter(v -> !v.id().equals(node) || v.failedAt() > through).toList();
        return new Standing(self, policy, new Epoch(epoch.number(), epoch.members(), epoch.quorate(), epoch.quorum(),
                epoch.votes(), epoch.joined(), epoch.left(), left), unheard);
    }
}
