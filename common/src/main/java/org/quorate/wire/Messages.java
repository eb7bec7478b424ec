package org.quorate.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The records that may travel in one direction of a protocol, and their numbers on the wire. Numbers are given by hand
 * and never reused, since neighbouring versions must understand each other.
 *
 * @param <M> the sealed interface of these records
 */
public final class Messages<M> {
    private final Map<Integer, Form<? extends M>> byNumber = new HashMap<>();
    private final Map<Class<?>, Form<? extends M>> byClass = new HashMap<>();

    /**
     * How one record is written.
     *
     * @param <T> the record
     */
    public interface Layout<T> {
        /** Its bytes. */
        byte[] write(T message);

        /**
         * The record that these bytes are.
         *
         * @throws MalformedFrameException when they are none
         */
        T read(byte[] payload) throws MalformedFrameException;
    }

    private record Form<T>(int number, Class<T> type, Layout<T> layout) {
        Frame frame(Frame.Kind kind, long id, Object message) {
            return new Frame(kind, number, id, layout.write(type.cast(message)));
        }
    }

    /** Adds a record written as CBOR. */
    public <T extends M> Messages<M> with(int number, Class<T> type) {
        return with(number, type, new Layout<T>() {
            @Override
            public byte[] write(T message) {
                return Cbor.write(message);
            }

            @Override
            public T read(byte[] payload) throws MalformedFrameException {
                return Cbor.read(payload, type);
            }
        });
    }

    /** Adds a record with a layout of its own, for what must be fast. */
    public <T extends M> Messages<M> with(int number, Class<T> type, Layout<T> layout) {
        var form = new Form<>(number, type, layout);
        if (number <= Hello.TYPE || byNumber.putIfAbsent(number, form) != null) {
            throw new IllegalArgumentException("message number " + number + " is taken");
        }
        byClass.put(type, form);
        return this;
    }

    /** The frame that carries a message. */
    public Frame frame(Frame.Kind kind, long id, M message) {
        var form = byClass.get(message.getClass());
        if (form == null) {
            throw new IllegalArgumentException(message.getClass().getSimpleName() + " has no number on the wire");
        }
        return form.frame(kind, id, message);
    }

    /**
     * The message that a frame carries.
     *
     * @throws MalformedFrameException when its number is unknown or its payload is no such record
     */
    public M message(Frame frame) throws MalformedFrameException {
        var form = byNumber.get(frame.type());
        if (form == null) {
            throw new MalformedFrameException("unknown message number " + frame.type());
        }
        return form.layout().read(frame.payload());
    }

    /** A message as bytes with its number in front, for where there are no frames (group messages). */
    public byte[] pack(M message) {
        var frame = frame(Frame.Kind.EVENT, 0, message).bytes();
        var packed = new byte[frame.remaining()];
        frame.get(packed);
        return packed;
    }

    /**
     * What {@link #pack} packed.
     *
     * @throws MalformedFrameException when these bytes are no such message
     */
    public M unpack(byte[] packed) throws MalformedFrameException {
        if (packed.length < 4) {
            throw new MalformedFrameException("a message of " + packed.length + " bytes");
        }
        return message(Frame.parse(Arrays.copyOfRange(packed, 4, packed.length)));
    }
}
