package org.quorate.api.rgmanager;

import org.quorate.wire.Bare;

/**
 * The name of a service as every tool shows it: {@code service:web}, {@code vm:guest}.
 *
 * @param text type, colon, value of the primary attribute
 */
public record ServiceName(String text) implements Comparable<ServiceName>, Bare {
    /** The type of what is named without one. */
    public static final String DEFAULT_TYPE = "service";

    /** Refuses what is no name. */
    public ServiceName {
        if (text == null || text.indexOf(':') < 0) {
            throw new IllegalArgumentException("a service is named by its type and name, not " + text);
        }
    }

    /** The name that a user meant: without a colon it is of type {@code service}. */
    public static ServiceName parse(String given) {
        return new ServiceName(given.indexOf(':') < 0 ? DEFAULT_TYPE + ":" + given : given);
    }

    /** Such as {@code service}. */
    public String type() {
        return text.substring(0, text.indexOf(':'));
    }

    /** What stands behind the type. */
    public String name() {
        return text.substring(text.indexOf(':') + 1);
    }

    @Override
    public int compareTo(ServiceName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
