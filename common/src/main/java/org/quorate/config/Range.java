package org.quorate.config;

import java.util.OptionalInt;

/**
 * Which whole numbers an attribute may have, and by which codes others are told.
 *
 * @param least   the smallest
 * @param most    the largest
 * @param wrong   code for what is no whole number
 * @param outside code for a whole number that is too small or too large
 */
record Range(int least, int most, String wrong, String outside) {
    static final Range ANY = atLeast(0);
    static final Range POSITIVE = atLeast(1);
    static final Range PORT = of(2, 65535);

    static Range of(int least, int most) {
        return new Range(least, most, "int", "int-range");
    }

    static Range atLeast(int least) {
        return of(least, Integer.MAX_VALUE);
    }

    /** Told by other codes than usual. */
    Range codes(String wrongCode, String outsideCode) {
        return new Range(least, most, wrongCode, outsideCode);
    }

    /** Whether this is a whole number at all, in or out of the range. */
    static boolean isWhole(String value) {
        return value.matches("-?[0-9]+");
    }

    /** The number, if it is one and in the range. */
    OptionalInt parse(String value) {
        // Ten digits hold every int; longer ones are out of range unless they begin with zeros.
        if (!isWhole(value) || value.replaceFirst("^-?0*", "").length() > 10) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(value);
        return number >= least && number <= most ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return most == Integer.MAX_VALUE && least < 1
                ? "a whole number of " + least + " or more"
                : "a whole number from " + least + " to " + most;
    }
}
