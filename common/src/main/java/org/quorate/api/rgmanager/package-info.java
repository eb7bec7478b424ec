/**
 * What {@code rgmanager} says to the tools: services, their states, what may be done with them and what came out.
 *
 * <p><b>Knows:</b> {@code org.quorate.wire} (frames), nothing of how services are run.
 *
 * <p>Source: clusvcadm(8), clustat(8), rgmanager(8).
 */
package org.quorate.api.rgmanager;
