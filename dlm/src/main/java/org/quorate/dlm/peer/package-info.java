/**
 * Messages between dlmds over TCP: a link to each other node that loses and doubles nothing within an epoch, however
 * often its connection breaks, and the door at which the other nodes' links come in.
 *
 * <p><b>Must not know:</b> what the messages mean.
 */
package org.quorate.dlm.peer;
