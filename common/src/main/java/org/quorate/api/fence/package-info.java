/**
 * What one may ask of fenced: the fence domain, acknowledgement by hand, and the right to cut a node off oneself.
 *
 * <p>{@link org.quorate.api.fence.FenceClient} is what fence_tool, fence_node, fence_ack_manual and rgmanager use.
 *
 * <p>Source: fenced(8), fence_tool(8), fence_node(8), fence_ack_manual(8).
 */
package org.quorate.api.fence;
