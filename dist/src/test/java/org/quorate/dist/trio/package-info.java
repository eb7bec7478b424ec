/**
 * What rgmanager promises, on three blades with real daemons, agents and power cuts: where services are and go, what
 * commands answer, event scripts, guests that migrate, and what an update touches. Meanwhile a counter looks all the
 * time whether anything runs on two of them.
 */
package org.quorate.dist.trio;
