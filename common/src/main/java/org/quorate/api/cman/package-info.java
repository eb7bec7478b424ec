/**
 * What {@code cmand} says to the other daemons and to the tools: epochs, victims, group messages, votes.
 *
 * <p>Epochs are the only view of membership that anybody outside {@code cmand} sees. Messages of a group carry the
 * epoch they were sent in, come in the same order everywhere, and are dropped by a receiver that has moved on: every
 * epoch is a fresh start, and a daemon's members first tell each other what they know.
 *
 * <p>Source: cman(5), cman_tool(8).
 */
package org.quorate.api.cman;
