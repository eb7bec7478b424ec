/**
 * cluster.conf: the elements as they stand in the file, the typed model made of them, and every complaint with its
 * line.
 *
 * <p>Only this package knows the names of attributes. Daemons get small records from it.
 *
 * <p>Source: cluster.conf(5).
 */
package org.quorate.config;
