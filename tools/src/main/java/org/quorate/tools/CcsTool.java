package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterFile;
import org.quorate.config.ClusterReading;
import org.quorate.daemon.Daemon;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;
import org.quorate.tools.ccs.Edits;
import org.quorate.tools.ccs.Queries;
import org.quorate.tools.words.Errno;
import org.quorate.wire.ClusterKey;
import org.quorate.wire.RefusedException;

/** {@code ccs_tool}: changes cluster.conf, brings it into force, makes the cluster key, shows versions. ccs_tool(8). */
public final class CcsTool {
    private static final String HELP = """
            Usage:
              ccs_tool [-h | -V | -verbose] <command> [command options]

            Commands:
              help                 this text
              update <xml file>    bring a newer configuration into force on all members, or on none
              status               show the version in force, on the disk, and of each member
              genkey [file]        make the cluster key; default /etc/cluster/authkey
              query [-n] <xpath>...  values of the configuration in force, or of the file where no ccsd runs

            Commands that show or change a file, leaving all else in it as it was written (-h shows their options):
              create               a new file to go on from
              lsnode, addnode, delnode, addnodeids
              lsfence, addfence, delfence
              lsservice, addservice, delservice
              lsfdomains, addfdomain, delfdomain
              lsscript, addscript, delscript
              lsip, addip, delip
              lsfs, addfs, delfs

            Exit status: 0 success, 1 any failure.
            """;

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;
    private final Edits edits;

    CcsTool(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
        this.edits = new Edits(paths, out, err, () -> update(paths.clusterConf(), false));
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CcsTool(Paths.ofSystem(), System.out, System.err).run(List.of(args)));
    }

    int run(List<String> words) {
        boolean verbose = !words.isEmpty() && words.getFirst().equals("-verbose");
        var rest = verbose ? words.subList(1, words.size()) : words;
        String command = rest.isEmpty() ? "help" : rest.getFirst();
        var arguments = rest.isEmpty() ? rest : rest.subList(1, rest.size());
        return switch (command) {
            case "help", "-h", "--help" -> {
                out.print(HELP);
                yield 0;
            }
            case "-V" -> {
                out.println("ccs_tool " + Daemon.VERSION);
                yield 0;
            }
            case "update" -> arguments.isEmpty() ? tooFew() : update(Path.of(arguments.getFirst()), verbose);
            case "status" -> status();
            case "genkey" -> generateKey(arguments.isEmpty() ? paths.authKey() : Path.of(arguments.getFirst()));
            case "query" -> Queries.run(paths, arguments, out, err);
            default -> edits.knows(command) ? edits.run(command, arguments)
                    : fail("Unknown command, " + command + ".\nTry 'ccs_tool help' for help.");
        };
    }

    private int tooFew() {
        return fail("Too few arguments.\nTry 'ccs_tool help' for help.");
    }

    private int update(Path file, boolean verbose) {
        int status = tryUpdate(file, verbose);
        if (status != 0) {
            err.println("\nFailed to update config file.");
        }
        return status;
    }

    private int tryUpdate(Path file, boolean verbose) {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(ClusterFile.LARGEST + 1);
        } catch (IOException unreadable) {
            return fail("Unable to parse " + file.toAbsolutePath() + ": " + Errno.inWords(unreadable));
        }
        ClusterReading reading = ClusterConfig.read(bytes).toStart();
        if (reading.config().isEmpty()) {
            reading.errors().forEach(problem -> err.println(problem.line(file.toString())));
            return fail("Unable to parse " + file.toAbsolutePath());
        }
        return bringIntoForce(bytes, reading.config().get().version(), verbose);
    }

    private int bringIntoForce(byte[] bytes, int proposed, boolean verbose) {
        Optional<CcsClient> ccsd = connect();
        if (ccsd.isEmpty()) {
            return 1;
        }
        try (var client = ccsd.get()) {
            int current = client.document().version();
            if (proposed <= current) {
                return fail("Proposed updated config file does not have greater version number.\n"
                        + "  Current config_version :: " + current + "\n"
                        + "  Proposed config_version:: " + proposed);
            }
            var updated = client.update(bytes);
            if (verbose) {
                updated.nodes().forEach(node -> out.println("Processing node: " + node));
            }
            out.println("Config file updated from version " + updated.from() + " to " + updated.to());
            out.println("\nUpdate complete.");
            return 0;
        } catch (RefusedException refused) {
            return fail(refused.getMessage());
        } catch (IOException gone) {
            return fail("Unable to get an answer of the CCS daemon: " + Errno.inWords(gone));
        }
    }

    private int status() {
        Optional<CcsClient> ccsd = connect();
        if (ccsd.isEmpty()) {
            return 1;
        }
        try (var client = ccsd.get()) {
            var status = client.status();
            out.println("Cluster Name: " + status.cluster());
            out.println("Version in force: " + status.active());
            out.println("Version on disk: " + (status.onDisk() < 0 ? "unusable" : status.onDisk()));
            for (var member : status.members()) {
                out.println("Member " + member.node() + ": "
                        + (member.version() < 0 ? "not said yet" : member.version()));
            }
            return 0;
        } catch (IOException gone) {
            return fail("Unable to get an answer of the CCS daemon: " + Errno.inWords(gone));
        }
    }

    private Optional<CcsClient> connect() {
        try {
            return Optional.of(CcsClient.connect(paths, "ccs_tool"));
        } catch (IOException missing) {
            fail("Unable to connect to the CCS daemon: " + Errno.inWords(missing));
            return Optional.empty();
        }
    }

    private int generateKey(Path file) {
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            var key = ClusterKey.generate();
            AtomicFile.write(file, key, 0400);
            Arrays.fill(key, (byte) 0);
            out.println(file + " made; copy it to the same place on every other node");
            return 0;
        } catch (FileAlreadyExistsException there) {
            return fail(file + " exists; remove it first if all nodes shall have a new key");
        } catch (IOException failed) {
            return fail("Unable to write " + file + ": " + Errno.inWords(failed));
        }
    }

    private int fail(String message) {
        err.println(message);
        return 1;
    }
}
