/**
 * {@code rg_test} and {@code dtest}: what rgmanager makes of a cluster.conf, tried without a cluster.
 *
 * <p>{@link org.quorate.rgmanager.rgtest.RgTest} shows resources, trees and differences, and walks a tree with the real
 * agents or only in words. {@link org.quorate.rgmanager.rgtest.DTest} simulates services that depend on each other.
 *
 * <p><b>Knows:</b> the cores of trees, domains and triggers; how agents are asked and run. <b>Must not know:</b>
 * daemons, sockets, locks: these programs work where no cluster runs.
 *
 * <p>Source: rg_test(8), rgmanager(8).
 */
package org.quorate.rgmanager.rgtest;
