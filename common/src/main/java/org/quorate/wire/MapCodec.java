package org.quorate.wire;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Maps with texts or numbers for keys. What was read is in the order of its keys. */
final class MapCodec extends Codec<Map<?, ?>> {
    private final Function<String, Comparable<?>> keys;
    private final Codec<?> values;

    MapCodec(Class<?> key, Codec<?> values) {
        super(null);
        this.values = values;
        if (key == String.class) {
            keys = text -> text;
        } else if (key == Integer.class) {
            keys = Integer::valueOf;        // the parser tells numbers as texts, too
        } else {
            throw new IllegalArgumentException("messages cannot have keys that are " + key.getTypeName());
        }
    }

    @Override
    void write(Map<?, ?> value, CBORGenerator out) throws IOException {
        out.writeStartObject(value);
        for (Map.Entry<?, ?> entry : value.entrySet()) {
            if (entry.getKey() instanceof Integer number) {
                out.writeFieldId(number);
            } else {
                out.writeFieldName((String) entry.getKey());
            }
            values.put(entry.getValue(), out);
        }
        out.writeEndObject();
    }

    @Override
    Map<?, ?> read(CBORParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected(in, "a map");
        }
        var map = new TreeMap<Comparable<?>, Object>();
        for (var name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            map.put(keys.apply(name), values.take(in));
        }
        return map;
    }
}
