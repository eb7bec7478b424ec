package org.quorate.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.quorate.agents.OcfFolder;
import org.quorate.agents.OcfProblems;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterFile;
import org.quorate.config.ClusterValidation;
import org.quorate.config.Problem;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;
import org.quorate.tools.words.Errno;

/** {@code ccs_config_validate}: tells everything that is wrong with a cluster.conf, all at once. */
public final class CcsConfigValidate {
    private static final int MALFORMED = 1;
    private static final int INVALID = 3;
    private static final int NO_NEW_VERSION = 253;
    private static final int NOT_NEWER = 254;
    private static final int USAGE = 255;

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;

    CcsConfigValidate(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
    }

    /** Runs it. */
    public static void main(String[] args) {
        // Buffered: a file can have thousands of findings.
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false,
                System.out.charset());
        int status = new CcsConfigValidate(Paths.ofSystem(), out, System.err).run(List.of(args));
        out.flush();
        System.exit(status);
    }

    int run(List<String> words) {
        ValidateOptions options;
        try {
            options = ValidateOptions.parse(words);
        } catch (IllegalArgumentException wrong) {
            err.println("Error: " + wrong.getMessage());
            return USAGE;
        }
        return switch (options.action()) {
            case HELP -> {
                out.print(ValidateOptions.HELP);
                yield 0;
            }
            case VERSION -> {
                out.println("ccs_config_validate version " + Daemon.VERSION);
                yield 0;
            }
            case VALIDATE -> validate(options);
        };
    }

    private int validate(ValidateOptions options) {
        String name = options.running() ? "running" : options.file().orElse(paths.clusterConf().toString());
        tell(options, "Configuration: " + name);
        ClusterFile file;
        try {
            file = options.running() ? running() : ClusterFile.read(Path.of(name));
        } catch (IOException none) {
            err.println("Unable to get the configuration: " + Errno.inWords(none));
            return USAGE;
        }
        if (file.problems().stream().anyMatch(problem -> problem.code().equals("unreadable"))) {
            file.problems().forEach(problem -> err.println(problem.line(name)));
            err.println("Unable to get the configuration");
            return USAGE;
        }
        tell(options, "Validating..");
        ClusterValidation validation = ClusterValidation.of(file)
                .and(file.root().map(root -> OcfProblems.of(root, OcfFolder.of(paths))).orElse(List.of()));
        int status = status(file, validation, options);
        if (options.json()) {
            json(name, validation);
        } else {
            print(name, validation, options);
        }
        return status;
    }

    private ClusterFile running() throws IOException {
        try (CcsClient client = CcsClient.connect(paths, "ccs_config_validate")) {
            return ClusterFile.parse(client.document().document());
        }
    }

    private int status(ClusterFile file, ClusterValidation validation, ValidateOptions options) {
        if (!validation.accepted()) {
            return file.root().isEmpty() ? MALFORMED : INVALID;
        }
        if (options.newerThan().isEmpty()) {
            return 0;
        }
        int version = validation.config().orElseThrow().version();
        int old = options.newerThan().getAsInt();
        tell(options, "Old version: " + old + "   New version: " + version);
        if (version < 1) {
            err.println("Error: Unable to determine new config version!");
            return NO_NEW_VERSION;
        }
        if (version <= old) {
            err.println("Error: Configuration version is older than running config!");
            return NOT_NEWER;
        }
        return 0;
    }

    private void print(String name, ClusterValidation validation, ValidateOptions options) {
        for (Problem problem : validation.problems()) {
            if (problem.severity() != Problem.Severity.NOTICE || options.verbose()) {
                out.println(problem.line(name));
            }
        }
        tell(options, "Validation completed");
        if (!validation.accepted()) {
            out.println("Configuration fails to validate");
        } else if (!options.quiet()) {
            out.println("Configuration validates");
        }
    }

    private void tell(ValidateOptions options, String line) {
        if (options.verbose() && !options.json()) {
            out.println(line);
        }
    }

    private void json(String name, ClusterValidation validation) {
        try (JsonGenerator to = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            to.writeStartObject();
            to.writeStringField("file", name);
            to.writeBooleanField("valid", validation.accepted());
            if (validation.config().isPresent()) {
                to.writeStringField("cluster", validation.config().get().name());
                to.writeNumberField("config_version", validation.config().get().version());
            }
            to.writeArrayFieldStart("problems");
            for (Problem problem : validation.problems()) {
                to.writeStartObject();
                to.writeNumberField("line", problem.at().line());
                to.writeNumberField("column", problem.at().column());
                to.writeStringField("severity", problem.severity().toString());
                to.writeStringField("code", problem.code());
                to.writeStringField("what", problem.what());
                to.writeStringField("remedy", problem.remedy());
                to.writeEndObject();
            }
            to.writeEndArray();
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("a stream that keeps its failures to itself has one", impossible);
        }
        out.println();
    }
}
