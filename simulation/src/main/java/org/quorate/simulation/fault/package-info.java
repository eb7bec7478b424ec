/**
 * What goes wrong in a simulated cluster, when and for how long, as the seed wants it; and the people who look after
 * the machines.
 *
 * <p><b>Knows:</b> {@code org.quorate.simulation.daemon}, {@code .network} and {@code .world}. <b>Must not know:</b>
 * what follows from a fault.
 */
package org.quorate.simulation.fault;
