/**
 * cluster.conf: the elements as they stand in the file, the typed model made of them, and every complaint with its
 * line.
 *
 * <p>Bytes become a {@link org.quorate.config.ClusterFile} (elements with their places, or why it is no XML), that
 * becomes a {@link org.quorate.config.ClusterReading} (all problems, and the
 * {@link org.quorate.config.ClusterConfig} unless one of them is an error). Nothing in a file makes an exception.
 * {@link org.quorate.config.LocalNode} tells which of the nodes this machine is.
 *
 * <p>For people, {@link org.quorate.config.ClusterValidation} tells all that can be said against a file, by the
 * {@link org.quorate.config.schema.Schema} of what it may hold, and {@link org.quorate.config.ClusterEdit} changes one
 * without touching the rest of its text.
 *
 * <p>Only this package knows the names of attributes; daemons get small records from it. Services and their resources
 * stay {@link org.quorate.config.Element}s there, since the agents installed on a node say how to read them.
 *
 * <p><b>Must not know:</b> daemons, the wire, who distributes the file.
 *
 * <p>Source: cluster.conf(5).
 */
package org.quorate.config;
