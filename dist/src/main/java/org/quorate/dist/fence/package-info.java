/**
 * A fence agent of our own, {@code fence_bladecenter}, for machines that have no package {@code fence-agents}.
 *
 * <p>It is told and answers as all fence agents are and do, and speaks to the management module's command line by
 * telnet. What it is told is in {@link org.quorate.dist.fence.Request}, the talk with the module in
 * {@link org.quorate.dist.fence.ModuleSession}, and what counts as done in {@link org.quorate.dist.fence.PowerSwitch}.
 *
 * <p><b>Knows:</b> the JDK. <b>Must not know:</b> the cluster; who asks for fencing and why.
 *
 * <p>Source: the fence agents' interface (FenceAgentAPI), fence_bladecenter(8).
 */
package org.quorate.dist.fence;
