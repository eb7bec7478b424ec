package org.quorate.dist.site;

import java.util.Locale;

/** What the switches pass between a blade and the rest of the world, seen from the blade. */
public enum Links {
    /** Everything: the cables are as they should be. */
    BOTH,
    /** The blade hears the others, and nobody hears it. */
    IN,
    /** The others hear the blade, and it hears nobody. */
    OUT,
    /** Nothing, though the carrier stays: a switch that has lost its mind. */
    NONE,
    /** Nothing and no carrier: the cables are pulled out. */
    UNPLUGGED;

    /** The name by which {@code site.sh} knows it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
