/**
 * The daemons of a simulated node: the same cores as in the product, with simulated hands. Each class does here what
 * the daemon's shell does there: it carries effects out and turns what comes back into events.
 *
 * <p><b>Knows:</b> the cores, {@code org.quorate.simulation.world} and {@code .network}. <b>Must not know:</b> which
 * faults are to come, what invariants are held.
 */
package org.quorate.simulation.daemon;
