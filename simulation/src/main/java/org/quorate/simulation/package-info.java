/** Whole clusters on virtual time from a seed. */
package org.quorate.simulation;
