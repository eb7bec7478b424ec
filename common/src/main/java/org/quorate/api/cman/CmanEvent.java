package org.quorate.api.cman;

/** What cmand tells those who subscribed, in one order on every node. */
public sealed interface CmanEvent {
    /**
     * A new epoch is in force; whatever belonged to the last one is void.
     *
     * @param epoch the first that a subscriber is told is the present one
     */
    record EpochInstalled(Epoch epoch) implements CmanEvent {}

    /**
     * A group message. All members of the group get the messages of an epoch in the same order, also their own.
     *
     * @param group   the group it was sent to
     * @param epoch   the epoch it was sent in, always the present one
     * @param from    who sent it
     * @param payload as the sender gave it
     */
    record Delivered(String group, long epoch, NodeId from, byte[] payload) implements CmanEvent {}

    /**
     * A victim is none any more: it was cut off, overridden by the administrator, or has started anew.
     *
     * @param node    the node
     * @param name    its name
     * @param through failures up to and with this epoch are settled; one at a later epoch is not
     * @param how     {@code agent}, {@code override}, {@code external} or {@code member}, as {@code fence_tool ls -n}
     *                says
     * @param by      the node that saw to it
     */
    record NodeFenced(NodeId node, NodeName name, long through, String how, NodeId by) implements CmanEvent {}

    /**
     * Somebody wants this node to leave. A daemon that holds something answers no.
     *
     * @param attempt number of this attempt, to be given in {@link CmanRequest.AnswerShutdown}
     * @param removed whether the others shall lower their quorum
     */
    record ShutdownAsked(long attempt, boolean removed) implements CmanEvent {}

    /**
     * The cluster now runs with this version of cluster.conf; it is there on this node.
     *
     * @param version config_version
     */
    record ConfigurationActive(int version) implements CmanEvent {}
}
