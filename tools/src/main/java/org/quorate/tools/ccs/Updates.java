package org.quorate.tools.ccs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterEdit;
import org.quorate.config.ClusterFile;
import org.quorate.config.ClusterReading;
import org.quorate.system.Paths;
import org.quorate.tools.words.Errno;
import org.quorate.wire.RefusedException;

/** {@code ccs_tool update} and {@code rollback}: bring a configuration into force on all members or on none. */
public final class Updates {
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final String DRY_RUN = "--dry-run";

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;

    /** Prints there. */
    public Updates(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
    }

    /**
     * {@code update [--dry-run] FILE}.
     *
     * @param verbose whether each member is named
     */
    public int update(List<String> arguments, boolean verbose) {
        var words = arguments.stream().filter(word -> !word.equals(DRY_RUN)).toList();
        if (words.isEmpty()) {
            return fail("Too few arguments.\nTry 'ccs_tool help' for help.");
        }
        if (words.getFirst().startsWith("-")) {
            return fail("Unknown option, " + words.getFirst() + ".\nTry 'ccs_tool help' for help.");
        }
        boolean rehearsed = arguments.contains(DRY_RUN);
        int status = update(Path.of(words.getFirst()), verbose, rehearsed);
        if (status != SUCCESS && !rehearsed) {
            err.println("\nFailed to update config file.");
        }
        return status;
    }

    private int update(Path file, boolean verbose, boolean rehearsed) {
        byte[] bytes;
        try {
            bytes = ClusterFile.bytes(file);
        } catch (IOException unreadable) {
            IOException why = unreadable.getCause() instanceof IOException cause ? cause : unreadable;
            return fail("Unable to parse " + file.toAbsolutePath() + ": " + Errno.inWords(why));
        }
        ClusterReading reading = ClusterConfig.read(bytes).toStart();
        if (reading.config().isEmpty()) {
            reading.errors().forEach(problem -> err.println(problem.line(file.toString())));
            return fail("Unable to parse " + file.toAbsolutePath());
        }
        if (rehearsed) {
            reading.problems().forEach(problem -> out.println(problem.line(file.toString())));
        }
        return withDaemon(client -> {
            var current = client.document();
            int proposed = reading.config().get().version();
            if (proposed <= current.version()) {
                err.println("Proposed updated config file does not have greater version number.\n"
                        + "  Current config_version :: " + current.version() + "\n"
                        + "  Proposed config_version:: " + proposed);
                if (proposed == current.version() && !Arrays.equals(current.document(), bytes)) {
                    err.println(otherContent(client, current.version(), file));
                }
                return FAILURE;
            }
            return rehearsed ? new Rehearsal(paths, out).run(client, current, bytes)
                    : bringIntoForce(client, bytes, verbose, "update");
        });
    }

    /** Two administrators have raised the same number. */
    private static String otherContent(CcsClient client, int version, Path file) throws IOException {
        var whose = client.history().stream().filter(one -> one.version() == version).reduce((_, later) -> later)
                .map(HistoryText::origin).orElse("");
        return "Version " + version + " is in force with other content" + (whose.isEmpty() ? "" : ", " + whose)
                + ".\n'ccs_tool diff active " + file + "' shows what differs; give this file config_version "
                + (version + 1) + ".";
    }

    /** {@code rollback [--dry-run] N}: the configuration of version N under a new, higher number. */
    public int rollback(List<String> arguments) {
        var words = arguments.stream().filter(word -> !word.equals(DRY_RUN)).toList();
        if (words.isEmpty()) {
            return fail("Too few arguments.\nTry 'ccs_tool help' for help.");
        }
        if (!words.getFirst().matches("[0-9]{1,9}")) {
            return fail(words.getFirst() + " is no version.\nccs_tool history shows which there are.");
        }
        return withDaemon(client -> {
            var current = client.document();
            var wanted = client.version(words.getFirst());
            if (wanted.version() == current.version()) {
                return fail("Version " + wanted.version() + " is in force.");
            }
            var edit = ClusterEdit.of(wanted.document())
                    .orElseThrow(() -> new IOException("version " + wanted.version() + " is damaged"));
            edit.set(edit.root(), "config_version", Integer.toString(current.version() + 1));
            var bytes = edit.bytes();
            return arguments.contains(DRY_RUN) ? new Rehearsal(paths, out).run(client, current, bytes)
                    : bringIntoForce(client, bytes, false, "rollback to version " + wanted.version());
        });
    }

    private int bringIntoForce(CcsClient client, byte[] bytes, boolean verbose, String how)
            throws IOException, RefusedException {
        var updated = client.update(new CcsRequest.Update(bytes, Login.ofCaller(), how));
        if (verbose) {
            updated.nodes().forEach(node -> out.println("Processing node: " + node));
        }
        out.println("Config file updated from version " + updated.from() + " to " + updated.to());
        updated.troubles().forEach(trouble ->
                err.println("Warning: version " + updated.to() + " is in force but not on the disk of " + trouble));
        tellCman(updated);
        out.println("\nUpdate complete.");
        return SUCCESS;
    }

    /** As RHEL 5 did; cman hears of it from ccsd too, but who asks cman next shall find the new version. */
    private void tellCman(CcsReply.Updated updated) {
        try {
            CmanNews.tell(paths, updated.to());
        } catch (RefusedException refused) {
            err.println("Failed to tell cman of new version number: " + refused.getMessage());
        } catch (IOException gone) {
            err.println("Failed to tell cman of new version number: " + Errno.inWords(gone));
        }
    }

    private interface Conversation {
        int with(CcsClient client) throws IOException, RefusedException;
    }

    private int withDaemon(Conversation conversation) {
        try (var client = CcsClient.connect(paths, "ccs_tool")) {
            return answer(conversation, client);
        } catch (IOException missing) {
            return fail("Unable to connect to the CCS daemon: " + Errno.inWords(missing));
        }
    }

    private int answer(Conversation conversation, CcsClient client) {
        try {
            return conversation.with(client);
        } catch (RefusedException refused) {
            return fail(refused.getMessage());
        } catch (IOException gone) {
            return fail("Unable to get an answer of the CCS daemon: " + Errno.inWords(gone));
        }
    }

    private int fail(String message) {
        err.println(message);
        return FAILURE;
    }
}
