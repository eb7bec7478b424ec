/**
 * What the fencing commands share: their command line, their way to cmand, the fencing by one's own hands.
 *
 * <p>Source: fence_tool(8), fence_node(8), fence_ack_manual(8).
 */
package org.quorate.tools.fence;
