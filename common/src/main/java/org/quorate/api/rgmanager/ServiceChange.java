package org.quorate.api.rgmanager;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a new configuration does to one service.
 *
 * @param service   which
 * @param kind      what is done to it as a whole
 * @param owner     node id of the member that runs it, 0 if it does not run
 * @param why       what in the configuration, or in the service's state, makes it so; may be empty
 * @param resources what is done to its resources, in the order in which it is done; the others run on
 */
public record ServiceChange(ServiceName service, Kind kind, int owner, String why, List<ResourceChange> resources) {
    /** What can be done to a service. */
    public enum Kind {
        /** Nothing of it stops or starts. */
        UNTOUCHED("is left alone"),
        /** All of it runs on and is told of new values. */
        RECONFIGURED("runs on and is told of its new values"),
        /** Some of its resources stop, start or restart, the others run on. */
        CHANGED("runs on, but for some of its resources"),
        /** All of it stops; then it is started by the rules for a service that nobody runs. */
        RESTARTED("restarts"),
        /** All of it stops, and so it stays. */
        STOPPED("stops"),
        /** All of it stops, and the cluster knows it no more. */
        REMOVED("stops and is gone"),
        /** The cluster knows it no more, and what runs of it runs on. */
        ABANDONED("is gone and runs on, looked after by nobody"),
        /** What may run of it is stopped on all members; then it is started if its rules let it. */
        ADDED("is new");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    public ServiceChange {
        why = why == null ? "" : why;
        resources = resources == null ? List.of() : List.copyOf(resources);
    }

    /** Whether anything that runs stops, be it for a moment. */
    public boolean interrupts() {
        return owner != 0 && switch (kind) {
            case UNTOUCHED, RECONFIGURED, ABANDONED, ADDED -> false;
            case RESTARTED, STOPPED, REMOVED -> true;
            case CHANGED -> resources.stream().anyMatch(r -> switch (r.deed()) {
                case STOP, RESTART -> true;
                case START, RECONFIGURE -> false;
            });
        };
    }

    /**
     * For people: a line of its own, and one for each resource that a part of the service is about.
     *
     * @param nodeName the name of a node; empty where it does not matter who it is
     */
    public List<String> lines(IntFunction<String> nodeName) {
        var lines = new ArrayList<String>();
        lines.add(service + where(nodeName) + " " + kind.words() + (why.isEmpty() ? "" : ": " + why));
        // Where all of it stops or starts there is nothing to tell apart.
        if (kind == Kind.CHANGED || kind == Kind.RECONFIGURED) {
            resources.forEach(r -> lines.add("  " + r.line()));
        }
        return lines;
    }

    private String where(IntFunction<String> nodeName) {
        if (owner == 0) {
            return kind == Kind.ADDED ? "" : " (not running)";
        }
        String name = nodeName.apply(owner);
        return name.isEmpty() ? "" : " on " + name;
    }
}
