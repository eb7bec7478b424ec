package org.quorate.wire;

import java.nio.ByteBuffer;

/**
 * What travels on every connection: {@code length:u32 kind:u8 flags:u8 type:u16 id:u64 payload}, big endian.
 *
 * @param kind    what the receiver is to do with it
 * @param type    number of the message record, 0..65535; its meaning depends on the protocol and the direction
 * @param id      of a request, chosen by the asker; its reply or error carries the same; 0 where nothing is awaited
 * @param payload CBOR of the message record, or its own fixed layout
 */
public record Frame(Kind kind, int type, long id, byte[] payload) {
    /**
     * Bytes that the length field may count at most; a longer frame closes the connection. A cluster.conf of 16 MiB,
     * the largest that is read, and what is said about it have room in one.
     */
    public static final int MAXIMUM_BYTES = 17 * 1024 * 1024;

    /** Bytes of a header without the length field itself. */
    static final int HEADER_BYTES = 1 + 1 + 2 + 8;

    /** What a frame is for; the ordinal is its number on the wire. */
    public enum Kind {
        /** Asks for a reply or an error with the same id. */
        REQUEST,
        /** Answers a request. */
        REPLY,
        /** Refuses a request; the payload is a {@link Refused}. */
        ERROR,
        /** Tells something; nothing is awaited. */
        EVENT,
        /** Keeps a connection alive and finds out whether the other side is. */
        PING
    }

    /** The whole frame, length field included, ready to be written. */
    ByteBuffer bytes() {
        if (payload.length > MAXIMUM_BYTES - HEADER_BYTES) {
            throw new IllegalArgumentException("message " + type + " has " + payload.length + " bytes, too many");
        }
        return ByteBuffer.allocate(4 + HEADER_BYTES + payload.length)
                .putInt(HEADER_BYTES + payload.length)
                .put((byte) kind.ordinal())
                .put((byte) 0)
                .putShort((short) type)
                .putLong(id)
                .put(payload)
                .flip();
    }

    /**
     * Reads what follows the length field.
     *
     * @throws MalformedFrameException when that is no frame
     */
    static Frame parse(byte[] afterLength) throws MalformedFrameException {
        if (afterLength.length < HEADER_BYTES) {
            throw new MalformedFrameException("a frame of " + afterLength.length + " bytes is shorter than a header");
        }
        var in = ByteBuffer.wrap(afterLength);
        int kind = Byte.toUnsignedInt(in.get());
        if (kind >= Kind.values().length) {
            throw new MalformedFrameException("unknown kind of frame " + kind);
        }
        // Flags of a later version mean nothing to us yet, and must not stop us.
        in.get();
        int type = Short.toUnsignedInt(in.getShort());
        long id = in.getLong();
        var payload = new byte[in.remaining()];
        in.get(payload);
        return new Frame(Kind.values()[kind], type, id, payload);
    }
}
