/**
 * What the lock daemon {@code dlmd} can be asked, and {@link org.quorate.api.dlm.DlmClient}, which asks it.
 *
 * <p>A client opens a lockspace and asks for locks on resources of that name space, in one of six modes. It is told
 * when a lock is granted, when somebody else waits for what it holds, and what the resource's value block holds. Locks
 * of a client that dies are released, except persistent ones: they become orphans of the node, which a later client
 * of the same node may adopt.
 *
 * <p>Source: libdlm(3), dlm_lock(3), dlm_unlock(3).
 */
package org.quorate.api.dlm;
