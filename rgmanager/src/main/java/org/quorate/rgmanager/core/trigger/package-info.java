/**
 * Event triggers: which event runs which script where events are processed centrally.
 *
 * <p><b>Knows:</b> {@code org.quorate.config} (raw elements), how rgmanager reads numbers.
 * <b>Must not know:</b> scripts and what they do, services, the membership.
 *
 * <p>Source: rgmanager(8), cluster.conf(5).
 */
package org.quorate.rgmanager.core.trigger;
