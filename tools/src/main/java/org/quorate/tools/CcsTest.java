package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.cman.CmanClient;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;
import org.quorate.tools.ccs.ConfQuery;
import org.quorate.tools.ccs.Descriptors;
import org.quorate.tools.words.Errno;
import org.quorate.wire.RefusedException;

/** {@code ccs_test}: asks ccsd for single values of the configuration, as scripts do. */
public final class CcsTest {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String HELP = """
            Usage:
              ccs_test [-h | -V] <command>

            Commands:
              connect [force] [block] [<cluster name>]   connect; needs quorum unless forced
              disconnect <desc>                          end a connection
              get <desc> <xpath>                         the first value, or the next when asked again
              get_list <desc> <xpath>                    the same, telling the end of the list
              set <desc> <path> <value>                  always refused: files are changed by ccs_tool
              get_state <desc>                           path and query before
              set_state <desc> <path>                    path for queries that do not begin with a slash

            Exit status: 0 success, 1 any failure.
            """;

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;
    private final Descriptors descriptors;

    CcsTest(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
        this.descriptors = new Descriptors(paths.runFolder().resolve("ccs_test"));
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CcsTest(Paths.ofSystem(), System.out, System.err).run(List.of(args)));
    }

    int run(List<String> words) {
        if (words.isEmpty()) {
            err.print(HELP);
            return 1;
        }
        if (words.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        String command = words.getFirst();
        List<String> arguments = words.subList(1, words.size());
        try {
            return switch (command) {
                case "-V" -> {
                    out.println("ccs_test " + Daemon.VERSION);
                    yield 0;
                }
                case "connect" -> connect(arguments);
                case "disconnect" -> arguments.isEmpty() ? tooFew() : disconnect(number(arguments));
                case "get" -> arguments.size() < 2 ? tooFew() : get("ccs_get", arguments, false);
                case "get_list" -> arguments.size() < 2 ? tooFew() : get("ccs_get", arguments, true);
                case "set" -> arguments.size() < 3 ? tooFew() : fail("ccs_set", Errno.ENOSYS);
                case "get_state" -> arguments.isEmpty() ? tooFew() : state(number(arguments));
                case "set_state" -> arguments.size() < 2 ? tooFew() : setState(number(arguments), arguments.get(1));
                default -> fail("Unknown command: " + command);
            };
        } catch (IOException failed) {
            return fail("ccs_" + command + " failed: " + Errno.inWords(failed));
        }
    }

    private int connect(List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(arguments);
        boolean force = words.remove("force");
        boolean block = words.remove("block");
        if (force) {
            out.println("Force is set.");
        }
        if (block) {
            out.println("Blocking is set.");
        }
        if (block && !force) {
            return fail("Blocking can only be used with \"force\".");
        }
        if (!words.isEmpty() && !force) {
            return fail("A cluster name can only be specified when using 'force'.");
        }
        words.stream().findFirst().ifPresent(name -> out.println("Setting cluster name to " + name));
        if (!force && !quorate()) {
            return fail("ccs_connect", Errno.ECONNREFUSED);
        }
        Element root = block ? awaited() : configuration();
        if (!words.isEmpty() && !root.attribute("name", "").equals(words.getFirst())) {
            return fail("ccs_connect", Errno.EINVAL);
        }
        OptionalInt descriptor = descriptors.open(System.currentTimeMillis());
        if (descriptor.isEmpty()) {
            return fail("ccs_connect", Errno.EAGAIN);
        }
        out.println("Connect successful.\n Connection descriptor = " + descriptor.getAsInt());
        return 0;
    }

    private boolean quorate() {
        try (var cmand = CmanClient.connect(paths, "ccs_test")) {
            return cmand.status().present().quorate();
        } catch (IOException | RefusedException notThere) {
            return false;
        }
    }

    private Element configuration() throws IOException {
        try (CcsClient client = CcsClient.connect(paths, "ccs_test")) {
            return ClusterFile.parse(client.document().document()).root()
                    .orElseThrow(() -> new IOException(Errno.ENODATA.words()));
        }
    }

    /** The configuration as soon as there is one. */
    private Element awaited() throws IOException {
        while (true) {
            try {
                return configuration();
            } catch (IOException notYet) {
                try {
                    Thread.sleep(RETRY);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw notYet;
                }
            }
        }
    }

    private int disconnect(int descriptor) throws IOException {
        if (!descriptors.close(descriptor, System.currentTimeMillis())) {
            return fail("ccs_disconnect failed: Invalid request descriptor");
        }
        out.println("Disconnect successful.");
        return 0;
    }

    private int get(String name, List<String> arguments, boolean list) throws IOException {
        int descriptor = number(arguments);
        Optional<Descriptors.State> state = descriptors.look(descriptor, System.currentTimeMillis());
        if (state.isEmpty()) {
            return fail(name + " failed: Invalid request descriptor");
        }
        String query = arguments.get(1);
        String path = state.get().path();
        boolean relative = !query.startsWith("/") && !path.isEmpty();
        List<String> found;
        try {
            found = new ConfQuery(configuration()).texts(relative ? path + "/" + query : query);
        } catch (IllegalArgumentException wrong) {
            return fail(name, Errno.EINVAL);
        }
        int next = state.get().query().equals(query) ? state.get().index() + 1 : 0;
        // The list ends once, then begins again; without a list the first value follows the last.
        boolean ended = list && next == found.size() && !found.isEmpty();
        int index = next < found.size() ? next : ended ? -1 : 0;
        descriptors.remember(descriptor, new Descriptors.State(path, query, index), System.currentTimeMillis());
        if (found.isEmpty()) {
            return fail(name, Errno.ENODATA);
        }
        out.println("Get successful.\n Value = <" + (ended ? "(null)" : found.get(index)) + ">");
        return 0;
    }

    private int state(int descriptor) throws IOException {
        Optional<Descriptors.State> state = descriptors.look(descriptor, System.currentTimeMillis());
        if (state.isEmpty()) {
            return fail("ccs_get_state failed: Invalid request descriptor");
        }
        out.println("Get state successful.\n Current working path: " + state.get().path()
                + "\n Previous query      : " + state.get().query());
        return 0;
    }

    private int setState(int descriptor, String path) throws IOException {
        long now = System.currentTimeMillis();
        if (descriptors.look(descriptor, now).isEmpty()) {
            return fail("ccs_set_state failed: Invalid request descriptor");
        }
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        descriptors.remember(descriptor, new Descriptors.State(prefix, "", -1), now);
        out.println("Set state successful.");
        return 0;
    }

    /** What is no number is the descriptor of nothing. */
    private static int number(List<String> arguments) {
        String text = arguments.getFirst();
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    private int tooFew() {
        return fail("Wrong number of arguments.");
    }

    private int fail(String command, Errno why) {
        return fail(command + " failed: " + why.words());
    }

    private int fail(String message) {
        err.println(message);
        return 1;
    }
}
