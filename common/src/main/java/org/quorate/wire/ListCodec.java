package org.quorate.wire;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists of whatever a message may hold. */
final class ListCodec extends Codec<List<?>> {
    private final Codec<?> elements;

    ListCodec(Codec<?> elements) {
        super(null);
        this.elements = elements;
    }

    @Override
    void write(List<?> value, CBORGenerator out) throws IOException {
        out.writeStartArray(value, value.size());
        for (Object element : value) {
            elements.put(element, out);
        }
        out.writeEndArray();
    }

    @Override
    List<?> read(CBORParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw unexpected(in, "a list");
        }
        // It grows with what is there: the length that a stranger claims must not cost memory.
        var list = new ArrayList<Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(elements.take(in));
        }
        return list;
    }
}
