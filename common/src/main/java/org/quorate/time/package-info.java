/**
 * Time as the cores see it: moments that only grow, handed in from outside.
 *
 * <p><b>Must not know:</b> anything else. Wall-clock time is for display and lives where it is displayed.
 */
package org.quorate.time;
