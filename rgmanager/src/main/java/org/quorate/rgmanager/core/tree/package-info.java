/**
 * Resource types, the resources made of them, the tree of their uses, and the walks over it: what is started, stopped
 * and checked, in which order, and what a failure means.
 *
 * <p>{@link org.quorate.rgmanager.core.tree.ResourceConfiguration} makes list and tree of cluster.conf,
 * {@link org.quorate.rgmanager.core.tree.TreeWalk} operates on them step by step, asking for one agent call at a time,
 * and {@link org.quorate.rgmanager.core.tree.Delta} tells what a new configuration stops and starts.
 *
 * <p><b>Knows:</b> {@code org.quorate.config} (raw elements), {@code org.quorate.time} (moments).
 * <b>Must not know:</b> how agents are run, services' states and owners, other nodes.
 *
 * <p>Source: rgmanager(8), rg_test(8), the agents' meta-data.
 */
package org.quorate.rgmanager.core.tree;
