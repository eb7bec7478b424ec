/**
 * The lock daemon {@code dlmd}: its main program, its loop, and its doors to programs, to cmand and to other dlmds.
 *
 * <p>What is decided is decided in {@link org.quorate.dlm.core}; here events are taken in and effects carried out.
 * dlmd ends at once when it loses cmand: without epochs nobody may grant anything.
 *
 * <p>Source: dlm_controld(8), libdlm(3).
 */
package org.quorate.dlm;
