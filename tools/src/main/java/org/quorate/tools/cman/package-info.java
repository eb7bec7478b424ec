/**
 * What {@code cman_tool} is made of: its options, what it prints, how it starts and awaits the daemon.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman}, {@code org.quorate.api.ccs}. <b>Must not know:</b> the daemons.
 *
 * <p>Source: cman_tool(8).
 */
package org.quorate.tools.cman;
