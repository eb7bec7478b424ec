/**
 * What a new configuration would do to the services, told before it is done.
 *
 * <p>{@link org.quorate.rgmanager.core.change.Foretelling} goes through the change on copies of both trees, with the
 * same marks and the same walks as the change itself, and notes which agents would be called. Nothing that runs and
 * nothing that is remembered of it is touched.
 *
 * <p><b>Knows:</b> {@code core.tree} (marks, walks), {@code core.request} (services, their policies), the words of
 * {@code org.quorate.api.rgmanager}. <b>Must not know:</b> locks, other members, how a change is carried out.
 *
 * <p>Source: rgmanager(8), rg_test(8).
 */
package org.quorate.rgmanager.core.change;
