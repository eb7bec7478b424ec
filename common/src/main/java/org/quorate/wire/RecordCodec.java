package org.quorate.wire;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/** Records: by the names of their components, or as {@link Bare} or {@link Tuple} if they say so. */
abstract class RecordCodec extends Codec<Object> {
    private final String type;
    private final Constructor<?> constructor;
    final Component[] components;

    /** One component of a record. */
    static final class Component {
        final String name;
        private final Method accessor;
        private final Codec<?> codec;

        private Component(RecordComponent component) {
            name = component.getName();
            accessor = component.getAccessor();
            // The record may be private to its package.
            accessor.setAccessible(true);
            codec = Codec.of(component.getGenericType());
        }

        void put(Object whole, CBORGenerator out) throws IOException {
            try {
                codec.put(accessor.invoke(whole), out);
            } catch (IllegalAccessException | InvocationTargetException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }

    private RecordCodec(Class<?> type) {
        super(null);
        this.type = type.getSimpleName();
        var described = type.getRecordComponents();
        components = new Component[described.length];
        var types = new Class<?>[described.length];
        for (int i = 0; i < described.length; i++) {
            components[i] = new Component(described[i]);
            types[i] = described[i].getType();
        }
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static RecordCodec of(Class<?> type) {
        if (Bare.class.isAssignableFrom(type)) {
            return new Alone(type);
        }
        return Tuple.class.isAssignableFrom(type) ? new Listed(type) : new Named(type);
    }

    /** What the components are of which nothing is said. */
    final Object[] nothing() {
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].codec.missing();
        }
        return values;
    }

    final Object make(Object[] values) throws MalformedFrameException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            // A record's constructor refuses nonsense with an exception of its own: that is the sender's fault.
            var why = refused.getCause();
            throw new MalformedFrameException("no " + type + ": " + Cbor.firstLine(why), why);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static final class Named extends RecordCodec {
        private final Map<String, Integer> places = new HashMap<>();

        Named(Class<?> type) {
            super(type);
            for (int i = 0; i < components.length; i++) {
                places.put(components[i].name, i);
            }
        }

        @Override
        void write(Object value, CBORGenerator out) throws IOException {
            out.writeStartObject();
            for (var component : components) {
                out.writeFieldName(component.name);
                component.put(value, out);
            }
            out.writeEndObject();
        }

        @Override
        Object read(CBORParser in) throws IOException {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw unexpected(in, "a record");
            }
            var values = nothing();
            for (var name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                var place = places.get(name);
                if (place == null) {
                    in.skipChildren();
                } else {
                    values[place] = components[place].codec.take(in);
                }
            }
            return make(values);
        }
    }

    private static final class Listed extends RecordCodec {
        Listed(Class<?> type) {
            super(type);
        }

        @Override
        void write(Object value, CBORGenerator out) throws IOException {
            out.writeStartArray();
            for (var component : components) {
                component.put(value, out);
            }
            out.writeEndArray();
        }

        @Override
        Object read(CBORParser in) throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw unexpected(in, "a list");
            }
            var values = nothing();
            for (int place = 0; in.nextToken() != JsonToken.END_ARRAY; place++) {
                if (place < values.length) {
                    values[place] = components[place].codec.take(in);
                } else {
                    in.skipChildren();
                }
            }
            return make(values);
        }
    }

    private static final class Alone extends RecordCodec {
        Alone(Class<?> type) {
            super(type);
        }

        @Override
        void write(Object value, CBORGenerator out) throws IOException {
            components[0].put(value, out);
        }

        @Override
        Object read(CBORParser in) throws IOException {
            return make(new Object[] {components[0].codec.take(in)});
        }
    }
}
