/**
 * What cmand decides: when a view is complete, which nodes are its members, whether they are quorate, who has failed
 * and is not fenced yet, who must die, and in which order group messages are delivered.
 *
 * <p>{@link org.quorate.cman.core.Membership} takes events and gives back effects. It asks little of what carries its
 * messages: views that name their members, and messages that arrive in the order in which each sender sent them.
 * Whatever is lost is asked for again.
 *
 * <p>For every view, and whenever a member has something new to say, each member multicasts its
 * {@link org.quorate.cman.core.NodeInfo}. Who has heard all members of the view computes from these the next epoch,
 * and from nothing else: whoever completes the same exchange installs the same epoch. What must never be lost
 * ({@link org.quorate.cman.core.Standing}) only grows, so that any order of merging gives the same.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman}, {@code org.quorate.time}. <b>Must not know:</b> threads, clocks,
 * files, sockets, JGroups, cluster.conf.
 *
 * <p>Source: cman(5), cman_tool(8).
 */
package org.quorate.cman.core;
