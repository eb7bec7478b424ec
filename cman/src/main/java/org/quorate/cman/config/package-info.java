/** Where cmand gets its configuration from: this node's ccsd, which may be started again in between. */
package org.quorate.cman.config;
