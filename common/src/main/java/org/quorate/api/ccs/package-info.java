/**
 * What {@code ccsd} says to the other daemons, to the tools and to the ccsd of another node: the configuration, its
 * version, and how a newer one comes into force on all members or on none.
 *
 * <p>Source: ccsd(8), ccs_tool(8).
 */
package org.quorate.api.ccs;
