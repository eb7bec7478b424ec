/**
 * The reference site on one machine: two blades in a BladeCenter, their two networks, the management module that
 * switches their power, and the client who wants an answer.
 *
 * <p>{@link org.quorate.dist.site.Site} is the way in: it makes the ground, stands the blades on it and takes all away
 * again. What needs privileges is done by the script {@code site.sh}, in namespaces made for the purpose; here it is
 * only called.
 *
 * <p><b>Knows:</b> the JDK. <b>Must not know:</b> the daemons' code; what it shows of them it learns as an
 * administrator would, from commands, logs and answers on the network.
 */
package org.quorate.dist.site;
