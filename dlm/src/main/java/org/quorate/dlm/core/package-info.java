/**
 * What dlmd decides: who is granted which lock, who masters which resource, and what nobody may have until a victim is
 * fenced.
 *
 * <p>{@link org.quorate.dlm.core.LockDaemon} takes events and gives back effects. A resource is mastered by the node
 * that asked for it first ({@link org.quorate.dlm.core.LockQueues} are its queues there); a directory spread over all
 * dlmds says which node that is. Every node keeps a process copy of each of its own locks. At each epoch the copies
 * are the truth: what a node believes to hold is what it tells, and whatever was under way is begun anew.
 *
 * <p>A victim cannot be asked. Its locks on surviving masters stay until it is fenced, and a resource whose master or
 * directory is gone grants nothing until every node that was a victim then is fenced.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman} (epochs, victims), {@code org.quorate.api.dlm}, {@code
 * org.quorate.time}. <b>Must not know:</b> threads, clocks, sockets, loggers; how peers are reached.
 *
 * <p>Source: dlm_controld(8), libdlm(3), dlm_lock(3).
 */
package org.quorate.dlm.core;
