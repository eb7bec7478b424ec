/** The connection to this node's cmand, which comes and goes while ccsd stays. */
package org.quorate.ccsd.cluster;
