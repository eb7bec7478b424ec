package org.quorate.tools.ccs;

/** A command cannot do what it is asked for. The message is all that a person is told. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unnamed;

    private Refusal(String message, boolean unnamed) {
        super(message, null, false, false);
        this.unnamed = unnamed;
    }

    /** Told behind the name of the program. */
    static Refusal of(String message) {
        return new Refusal(message, false);
    }

    /** Told without the name of the program, as the commands that remove something always did. */
    static Refusal unnamed(String message) {
        return new Refusal(message, true);
    }

    /** As it is printed. */
    String line() {
        return unnamed ? getMessage() : "ccs_tool: " + getMessage();
    }
}
