/** Links to the ccsds of other nodes, over TCP with the cluster key. */
package org.quorate.ccsd.peer;
