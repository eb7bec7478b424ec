package org.quorate.config;

/**
 * A place in cluster.conf.
 *
 * @param line   counted from 1
 * @param column counted from 1
 */
public record Location(int line, int column) {
    /** For elements that were made by a program, not read from a file. */
    public static final Location NOWHERE = new Location(0, 0);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
