package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterEdit;
import org.quorate.config.ClusterFile;
import org.quorate.daemon.Daemon;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;
import org.quorate.tools.ccs.Updates;
import org.quorate.tools.words.Errno;

/** {@code ccs_sync}: brings cluster.conf to all members, as the program of ricci's package did. ccs_sync(8). */
public final class CcsSync {
    private static final int MODE = 0640;
    private static final String HELP = """
            Usage:
              ccs_sync [options] [host...]

            Brings cluster.conf into force on all members or on none, as 'ccs_tool update' does. A file that is in
            force already is left alone.

            Options:
              -f <file>           this file; default /etc/cluster/cluster.conf
              -i                  raise its config_version first
              -w                  warnings are failures
              -c <folder>, -p <port>   accepted and ignored: ccsd brings it to the others
              -h, -V              this text, version

            Hosts are only looked up in the file: all members get it, or none does.

            Exit status: 0 success, 1 any failure.
            """;

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;

    CcsSync(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CcsSync(Paths.ofSystem(), System.out, System.err).run(List.of(args)));
    }

    int run(List<String> words) {
        String file = paths.clusterConf().toString();
        boolean raise = false;
        boolean strict = false;
        List<String> hosts = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            if (List.of("-f", "-c", "-p").contains(word) && rest.isEmpty()) {
                return fail("option requires an argument -- '" + word.charAt(1) + "'");
            }
            switch (word) {
                case "-h", "--help" -> {
                    out.print(HELP);
                    return 0;
                }
                case "-V" -> {
                    out.println("ccs_sync " + Daemon.VERSION);
                    return 0;
                }
                case "-f" -> file = rest.pop();
                case "-c", "-p" -> rest.pop();
                case "-i" -> raise = true;
                case "-w" -> strict = true;
                default -> {
                    if (word.startsWith("-")) {
                        return fail("invalid option -- '" + word.replaceFirst("^-", "") + "'\nTry -h");
                    }
                    hosts.add(word);
                }
            }
        }
        return sync(file, raise, hosts, strict);
    }

    private int sync(String file, boolean raise, List<String> hosts, boolean strict) {
        try {
            byte[] bytes = ClusterFile.bytes(Path.of(file));
            Optional<ClusterEdit> edit = ClusterEdit.of(bytes);
            if (edit.isEmpty()) {
                return fail("Unable to parse " + file + "; ccs_config_validate -f " + file + " tells why");
            }
            boolean strangers = strangers(hosts, edit.get());
            if (raise) {
                bytes = raised(edit.get());
                AtomicFile.write(Path.of(file), bytes, MODE);
            }
            int status = inForce(bytes) ? 0 : new Updates(paths, out, err).update(List.of(file), false);
            return status == 0 && strangers && strict ? 1 : status;
        } catch (IOException failed) {
            return fail(failed.getMessage());
        }
    }

    private boolean strangers(List<String> hosts, ClusterEdit edit) {
        List<String> nodes = edit.root().child("clusternodes").stream().flatMap(e -> e.children("clusternode"))
                .flatMap(node -> node.attribute("name").stream()).toList();
        List<String> strangers = hosts.stream().filter(host -> !nodes.contains(host)).toList();
        strangers.forEach(host -> err.println("Warning: " + host + " is no clusternode; it does not get the file"));
        return !strangers.isEmpty();
    }

    private static byte[] raised(ClusterEdit edit) throws IOException {
        String version = edit.root().attribute("config_version", "");
        if (!version.matches("[0-9]{1,9}")) {
            throw new IOException("config_version is not a valid integer.");
        }
        edit.set(edit.root(), "config_version", Integer.toString(Integer.parseInt(version) + 1));
        return edit.bytes();
    }

    private boolean inForce(byte[] bytes) throws IOException {
        try (CcsClient client = CcsClient.connect(paths, "ccs_sync")) {
            return Arrays.equals(client.document().document(), bytes);
        } catch (IOException missing) {
            throw new IOException("Unable to connect to the CCS daemon: " + Errno.inWords(missing), missing);
        }
    }

    private int fail(String message) {
        err.println("ccs_sync: " + message);
        return 1;
    }
}
