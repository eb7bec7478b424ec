package org.quorate.api.dlm;

/**
 * A set of flags.
 *
 * @param bits as libdlm has them; unknown ones are kept and mean nothing
 */
public record LockFlags(int bits) {
    /** No flag. */
    public static final LockFlags NONE = new LockFlags(0);

    /** These flags. */
    public static LockFlags of(LockFlag... flags) {
        int bits = 0;
        for (var flag : flags) {
            bits |= flag.bit();
        }
        return bits == 0 ? NONE : new LockFlags(bits);
    }

    /** Whether the flag is among them. */
    public boolean has(LockFlag flag) {
        return (bits & flag.bit()) != 0;
    }

    /** Whether any of these flags is among them. */
    public boolean hasAny(LockFlag... any) {
        return (bits & of(any).bits) != 0;
    }

    /** These flags and another. */
    public LockFlags with(LockFlag flag) {
        return new LockFlags(bits | flag.bit());
    }

    /** These flags but for one. */
    public LockFlags without(LockFlag flag) {
        return new LockFlags(bits & ~flag.bit());
    }

    /** These flags and others. */
    public LockFlags with(LockFlags others) {
        return new LockFlags(bits | others.bits);
    }

    @Override
    public String toString() {
        var words = new StringBuilder();
        for (var flag : LockFlag.values()) {
            if (has(flag)) {
                words.append(words.isEmpty() ? "" : "|").append(flag);
            }
        }
        return words.toString();
    }
}
