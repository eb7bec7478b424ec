/**
 * Failover domains: which nodes may run a service, which of them should, and which is the best one now.
 *
 * <p><b>Knows:</b> {@code org.quorate.config} (raw elements), how rgmanager reads numbers.
 * <b>Must not know:</b> resources and their tree, how services are started, other nodes' opinions.
 *
 * <p>Source: rgmanager(8), cluster.conf(5).
 */
package org.quorate.rgmanager.core.domain;
