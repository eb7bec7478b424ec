package org.quorate.config.schema;

import java.util.List;
import java.util.Optional;

/**
 * One element of the fixed part of cluster.conf.
 *
 * @param name       as written; case matters
 * @param occurs     how often in its parent
 * @param reader     the daemon that reads it; {@code -} for none
 * @param meaning    in a few words
 * @param open       whether other attributes are handed on as they are, to a fence agent
 * @param attributes the known ones
 * @param children   the known ones; the resources below services are not among them
 */
public record ElementRule(String name, Occurs occurs, String reader, String meaning, boolean open,
        List<AttributeRule> attributes, List<ElementRule> children) {
    public ElementRule {
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** The rule of a child. */
    public Optional<ElementRule> child(String child) {
        for (ElementRule rule : children) {
            if (rule.name().equals(child)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** The rule of an attribute. */
    public Optional<AttributeRule> attribute(String attribute) {
        return AttributeRule.named(attribute, attributes);
    }

    static ElementRule of(String name, Occurs occurs, String reader, String meaning, String table,
            ElementRule... children) {
        return new ElementRule(name, occurs, reader, meaning, false,
                AttributeRule.table(table, Live.DAEMON), List.of(children));
    }

    /** The same, handing other attributes on. */
    ElementRule andOthers() {
        return new ElementRule(name, occurs, reader, meaning, true, attributes, children);
    }
}
