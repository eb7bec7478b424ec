package org.quorate.wire;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How values of one type are written and read. Made once for a type; any thread may use it.
 *
 * @param <T> the type
 */
abstract class Codec<T> {
    private static final Map<Type, Codec<?>> KNOWN = new ConcurrentHashMap<>();

    /** What a value is that is missing, or was nothing. */
    private final T missing;

    Codec(T missing) {
        this.missing = missing;
    }

    /** Writes a value that is something. */
    abstract void write(T value, CBORGenerator out) throws IOException;

    /** Reads the value that the parser stands at; it stands at the value's end then. It is not null. */
    abstract T read(CBORParser in) throws IOException;

    final T missing() {
        return missing;
    }

    /** Writes a value or nothing. */
    @SuppressWarnings("unchecked")  // by their making, codecs meet values of their types alone
    final void put(Object value, CBORGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            write((T) value, out);
        }
    }

    /** Reads a value or nothing. */
    final T take(CBORParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NULL ? missing : read(in);
    }

    /** The codec of a type that records are made of. */
    static Codec<?> of(Type type) {
        var known = KNOWN.get(type);
        if (known == null) {
            known = make(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    private static Codec<?> make(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            var arguments = parameterized.getActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return new ListCodec(of(arguments[0]));
            }
            if (parameterized.getRawType() == Map.class || parameterized.getRawType() == SortedMap.class) {
                return new MapCodec((Class<?>) arguments[0], of(arguments[1]));
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return RecordCodec.of(plain);
            }
            if (plain.isEnum()) {
                return new EnumCodec(plain);
            }
            var scalar = Scalars.of(plain);
            if (scalar != null) {
                return scalar;
            }
        }
        throw new IllegalArgumentException("messages cannot hold a " + type.getTypeName());
    }

    /** What stands there is not what is wanted. */
    static MalformedFrameException unexpected(CBORParser in, String wanted) {
        return new MalformedFrameException(in.currentToken() + " where " + wanted + " is awaited");
    }
}
