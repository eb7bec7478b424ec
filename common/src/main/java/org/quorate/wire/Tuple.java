package org.quorate.wire;

/**
 * A record that travels as the list of its components, without their names: for what comes in large numbers. Later
 * versions may add components at the end only; the ones that are missing have defaults.
 */
public interface Tuple {}
