/**
 * The configuration on this node's disk: the live file, the staged one, what is kept of files that had to give way,
 * and the history of what was in force.
 *
 * <p><b>Must not know:</b> who may change it, and when.
 */
package org.quorate.ccsd.file;
