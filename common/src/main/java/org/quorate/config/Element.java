package org.quorate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One element of cluster.conf as it stands in the file: nothing typed, nothing defaulted, nothing left out.
 *
 * @param name       as written; case matters
 * @param attributes in document order
 * @param children   in document order
 * @param text       the element's own text, trimmed; only {@code event} uses it
 * @param at         where its start tag begins
 */
public record Element(String name, List<Attribute> attributes, List<Element> children, String text, Location at) {
    public Element {
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    /**
     * One attribute as it stands in the file.
     *
     * @param name  as written; case matters
     * @param value with entities resolved; may be empty, which is not the same as absent
     * @param at    where its name begins
     */
    public record Attribute(String name, String value, Location at) {
        /** For logs: without a password. */
        @Override
        public String toString() {
            return new Setting(name, value).toString();
        }
    }

    /** The value of an attribute, if it is there. */
    public Optional<String> attribute(String attribute) {
        // Loops, here and below: a large file asks this a million times.
        for (Attribute written : attributes) {
            if (written.name().equals(attribute)) {
                return Optional.of(written.value());
            }
        }
        return Optional.empty();
    }

    /** The value of an attribute, or the given one where it is absent. */
    public String attribute(String attribute, String otherwise) {
        return attribute(attribute).orElse(otherwise);
    }

    /** The children of one name, in document order, in a list. */
    List<Element> all(String child) {
        List<Element> found = new ArrayList<>(0);
        for (Element inside : children) {
            if (inside.name().equals(child)) {
                found.add(inside);
            }
        }
        return found;
    }

    /** The children of one name, in document order. */
    public Stream<Element> children(String child) {
        return children.stream().filter(c -> c.name().equals(child));
    }

    /** The first child of one name. */
    public Optional<Element> child(String child) {
        for (Element inside : children) {
            if (inside.name().equals(child)) {
                return Optional.of(inside);
            }
        }
        return Optional.empty();
    }
}
