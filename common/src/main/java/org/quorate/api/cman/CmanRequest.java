package org.quorate.api.cman;

/** What cmand can be asked or told. All but queries want root. */
public sealed interface CmanRequest {
    /**
     * Sends this client all {@link CmanEvent}s from now on, the present epoch first. Answered with
     * {@link CmanReply.Done}.
     *
     * @param hasSay whether it is asked before this node leaves the cluster
     */
    record Subscribe(boolean hasSay) implements CmanRequest {}

    /**
     * Makes this client the node's member of a group; a new epoch will say so. The connection's end is an unclean
     * leave of the group (not of the node).
     *
     * @param group    such as {@code fence}, {@code dlm}, {@code rgmanager}
     * @param stateful whether this daemon now holds what another node must not be given: if it dies so, the whole
     *                 node must be cut off, and cmand leaves the cluster at once without saying so
     */
    record JoinGroup(String group, boolean stateful) implements CmanRequest {}

    /** Takes this client out of a group; it holds nothing any more. */
    record LeaveGroup(String group) implements CmanRequest {}

    /**
     * Says whether this client holds what another node must not be given (locks, running services). While it does,
     * losing the connection without {@link LeaveGroup} takes the node out of the cluster.
     */
    record HoldState(String group, boolean held) implements CmanRequest {}

    /**
     * Sends to a group; told, not asked. Dropped where {@code epoch} is not the present one.
     *
     * @param to 0 for all members, or one node's id
     */
    record Send(String group, long epoch, int to, byte[] payload) implements CmanRequest {}

    /** A victim is cut off (or its failure is settled otherwise); see {@link CmanEvent.NodeFenced}. */
    record ReportFenced(NodeId node, long through, String how) implements CmanRequest {}

    /** This client's answer to {@link CmanEvent.ShutdownAsked}. */
    record AnswerShutdown(long attempt, boolean yes) implements CmanRequest {}

    /** Asks for {@link CmanReply.Status}. */
    record StatusQuery() implements CmanRequest {}

    /** Asks for {@link CmanReply.Nodes}. */
    record NodesQuery() implements CmanRequest {}

    /** Takes this node out of the cluster ({@code cman_tool leave}); answered once it is decided. */
    record Leave(boolean force, boolean remove) implements CmanRequest {}

    /** Makes a node end its cmand at once ({@code cman_tool kill}). */
    record Kill(String node) implements CmanRequest {}

    /** {@code cman_tool expected -e}. */
    record SetExpectedVotes(int expected) implements CmanRequest {}

    /** {@code cman_tool votes -v}; empty name: this node. */
    record SetVotes(String node, int votes) implements CmanRequest {}

    /**
     * {@code cman_tool version -r}: all members take the configuration of this version into use; 0 means the one
     * that this node's ccsd has.
     */
    record ActivateConfiguration(int version) implements CmanRequest {}

    /**
     * Adds the quorum device, or gives it other votes (qdiskd). It counts from the first poll on.
     *
     * @param name  a device or label, that of no node
     * @param votes 1..255
     */
    record RegisterDevice(String name, int votes) implements CmanRequest {}

    /** Says whether the quorum device is alive; one not heard of for {@code quorum_dev_poll} is lost. */
    record PollDevice(boolean alive) implements CmanRequest {}

    /** Takes the quorum device out; it must not be alive. */
    record UnregisterDevice() implements CmanRequest {}
}
