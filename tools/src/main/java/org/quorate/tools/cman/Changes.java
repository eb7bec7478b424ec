package org.quorate.tools.cman;

import java.io.IOException;
import java.io.PrintStream;
import org.quorate.api.cman.CmanRequest;
import org.quorate.tools.words.Errno;
import org.quorate.wire.RefusedException;

/** {@code cman_tool kill}, {@code expected} and {@code votes}. */
public final class Changes {
    private final CmanDaemon daemon;
    private final PrintStream err;

    /**
     * Asked of this daemon.
     *
     * @param err where those nodes are told that cannot be killed
     */
    public Changes(CmanDaemon daemon, PrintStream err) {
        this.daemon = daemon;
        this.err = err;
    }

    /**
     * Kills each node; one that cannot be is told and does not stop the others, nor change the exit status.
     *
     * @throws Failure when no node is named
     */
    public void kill(Options options) throws Failure, IOException {
        if (options.nodes().isEmpty()) {
            throw Failure.of("No node name specified\n");
        }
        try (var client = daemon.connect()) {
            for (String node : options.nodes()) {
                try {
                    client.ask(new CmanRequest.Kill(node));
                } catch (RefusedException refused) {
                    String reason = Errno.inWords(refused.refused());
                    err.println(refused.refused().code().equals(Errno.ENOENT.name())
                            ? "Can't kill node " + node + " : " + reason
                            : "kill node failed: " + reason);
                }
            }
        }
    }

    /**
     * Lets the cluster expect so many votes; without a number it is asked for 0, which is refused.
     *
     * @throws Failure when it is refused
     */
    public void expected(Options options) throws Failure, IOException {
        try (var client = daemon.connect()) {
            client.ask(new CmanRequest.SetExpectedVotes(options.expected().orElse(0)));
        } catch (RefusedException refused) {
            throw Failure.refused("can't set expected votes", refused);
        }
    }

    /**
     * Gives a node other votes.
     *
     * @throws Failure when it is refused
     */
    public void votes(Options options) throws Failure, IOException {
        if (options.votes().isEmpty()) {
            // The original takes the votes away then.
            throw Failure.of("can't set votes: " + Errno.EINVAL.words());
        }
        String node = options.nodes().stream().findFirst().orElse("");
        try (var client = daemon.connect()) {
            if (!node.isEmpty() && client.nodes().stream().noneMatch(n -> n.name().equals(node))) {
                throw Failure.of("Can't set votes for node " + node + " : " + Errno.ENOENT.words() + "\n");
            }
            client.ask(new CmanRequest.SetVotes(node, options.votes().getAsInt()));
        } catch (RefusedException refused) {
            throw Failure.refused("can't set votes", refused);
        }
    }
}
