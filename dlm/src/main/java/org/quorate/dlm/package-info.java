/** The lock daemon: lockspaces, six modes, queues, value blocks. Source: dlm_controld(8), libdlm(3). */
package org.quorate.dlm;
