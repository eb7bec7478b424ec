/**
 * What is done about a request for one service: may it be, in which order, and what follows when something fails.
 *
 * <p>A request is carried out step by step: {@link org.quorate.rgmanager.core.request.Requests} gives the first
 * {@link org.quorate.rgmanager.core.request.Step}, and each step knows what comes after it. Whoever carries out the
 * steps writes records, runs agents and asks other members; the daemon does it with all of them, a test by hand.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.rgmanager} (records, requests, results), {@code core.tree} (operations and
 * their results).
 * <b>Must not know:</b> how records are agreed on, how agents are run, queues, clients.
 *
 * <p>Source: rgmanager(8), clusvcadm(8).
 */
package org.quorate.rgmanager.core.request;
