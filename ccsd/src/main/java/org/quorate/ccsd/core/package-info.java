/**
 * What ccsd decides: whether a newer configuration may be staged, when it comes into force on all members, and from
 * whom a member that missed it fetches it. {@link org.quorate.ccsd.core.Distribution} is asked; behind it are the
 * initiator's part, a member's part, and what is taken over from others.
 *
 * <p>An update is staged by every member first; then one ordered group message brings it into force everywhere. If the
 * epoch changes in between, whoever has seen that message has the new version, all others fetch it from them in the
 * next epoch; if nobody has, nobody ever will. Where it is not known, no other configuration can have its version:
 * any quorate partition has a member that has staged it. So all end with the old or all with the new version, and no
 * two configurations of one version are ever in force in quorate partitions.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman} (epochs), {@code org.quorate.wire.Refused}. <b>Must not know:</b>
 * files, sockets, what a configuration says beyond its name, version and digest.
 *
 * <p>Source: ccsd(8), ccs_tool(8).
 */
package org.quorate.ccsd.core;
