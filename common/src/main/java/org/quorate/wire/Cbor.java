package org.quorate.wire;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Records to CBOR and back. A record travels as the map of its components by their names, unless it is {@link Bare} or
 * a {@link Tuple}. A name that is not known is passed over and what is missing is nothing, 0 or false, so that
 * neighbouring versions understand each other.
 *
 * <p>A component is a number ({@code int}, {@code long}), {@code boolean}, {@code String}, {@code byte[]}, constant of
 * an enum, record, {@code List}, or {@code Map} or {@code SortedMap} by {@code String} or {@code Integer}.
 */
public final class Cbor {
    private static final CBORFactory FACTORY = new CBORFactory();

    private Cbor() {}

    /** The record's bytes. */
    public static byte[] write(Object message) {
        var bytes = new ByteArrayOutputStream();
        try (var out = FACTORY.createGenerator(bytes)) {
            Codec.of(message.getClass()).put(message, out);
        } catch (IOException unwritable) {
            throw new IllegalArgumentException("no message: " + message.getClass().getName(), unwritable);
        }
        return bytes.toByteArray();
    }

    /**
     * The record that these bytes are.
     *
     * @throws MalformedFrameException when they are none
     */
    public static <T> T read(byte[] payload, Class<T> type) throws MalformedFrameException {
        var codec = Codec.of(type);
        try (var in = FACTORY.createParser(payload)) {
            if (in.nextToken() == null) {
                throw new MalformedFrameException("an empty " + type.getSimpleName());
            }
            return type.cast(codec.read(in));
        } catch (MalformedFrameException malformed) {
            throw malformed;
        } catch (IOException | RuntimeException unreadable) {
            // The parser has exceptions of both kinds for what makes no sense.
            throw new MalformedFrameException("no " + type.getSimpleName() + ": " + firstLine(unreadable), unreadable);
        }
    }

    static String firstLine(Throwable unreadable) {
        return String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("");
    }
}
