package org.quorate.wire;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;

/** Codecs of what has no parts. */
final class Scalars {
    private Scalars() {}

    /** The codec of such a type, null for any other. */
    static Codec<?> of(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return new Int(type == int.class ? 0 : null);
        }
        if (type == long.class || type == Long.class) {
            return new Whole(type == long.class ? 0L : null);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Truth(type == boolean.class ? false : null);
        }
        if (type == String.class) {
            return new Text();
        }
        return type == byte[].class ? new Bytes() : null;
    }

    private static final class Int extends Codec<Integer> {
        Int(Integer missing) {
            super(missing);
        }

        @Override
        void write(Integer value, CBORGenerator out) throws IOException {
            out.writeNumber(value.intValue());
        }

        @Override
        Integer read(CBORParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw unexpected(in, "a number");
            }
            return in.getIntValue();
        }
    }

    private static final class Whole extends Codec<Long> {
        Whole(Long missing) {
            super(missing);
        }

        @Override
        void write(Long value, CBORGenerator out) throws IOException {
            out.writeNumber(value.longValue());
        }

        @Override
        Long read(CBORParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw unexpected(in, "a number");
            }
            return in.getLongValue();
        }
    }

    private static final class Truth extends Codec<Boolean> {
        Truth(Boolean missing) {
            super(missing);
        }

        @Override
        void write(Boolean value, CBORGenerator out) throws IOException {
            out.writeBoolean(value);
        }

        @Override
        Boolean read(CBORParser in) throws IOException {
            return switch (in.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw unexpected(in, "true or false");
            };
        }
    }

    private static final class Text extends Codec<String> {
        Text() {
            super(null);
        }

        @Override
        void write(String value, CBORGenerator out) throws IOException {
            out.writeString(value);
        }

        @Override
        String read(CBORParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_STRING) {
                throw unexpected(in, "a text");
            }
            return in.getText();
        }
    }

    private static final class Bytes extends Codec<byte[]> {
        Bytes() {
            super(null);
        }

        @Override
        void write(byte[] value, CBORGenerator out) throws IOException {
            out.writeBinary(value);
        }

        @Override
        byte[] read(CBORParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                throw unexpected(in, "bytes");
            }
            return in.getBinaryValue();
        }
    }
}
