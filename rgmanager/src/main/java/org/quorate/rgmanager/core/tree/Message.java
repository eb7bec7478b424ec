package org.quorate.rgmanager.core.tree;

/**
 * Something said while types, resources or the tree were read, in the order in which it was said.
 *
 * @param stream where rg_test prints it
 * @param text   one line
 */
public record Message(Stream stream, String text) {
    /** Where rg_test prints a message; the daemon logs both. */
    public enum Stream { OUTPUT, ERROR }

    static Message output(String text) {
        return new Message(Stream.OUTPUT, text);
    }

    static Message error(String text) {
        return new Message(Stream.ERROR, text);
    }
}
