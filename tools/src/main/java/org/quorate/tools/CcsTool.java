package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.quorate.daemon.Daemon;
import org.quorate.system.AtomicFile;
import org.quorate.system.Paths;
import org.quorate.tools.ccs.Edits;
import org.quorate.tools.ccs.Queries;
import org.quorate.tools.ccs.Records;
import org.quorate.tools.ccs.Updates;
import org.quorate.tools.words.Errno;
import org.quorate.wire.ClusterKey;
import org.quorate.wire.ClusterKeyException;

/** {@code ccs_tool}: changes cluster.conf, brings it into force, makes the cluster key, shows versions. ccs_tool(8). */
public final class CcsTool {
    private static final String HELP = """
            Usage:
              ccs_tool [-h | -V | -verbose] <command> [command options]

            Commands:
              help                 this text
              update <xml file>    bring a newer configuration into force on all members, or on none;
                                   with --dry-run only show who would take it and what would change
              rollback <version>   bring an earlier configuration into force again, under a new version;
                                   --dry-run as above
              status               show what each node has on the disk, in force and agreed on
              history [-d]         show which configurations were in force here, since when, by whom; -d: with diffs
              diff <a> [<b>]       show what differs between two of them; active, disk or a file will do, too
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
    private final Updates updates;
    private final Records records;
    private final Edits edits;

    CcsTool(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
        this.updates = new Updates(paths, out, err);
        this.records = new Records(paths, out, err);
        this.edits = new Edits(paths, out, err,
                () -> updates.update(List.of(paths.clusterConf().toString()), false));
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
            case "update" -> updates.update(arguments, verbose);
            case "upgrade" -> fail("The specified device does not contain a CCS archive.\n\n"
                    + "Failed to upgrade CCS configuration information.");
            case "rollback" -> updates.rollback(arguments);
            case "status" -> records.status();
            case "history" -> records.history(arguments);
            case "diff" -> records.diff(arguments);
            case "genkey" -> generateKey(arguments.isEmpty() ? paths.authKey() : Path.of(arguments.getFirst()));
            case "query" -> Queries.run(paths, arguments, out, err);
            default -> edits.knows(command) ? edits.run(command, arguments)
                    : fail("Unknown command, " + command + ".\nTry 'ccs_tool help' for help.");
        };
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
            return fail(faultOf(file).orElse(file + " exists; remove it first if all nodes shall have a new key"));
        } catch (IOException failed) {
            return fail("Unable to write " + file + ": " + Errno.inWords(failed));
        }
    }

    /** What the daemons would say of a key that is there. */
    private static Optional<String> faultOf(Path key) {
        try {
            ClusterKey.read(key);
            return ClusterKey.exposure(key);
        } catch (ClusterKeyException unusable) {
            return Optional.of(unusable.getMessage());
        }
    }

    private int fail(String message) {
        err.println(message);
        return 1;
    }
}
