/**
 * The door to the other cmands: JGroups over UDP multicast, sealed with the cluster key.
 *
 * <p>Heartbeats find silence ({@code FD_ALL3}, the token timeout), a ring of sockets finds dead processes within
 * milliseconds ({@code FD_SOCK2}). What JGroups promises beyond views and order of each sender's messages is not used.
 *
 * <p><b>Must not know:</b> what views mean for the cluster.
 */
package org.quorate.cman.group;
