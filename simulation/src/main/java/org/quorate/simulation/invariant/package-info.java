/**
 * What must never happen, judged after every step by what really happened, which nobody inside the cluster can see.
 *
 * <p><b>Knows:</b> {@code org.quorate.simulation.world}, {@code org.quorate.api.cman}. <b>Must not know:</b> how
 * the daemons decide.
 */
package org.quorate.simulation.invariant;
