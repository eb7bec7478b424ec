package org.quorate.wire;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.TreeMap;

/** Constants travel by their names. */
final class EnumCodec extends Codec<Enum<?>> {
    private final Class<?> type;
    private final TreeMap<String, Enum<?>> constants = new TreeMap<>();

    EnumCodec(Class<?> type) {
        super(null);
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), (Enum<?>) constant);
        }
    }

    @Override
    void write(Enum<?> value, CBORGenerator out) throws IOException {
        out.writeString(value.name());
    }

    @Override
    Enum<?> read(CBORParser in) throws IOException {
        var constant = in.currentToken() == JsonToken.VALUE_STRING ? constants.get(in.getText()) : null;
        if (constant == null) {
            throw unexpected(in, "a " + type.getSimpleName());
        }
        return constant;
    }
}
