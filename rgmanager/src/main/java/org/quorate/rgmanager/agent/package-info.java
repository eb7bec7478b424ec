/**
 * Resource agents as programs: what each says about itself, and one call of one of them.
 *
 * <p><b>Knows:</b> {@code org.quorate.config} (elements), {@code org.quorate.rgmanager.core.tree} (types, agent calls).
 * <b>Must not know:</b> why an agent is called, and what its exit code means for the service.
 *
 * <p>Source: rgmanager(8); the resource agent API of the Open Cluster Framework.
 */
package org.quorate.rgmanager.agent;
