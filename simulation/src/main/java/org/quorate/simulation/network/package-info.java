/**
 * The simulated network: which machine hears which and how late, the group transport that cmand stands on with its
 * views, and the connections between lock daemons.
 *
 * <p>The transport promises no more than the real one: views differ on the two sides of a cut, a message may come to
 * some members of a view and not to others, and what was sent in one view may come in the next.
 *
 * <p><b>Knows:</b> {@code org.quorate.simulation.world}. <b>Must not know:</b> what the messages mean.
 */
package org.quorate.simulation.network;
