package org.quorate.config.schema;

/** When a changed attribute takes effect. */
public enum Live {
    /** When the newer version is activated. */
    NOW("at once"),
    /** When the daemon that reads it is started again on a node. */
    DAEMON("daemon restart"),
    /** After all nodes were stopped and started. */
    CLUSTER("cluster restart"),
    /** At the next join of the fence domain. */
    JOIN("next join"),
    /** The resource is stopped and started. */
    RESOURCE("resource restart"),
    /** It is not read again. */
    NEVER("-");

    private final String words;

    Live(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
