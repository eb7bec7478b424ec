package org.quorate.rgmanager.agents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The programs under test, and how a test runs one: with the variables given and no others. */
final class Program {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    /** The resource agents. */
    static final Path AGENTS = MODULE.resolve("src/main/agents");

    /** The small commands beside the daemon. */
    static final Path SBIN = MODULE.resolve("src/main/sbin");

    /** What is installed below /etc. */
    static final Path ETC = MODULE.resolveSibling("etc");

    /** How a program ended, and everything that it wrote. */
    record Outcome(int status, String output) {
    }

    private Program() {
    }

    static String agent(String type) {
        return AGENTS.resolve(type + ".sh").toString();
    }

    /** Runs it to its end. A program that takes longer than 30 s fails the test. */
    static Outcome run(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end: " + output);
            }
            return new Outcome(process.exitValue(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** The command with its environment written out, for programs that would hand down their own. */
    static List<String> withOnly(Map<String, String> environment, List<String> command) {
        var words = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command);
        return words;
    }
}
