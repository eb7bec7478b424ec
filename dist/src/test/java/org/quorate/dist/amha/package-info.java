/**
 * The reference site under everything that can befall it: real daemons on two blades, fenced by the real
 * {@code fence_bladecenter}, and a counter that looks all the time on how many of them the service is.
 */
package org.quorate.dist.amha;
