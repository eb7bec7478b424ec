/**
 * What fenced decides: who is a victim, when and by which method it is cut off, and when it counts as fenced.
 *
 * <p>{@link org.quorate.fenced.core.FenceDomain} takes events and gives back effects. Equal events at equal moments
 * give equal effects, so the daemon, the simulator and every test run the same code.
 *
 * <p>Who is a victim is the cluster's knowledge, not ours: it stands in each epoch, equal for all members. The member
 * of the fence domain with the lowest node id works the victims off, all at the same time. Whoever operates on a node
 * has claimed it before in the domain's common order, so that nobody is cut off by two at once.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman} (epochs, node names), {@code org.quorate.api.fence} (what is answered),
 * {@code org.quorate.time} (moments). <b>Must not know:</b> threads, clocks, files, sockets, processes, loggers; how
 * agents are run; who else listens to {@code ReportFenced}.
 *
 * <p>Source: fenced(8), fence_node(8), fence_ack_manual(8).
 */
package org.quorate.fenced.core;
