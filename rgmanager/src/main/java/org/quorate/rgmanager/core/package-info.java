/**
 * What the resource manager decides: which services run here, what is done when one fails, and what all managers agree
 * on.
 *
 * <p>{@link org.quorate.rgmanager.core.Services} takes events and gives back effects. Equal events at equal moments
 * give equal effects. A {@code Worker} carries out the requests for one service, step by step.
 * A service runs only where its lock is held: that, and not what is written of it, keeps it from running twice.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman} (epochs), {@code org.quorate.api.rgmanager} (records, requests),
 * {@code core.request} (what a request means), {@code core.agreement} (what all know), {@code core.tree} (walks).
 * <b>Must not know:</b> threads, clocks, files, sockets, processes, loggers; how locks are granted, agents run or
 * messages sent.
 *
 * <p>Source: rgmanager(8), clusvcadm(8), clustat(8).
 */
package org.quorate.rgmanager.core;
