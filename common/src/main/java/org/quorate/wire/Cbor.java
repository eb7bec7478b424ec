package org.quorate.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;

/** Records to CBOR and back. Unknown fields are ignored, so that neighbouring versions understand each other. */
public final class Cbor {
    private static final ObjectMapper MAPPER = CBORMapper.builder(new CBORFactory())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Cbor() {}

    /** The record's bytes. */
    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("no message: " + message.getClass().getName(), unwritable);
        }
    }

    /**
     * The record that these bytes are.
     *
     * @throws MalformedFrameException when they are none
     */
    public static <T> T read(byte[] payload, Class<T> type) throws MalformedFrameException {
        try {
            T read = MAPPER.readValue(payload, type);
            if (read == null) {
                throw new MalformedFrameException("an empty " + type.getSimpleName());
            }
            return read;
        } catch (MalformedFrameException malformed) {
            throw malformed;
        } catch (IOException | RuntimeException unreadable) {
            // A record's constructor refuses nonsense with an exception of its own: also that is the sender's fault.
            throw new MalformedFrameException("no " + type.getSimpleName() + ": " + firstLine(unreadable), unreadable);
        }
    }

    private static String firstLine(Exception unreadable) {
        return String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("");
    }
}
