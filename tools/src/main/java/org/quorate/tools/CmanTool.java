package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.quorate.api.cman.CmanReply;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;
import org.quorate.tools.cman.Changes;
import org.quorate.tools.cman.CmanDaemon;
import org.quorate.tools.cman.Deadline;
import org.quorate.tools.cman.Failure;
import org.quorate.tools.cman.Join;
import org.quorate.tools.cman.Leave;
import org.quorate.tools.cman.NodesText;
import org.quorate.tools.cman.Options;
import org.quorate.tools.cman.Reload;
import org.quorate.tools.cman.ServicesText;
import org.quorate.tools.cman.StatusText;
import org.quorate.wire.RefusedException;

/** {@code cman_tool}: lets this node join and leave the cluster, shows and changes membership. cman_tool(8). */
public final class CmanTool {
    private static final String NAME = "cman_tool";
    private static final String HELP = """
            Usage:

            cman_tool <join|leave|kill|expected|votes|version|wait|status|nodes|services|debug> [options]

            Options:
              -h               print this text
              -V               print the program's version

            join               start the membership daemon and join the cluster
              -w, -q           wait until this node is a member, until the cluster is quorate
              -t <seconds>     wait no longer than that; exit status 2 then
              -v <votes>       votes of this node
              -e <votes>       expected votes
              -2               two-node mode (with -e 1)
              -n, -o <name>    name of this node in cluster.conf
              -m <address>     multicast address
              -p <port>        UDP port
              -X               do not look for ccsd before
              -N <id>, -c <cluster>, -k <file>, -d[<mask>], -D[<policy>], -A, -P, -z, -i <x>, -C <x>
                               taken and of no effect
            leave [remove] [force]
              remove           the others lower their quorum
              force            leave even if a program still needs the cluster
              -w, -t           wait until it has left
            kill               -n <name> [-n <name>...]
            expected           -e <votes>
            votes              -v <votes> [-n <name>]
            wait               [-q] [-t <seconds>]
            status             print the state of the cluster
            nodes              print the nodes
              -a, -f           with addresses, with the last fencing
              -n <name>        only these
              -F <columns>     id,name,type,addr,votes,exp,state
            services           print the groups of this node's daemons
            debug              refused: cluster.conf has it, <logging debug="on"/>
            version            print the versions of cman and of cluster.conf
              -r               bring the cluster.conf of this node into use on all members
              -r <version>     tell all members that this version is in use now
              -S               with -r: the file has been distributed already

            Exit status: 0 success, 1 failure, 2 time limit reached.
            """;

    private final Paths paths;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final CmanDaemon cman;

    CmanTool(Paths paths, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.cman = new CmanDaemon(paths);
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CmanTool(Paths.ofSystem(), System.getenv(), System.out, System.err).run(List.of(args)));
    }

    int run(List<String> line) {
        try {
            var options = Options.parse(NAME, line);
            if (options.help()) {
                out.print(HELP);
            } else if (options.programVersion()) {
                out.println(NAME + " " + Daemon.VERSION);
                out.println("Free software under the Apache License 2.0");
            } else {
                perform(options);
            }
            return 0;
        } catch (Failure failure) {
            err.println(failure.line(NAME));
            return failure.status();
        } catch (IOException gone) {
            err.println(CmanDaemon.unreachable(gone).line(NAME));
            return 1;
        }
    }

    private void perform(Options options) throws Failure, IOException {
        switch (options.operation()) {
            case "join" -> new Join(paths, cman, environment, err).run(options);
            case "leave" -> new Leave(cman).run(options);
            case "kill" -> new Changes(cman, err).kill(options);
            case "expected" -> new Changes(cman, err).expected(options);
            case "votes" -> new Changes(cman, err).votes(options);
            case "version" -> new Reload(paths, cman, out).run(options);
            case "wait" -> cman.awaitMembership(options.awaitsQuorum(), Deadline.in(options.limit()));
            case "status" -> status();
            case "nodes" -> nodes(options);
            case "services" -> services();
            case "debug" -> debug();
            default -> throw new IllegalStateException(options.operation());
        }
    }

    private void status() throws Failure, IOException {
        try (var client = cman.connect()) {
            out.print(StatusText.of(client.status(), client.nodes()));
        } catch (RefusedException refused) {
            throw Failure.refused("can't get status", refused);
        }
    }

    private void nodes(Options options) throws Failure, IOException {
        List<CmanReply.Node> nodes;
        try (var client = cman.connect()) {
            nodes = client.nodes();
        } catch (RefusedException refused) {
            throw Failure.refused("cman_get_nodes failed", refused);
        }
        Set<String> wanted = new TreeSet<>(options.nodes());
        var shown = nodes.stream().filter(n -> wanted.isEmpty() || wanted.contains(n.name())).toList();
        out.print(options.columns().isPresent()
                ? NodesText.columns(shown, options.columns().get())
                : new NodesText(ZoneId.systemDefault(), options.fencing(), options.addresses()).table(shown));
    }

    private void services() throws Failure, IOException {
        try (var client = cman.connect()) {
            out.print(ServicesText.of(client.status()));
        } catch (RefusedException refused) {
            throw Failure.refused("can't get services", refused);
        }
    }

    private void debug() throws Failure, IOException {
        cman.connect().close();
        // The original ends with success here whatever comes of it; but nobody shall think that something did.
        err.println("setting debuglog failed: Function not implemented");
    }
}
