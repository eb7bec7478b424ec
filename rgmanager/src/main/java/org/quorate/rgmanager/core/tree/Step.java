package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a walk wants next from the one who drives it. */
public sealed interface Step {
    /**
     * An agent is to be run; the walk waits for {@link OperationEnded}.
     *
     * @param node        path of the tree node, for display
     * @param agent       file name of the agent in the folder of agents, or its full path
     * @param type        of the resource
     * @param name        of the resource
     * @param operation   first argument of the agent
     * @param arguments   further arguments
     * @param depth       of a status check, else 0
     * @param environment all of it: agents inherit nothing
     * @param timeout     after which the agent is killed and the operation has failed; zero is never
     */
    record RunAgent(String node, String agent, String type, String name, String operation, List<String> arguments,
            int depth, Map<String, String> environment, Duration timeout) implements Step {
        public RunAgent {
            arguments = List.copyOf(arguments);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        }

        /**
         * The call of an operation of a node's resource.
         *
         * @param depth     of a status check, else 0
         * @param arguments behind the operation's name, as {@code migrate} has one
         * @return empty if the agent does not declare the operation with that depth; it then counts as done
         */
        public static Optional<RunAgent> of(TreeNode node, String operation, int depth, String... arguments) {
            Resource resource = node.resource();
            return resource.action(operation, depth).map(action -> new RunAgent(node.path(),
                    resource.rule().agent(), resource.type(), resource.name(),
                    resource.rule().api().word(operation), List.of(arguments), depth,
                    AgentEnvironment.of(node, action), action.limit(node.enforceTimeouts())));
        }

        /** What rg_test prints in its place where nothing is to be run. */
        public String line() {
            return "[" + operation + "] " + type + ":" + name;
        }

        /** What is logged where the agent ends with something other than 0. */
        public String failure(int exitCode) {
            return operation + " on " + type + " \"" + name + "\" returned " + exitCode + " ("
                    + AgentExit.text(exitCode) + ")";
        }
    }

    /** Something is to be said; then the walk is to be continued. */
    record Announce(String line) implements Step {}

    /** Something is to be complained about; then the walk is to be continued. */
    record Complain(String line) implements Step {}

    /** Another walk is starting or stopping this resource; this one is to be continued once that has ended. */
    record Wait(String resource) implements Step {}

    /** The walk is over. */
    record Finished(WalkResult result) implements Step {}

    /**
     * The answer to {@link RunAgent}.
     *
     * @param node     path of the tree node, as asked
     * @param exitCode of the agent; not 0 if it could not be run, was killed or took too long
     */
    record OperationEnded(String node, int exitCode) {}
}
