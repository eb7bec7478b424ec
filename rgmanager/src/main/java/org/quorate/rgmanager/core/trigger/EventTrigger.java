package org.quorate.rgmanager.core.trigger;

import java.time.Duration;
import java.util.Optional;

/**
 * What runs a script.
 *
 * @param name     as configured
 * @param priority 1 to 100; lower ones run first
 * @param subject  which events run it
 * @param script   what is run
 * @param limit    how long the script may be silent before it is ended
 */
public record EventTrigger(String name, int priority, Subject subject, Script script, Duration limit) {
    /** Which events a trigger is for. */
    public sealed interface Subject {
        /** Any event. */
        record Any() implements Subject {}

        /**
         * A node that comes or goes; what is left out matches anything.
         *
         * @param nodeId of the node
         * @param state  1 for up, 0 for down
         * @param clean  whether it left in order, or was fenced
         * @param local  whether it is the node that runs the script
         */
        record Node(Optional<Integer> nodeId, Optional<Integer> state, Optional<Boolean> clean,
                Optional<Boolean> local) implements Subject {}

        /**
         * A service whose state changes; what is left out matches anything.
         *
         * @param service {@code TYPE:NAME}
         * @param state   as clustat says it
         * @param owner   name of a node
         */
        record Service(Optional<String> service, Optional<String> state, Optional<String> owner) implements Subject {}
    }

    /** What is run. */
    public sealed interface Script {
        /** The rules that are built in. */
        record BuiltIn() implements Script {}

        /** A file. */
        record InFile(String path) implements Script {}

        /** The element's own text. */
        record Inline(String text) implements Script {}
    }

    /** As rg_test prints it, below the line of its priority. */
    String listing() {
        String when = switch (subject) {
            case Subject.Any _ -> "(Any event)";
            case Subject.Node(var id, var state, _, _) -> "Node " + id.orElse(-1) + " State " + state.orElse(-1);
            case Subject.Service(var service, var state, _) ->
                    "RG " + service.orElse("") + " State "
                            + state.filter(EventTriggers.STATES::contains).orElse("Unknown");
        };
        String what = switch (script) {
            case Script.BuiltIn _ -> "File: /usr/share/cluster/default_event_script.sl";
            case Script.InFile(var path) -> "File: " + path;
            case Script.Inline _ -> "Inline script.";
        };
        return "  Name: " + name + "\n    " + when + "\n    " + what + "\n";
    }
}
