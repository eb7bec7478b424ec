/**
 * The configuration on this node's disk: the live file, the staged one, and what is kept of files that had to give
 * way.
 *
 * <p><b>Must not know:</b> who may change it, and when.
 */
package org.quorate.ccsd.file;
