package org.quorate.config;

import java.util.List;
import java.util.Locale;

/**
 * One attribute handed to a fence agent as it stands in the file.
 *
 * @param name  as written
 * @param value as written; may be a password
 */
public record Setting(String name, String value) {
    /** All attributes of an element but its name, in document order. */
    static List<Setting> of(Element element) {
        return element.attributes().stream()
                .filter(attribute -> !attribute.name().equals("name"))
                .map(attribute -> new Setting(attribute.name(), attribute.value()))
                .toList();
    }

    /** Whether it must not be logged. */
    public boolean isSecret() {
        return name.toLowerCase(Locale.ROOT).contains("pass");
    }

    /** For logs: without a password. */
    @Override
    public String toString() {
        return name + "=" + (isSecret() ? "..." : value);
    }
}
