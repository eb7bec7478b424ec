/**
 * rgmanager: runs services where they belong, and again elsewhere when a node fails.
 *
 * <p>{@link org.quorate.rgmanager.Rgmanager} builds the rooms: {@code core} decides, {@code ServicesLoop} carries out,
 * {@code CmanLink} and {@code DlmLocks} speak to the other daemons, {@code agent} runs resource agents,
 * {@code RgmanagerDoor} lets tools in.
 *
 * <p><b>Must not know:</b> other daemons' modules.
 *
 * <p>Source: rgmanager(8).
 */
package org.quorate.rgmanager;
