/**
 * Updates of cluster.conf on simulated machines: whatever ends, loses its power, its network or its disk at whatever
 * step of an update, all have the old or all have the new file in the end, and no version ever has two contents.
 *
 * <p><b>Knows:</b> ccsd's and cmand's cores as they run on a machine. <b>Must not know:</b> services and locks.
 */
package org.quorate.simulation.configuration;
