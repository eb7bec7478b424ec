/**
 * The simulated world without any cluster software: time, chance, machines with processes that crash and pause, local
 * sockets, disks, power, and the resources that really run.
 *
 * <p>One thread does everything. What is to happen lies in a queue ordered by moment, then by the order in which it
 * was put there; all chance comes from one seed. So a seed gives one course of events, always.
 *
 * <p><b>Knows:</b> {@code org.quorate.time}, {@code org.quorate.api}. <b>Must not know:</b> clocks, threads, files; the
 * cores that are simulated.
 */
package org.quorate.simulation.world;
