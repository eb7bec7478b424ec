/** What a start of cmand leaves for the next one: epochs seen, starts counted, whether it held state at its end. */
package org.quorate.cman.disk;
