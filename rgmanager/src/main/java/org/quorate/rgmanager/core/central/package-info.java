/**
 * Central processing: what the event master decides about one event, by the built-in rules or as an event script says.
 *
 * <p>What is to be done is told as {@link org.quorate.rgmanager.core.central.Deed}s, each of which knows what comes
 * after it; whoever carries them out asks members and waits for their answers. The built-in rules
 * ({@link org.quorate.rgmanager.core.central.BuiltInRules}) and the calls of scripts
 * ({@link org.quorate.rgmanager.core.central.ScriptCalls}) are made of the same deeds.
 *
 * <p><b>Knows:</b> {@code core.request} (surroundings, answers of members), {@code core.domain}, {@code core.trigger}.
 * <b>Must not know:</b> who is the master, how events come to it, how scripts are run.
 *
 * <p>Source: rgmanager(8), cluster.conf(5); {@code docs/events.md}.
 */
package org.quorate.rgmanager.core.central;
