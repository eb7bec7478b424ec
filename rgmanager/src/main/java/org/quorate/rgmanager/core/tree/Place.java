package org.quorate.rgmanager.core.tree;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.quorate.config.Element;

/**
 * A place in cluster.conf named by an XPath with positions, and the elements found there.
 *
 * <p>Positions count within each parent, and where several elements match, the first one that has what is asked for
 * answers. So of a second {@code resources} block only entries are seen whose position exceeds what the first has.
 *
 * @param path     as messages show it
 * @param elements in document order; none if nothing is there
 */
public record Place(String path, List<Element> elements) {
    public Place {
        elements = List.copyOf(elements);
    }

    /** The root element of a document, if it has the expected name. */
    public static Place root(Element root, String name) {
        return new Place("/" + name, root.name().equals(name) ? List.of(root) : List.of());
    }

    /** All children of a name. */
    public Place children(String name) {
        return new Place(path + "/" + name, elements.stream().flatMap(e -> e.children(name)).toList());
    }

    /** The child of a name at a position, counted from 1. */
    public Place child(String name, int position) {
        return new Place(path + "/" + name + "[" + position + "]",
                elements.stream().flatMap(e -> e.children(name).skip(position - 1L).limit(1)).toList());
    }

    /** The children of a name from the first position on, up to the one that lacks an attribute. */
    public List<Place> childrenUpTo(String name, String attribute) {
        return IntStream.iterate(1, n -> n + 1).mapToObj(n -> child(name, n))
                .takeWhile(child -> child.attribute(attribute).isPresent()).toList();
    }

    /** Those of the elements that have an attribute of this value. */
    Place with(String attribute, String value) {
        return new Place(path + "[@" + attribute + "=\"" + value + "\"]",
                elements.stream().filter(e -> e.attribute(attribute, "").equals(value)).toList());
    }

    /** The child at a position, counted from 1, whatever its name. */
    Place anyChild(int position) {
        return new Place(path + "/child::*[" + position + "]",
                elements.stream().flatMap(e -> e.children().stream().skip(position - 1L).limit(1)).toList());
    }

    /** Whether anything is there. */
    public boolean exists() {
        return !elements.isEmpty();
    }

    /** Name of the first element found. */
    Optional<String> name() {
        return elements.stream().map(Element::name).findFirst();
    }

    /** The attribute of the first element that has it; an empty one counts. */
    public Optional<String> attribute(String name) {
        return elements.stream().flatMap(e -> e.attribute(name).stream()).findFirst();
    }
}
