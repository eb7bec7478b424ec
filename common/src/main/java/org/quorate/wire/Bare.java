package org.quorate.wire;

/** A record of one component that travels as that component alone, such as a number that has a type of its own. */
public interface Bare {}
