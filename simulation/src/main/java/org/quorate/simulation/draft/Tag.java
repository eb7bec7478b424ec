package org.quorate.simulation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An element of a cluster.conf that is being drawn up. */
record Tag(String name, SortedMap<String, String> attributes, List<Tag> children) {
    Tag {
        attributes = new TreeMap<>(attributes);
        children = List.copyOf(children);
    }

    static Tag of(String name, Map<String, String> attributes, Tag... children) {
        return new Tag(name, new TreeMap<>(attributes), List.of(children));
    }

    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    Tag with(String attribute, String value) {
        var changed = new TreeMap<>(attributes);
        changed.put(attribute, value);
        return new Tag(name, changed, children);
    }

    Tag with(Tag child) {
        var more = new ArrayList<>(children);
        more.add(child);
        return new Tag(name, attributes, more);
    }

    Tag replacing(int child, List<Tag> by) {
        var changed = new ArrayList<>(children);
        changed.remove(child);
        changed.addAll(child, by);
        return new Tag(name, attributes, changed);
    }

    /** As XML; what is drawn up here needs no escaping. */
    String text(String indent) {
        var text = new StringBuilder(indent).append('<').append(name);
        attributes.forEach((attribute, value) ->
                text.append(' ').append(attribute).append("=\"").append(value).append('"'));
        if (children.isEmpty()) {
            return text.append("/>\n").toString();
        }
        text.append(">\n");
        children.forEach(child -> text.append(child.text(indent + "  ")));
        return text.append(indent).append("</").append(name).append(">\n").toString();
    }
}
