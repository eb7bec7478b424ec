/** The configuration daemon: holds, validates, serves and distributes cluster.conf. Source: ccsd(8). */
package org.quorate.ccsd;
