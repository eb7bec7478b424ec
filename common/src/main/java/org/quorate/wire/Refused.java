package org.quorate.wire;

import java.util.Objects;

/**
 * A request that was understood and is not granted.
 *
 * @param code   one word that programs can test, such as {@code EBUSY} or {@code not-quorate}
 * @param what   what is refused and why, one line
 * @param remedy what to do about it; may be empty
 */
public record Refused(String code, String what, String remedy) {
    public Refused {
        code = Objects.requireNonNullElse(code, "");
        what = Objects.requireNonNullElse(what, "");
        remedy = Objects.requireNonNullElse(remedy, "");
    }

    /** A refusal whose remedy is in its text. */
    public Refused(String code, String what) {
        this(code, what, "");
    }

    /** The refusal as one line for a person. */
    public String line() {
        return remedy.isEmpty() ? what : what + "; " + remedy;
    }
}
