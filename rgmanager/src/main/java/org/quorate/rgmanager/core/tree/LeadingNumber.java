package org.quorate.rgmanager.core.tree;

/** A number as rgmanager reads it from a text: what stands at the front counts, and a text without one is 0. */
public final class LeadingNumber {
    private LeadingNumber() {}

    /** The number at the front of a text, after blanks and with its sign; 0 if there is none; ends of int are held. */
    public static int of(String text) {
        String trimmed = text.stripLeading();
        boolean negative = trimmed.startsWith("-");
        long value = 0;
        for (int i = negative || trimmed.startsWith("+") ? 1 : 0; i < trimmed.length(); i++) {
            char digit = trimmed.charAt(i);
            if (digit < '0' || digit > '9') {
                break;
            }
            value = Math.min(value * 10 + (digit - '0'), Integer.MAX_VALUE);
        }
        return (int) (negative ? -value : value);
    }

    /** Whether a text switches something on: its leading number is positive or it is {@code yes} in any case. */
    public static boolean isPositiveOrYes(String text) {
        return of(text) > 0 || text.equalsIgnoreCase("yes");
    }
}
