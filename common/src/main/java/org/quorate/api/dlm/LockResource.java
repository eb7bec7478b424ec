package org.quorate.api.dlm;

import java.nio.charset.StandardCharsets;

/**
 * What locks are on: a name in a lockspace. Names are bytes; here each character stands for one of them.
 *
 * @param lockspace 1 to 64 characters
 * @param name      1 to 64 characters, each below 256
 */
public record LockResource(String lockspace, String name) implements Comparable<LockResource> {
    /** Bytes that a name may have. */
    public static final int NAME_BYTES = 64;

    /** A resource named by text, which counts as UTF-8. */
    public static LockResource of(String lockspace, String text) {
        return new LockResource(lockspace,
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** The name as text, where it is UTF-8. */
    public String text() {
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Whether names have the length that they may have. */
    public boolean isValid() {
        return !name.isEmpty() && name.length() <= NAME_BYTES && !lockspace.isEmpty()
                && lockspace.length() <= NAME_BYTES && name.chars().allMatch(c -> c < 256);
    }

    @Override
    public int compareTo(LockResource other) {
        int spaces = lockspace.compareTo(other.lockspace);
        return spaces != 0 ? spaces : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return lockspace + "/" + text();
    }
}
