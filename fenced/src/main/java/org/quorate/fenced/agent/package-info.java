/**
 * The agents that run on behalf of the fence domain.
 *
 * <p><b>Knows:</b> {@code org.quorate.fencing}, the configuration in force.
 * <b>Must not know:</b> why a node is cut off.
 */
package org.quorate.fenced.agent;
