/**
 * Configurations that nobody would write: services with trees, failover domains, recovery policies and dependencies as
 * chance wants them, and what becomes of them while they are in use.
 *
 * <p><b>Knows:</b> {@code org.quorate.simulation.world}. <b>Must not know:</b> what the suite makes of a configuration.
 */
package org.quorate.simulation.draft;
