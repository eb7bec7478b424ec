package org.quorate.api.fence;

/** What fenced can be asked or told. All wants root, but {@link DomainQuery}. */
public sealed interface FenceRequest {
    /** Enter the fence domain ({@code fence_tool join}); answered at once, {@link DomainQuery} tells when it is so. */
    record Join() implements FenceRequest {}

    /** Leave the fence domain ({@code fence_tool leave}); refused with {@code EBUSY} while something depends on it. */
    record Leave() implements FenceRequest {}

    /** Asks for {@link FenceReply.Domain}; refused with {@code ENOENT} while this node is not in the domain. */
    record DomainQuery() implements FenceRequest {}

    /**
     * A person vouches that a victim is off ({@code fence_ack_manual}). Refused with {@code not-victim} for a node
     * that need not be fenced, which may change.
     *
     * @param node its name in cluster.conf
     * @param by   who says so, for the log
     */
    record Acknowledge(String node, String by) implements FenceRequest {}

    /**
     * The client wants to cut a node off itself ({@code fence_node}). Answered with {@link FenceReply.Granted} once
     * nobody else operates on the node, or {@link FenceReply.AlreadyFenced} when somebody else was faster. The
     * client says {@link EndOperation} when it is done; the connection's end counts as one without success.
     */
    record BeginOperation(String node) implements FenceRequest {}

    /** The client is done with the operation that it began on this connection. */
    record EndOperation(boolean success) implements FenceRequest {}

    /**
     * rgmanager says how many services run on this node; told, not asked. Of two nodes that lost each other the one
     * with more services fences first.
     *
     * @param count 0 or more
     */
    record ServicesRunning(int count) implements FenceRequest {}
}
