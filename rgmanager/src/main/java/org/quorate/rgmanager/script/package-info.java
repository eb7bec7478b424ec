/**
 * Event scripts as processes: any executable, which calls functions by lines on its standard output and is answered by
 * lines on its standard input.
 *
 * <p><b>Knows:</b> {@code core} (which script to run, with which environment), processes.
 * <b>Must not know:</b> what a call means.
 *
 * <p>Source: {@code docs/events.md}.
 */
package org.quorate.rgmanager.script;
