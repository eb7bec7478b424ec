package org.quorate.tools.cman;

import java.io.IOException;
import java.io.PrintStream;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.cman.CmanRequest;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/** {@code cman_tool version}, which prints, and {@code version -r}, which brings a configuration into use. */
public final class Reload {
    private final Paths paths;
    private final CmanDaemon daemon;
    private final PrintStream out;

    /**
     * Asked of this daemon, and of the ccsd of this node.
     *
     * @param out where the versions are printed
     */
    public Reload(Paths paths, CmanDaemon daemon, PrintStream out) {
        this.paths = paths;
        this.daemon = daemon;
        this.out = out;
    }

    /**
     * Prints, or brings into use.
     *
     * @throws Failure when that fails
     */
    public void run(Options options) throws Failure, IOException {
        if (options.reload()) {
            activate(options);
        } else {
            print();
        }
    }

    private void print() throws Failure, IOException {
        try (var client = daemon.connect()) {
            out.println(StatusText.PROTOCOL + " config " + client.status().configVersion());
        } catch (RefusedException refused) {
            throw Failure.refused("can't get version", refused);
        }
    }

    private void activate(Options options) throws Failure, IOException {
        try (var client = daemon.connect()) {
            if (options.reloadVersion() == 0 && !options.noDistribution()) {
                distribute();
            }
            client.ask(new CmanRequest.ActivateConfiguration(options.reloadVersion()));
        } catch (RefusedException refused) {
            throw Failure.refused("can't set version", refused);
        }
    }

    /** What stands in this node's file comes to all members before it is used, or to none. */
    private void distribute() throws Failure {
        try (var ccsd = CcsClient.connect(paths, "cman_tool")) {
            var status = ccsd.status();
            if (status.onDisk() >= 0 && status.onDisk() < status.active()) {
                throw Failure.of("Not reloading, config version older or equal the running config");
            }
            ccsd.reload();
        } catch (RefusedException refused) {
            throw Failure.of(refused.getMessage() + "\ncman_tool: Not reloading, configuration is not valid");
        } catch (IOException gone) {
            throw Failure.of("Error loading configuration in corosync/cman");
        }
    }
}
