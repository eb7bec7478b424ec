package org.quorate.rgmanager.core.tree;

/**
 * An attribute that a resource has.
 *
 * @param rule      what its type says of it
 * @param value     as configured or defaulted; the source of an inherited one, {@code attr} or {@code type%attr}
 * @param inherited whether the value comes from an ancestor; not so where the configuration gives it
 */
public record ResourceAttribute(ParameterRule rule, String value, boolean inherited) {
    /** Its name. */
    public String name() {
        return rule.name();
    }

    /** Whether the two differ in anything but the value. */
    boolean differsInKind(ResourceAttribute other) {
        return inherited != other.inherited || rule.primary() != other.rule.primary()
                || rule.unique() != other.rule.unique() || rule.required() != other.rule.required()
                || rule.reconfig() != other.rule.reconfig();
    }
}
