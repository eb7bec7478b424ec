package org.quorate.config;

import java.util.ArrayList;
import java.util.List;

/**
 * An element that is to be put into a file by {@link ClusterEdit}.
 *
 * @param name       an XML name
 * @param attributes in the order in which they are written; their names are XML names, each once
 * @param children   in order
 */
public record NewElement(String name, List<Setting> attributes, List<NewElement> children) {
    public NewElement {
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** Without attributes and children. */
    public static NewElement of(String name) {
        return new NewElement(name, List.of(), List.of());
    }

    /** With one attribute more. */
    public NewElement with(String attribute, String value) {
        List<Setting> more = new ArrayList<>(attributes);
        more.add(new Setting(attribute, value));
        return new NewElement(name, more, children);
    }

    /** With one child more. */
    public NewElement with(NewElement child) {
        List<NewElement> more = new ArrayList<>(children);
        more.add(child);
        return new NewElement(name, attributes, more);
    }

    /** Whether a word can name an element or attribute. Colons are left out: namespaces are not used. */
    public static boolean isName(String word) {
        return word.matches("[\\p{L}_][\\p{L}\\p{N}_.\\-]*");
    }
}
