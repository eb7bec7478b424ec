package org.quorate.api.dlm;

import java.util.Arrays;
import java.util.HexFormat;
import org.quorate.wire.Bare;

/**
 * 32 bytes that belong to a resource and are handed from one holder to the next.
 *
 * @param bytes 32 of them; not to be changed
 */
public record ValueBlock(byte[] bytes) implements Bare {
    /** Bytes of a value block. */
    public static final int BYTES = 32;

    /** All zeros. */
    public static final ValueBlock ZERO = new ValueBlock(new byte[BYTES]);

    /** Refuses any other length. */
    public ValueBlock {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a value block has " + BYTES + " bytes, not " + bytes.length);
        }
    }

    /** The bytes of a text, zeros behind; cut at 32. */
    public static ValueBlock of(String text) {
        return new ValueBlock(Arrays.copyOf(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), BYTES));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueBlock block && Arrays.equals(bytes, block.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
