package org.quorate.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;

/** {@code SEED [--minutes N] [--central | --random | --conf FILE]}: prints what happens in a simulated cluster. */
public final class ClusterSim {
    private static final String USAGE = "usage: SEED [--minutes N] [--central | --random | --conf FILE]";

    private ClusterSim() {}

    /** Exits with 0 when nothing is broken, 1 when something is, 2 when the arguments make no sense. */
    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(args), out));
    }

    static int run(List<String> args, PrintStream out) {
        var left = new ArrayDeque<>(args);
        long seed;
        long minutes = Scenario.MINUTES;
        var conf = "";
        boolean random = false;
        boolean central = false;
        try {
            seed = Long.parseLong(left.remove());
            while (!left.isEmpty()) {
                switch (left.remove()) {
                    case "--minutes" -> minutes = Long.parseLong(left.remove());
                    case "--central" -> central = true;
                    case "--conf" -> conf = left.remove();
                    case "--random" -> random = true;
                    default -> throw new IllegalArgumentException();
                }
            }
        } catch (IllegalArgumentException | NoSuchElementException nonsense) {
            out.println(USAGE);
            return 2;
        }
        try {
            var simulation = random ? Scenario.random(seed) : central ? Scenario.central(seed)
                    : conf.isEmpty() ? Scenario.of(seed) : Scenario.of(seed, conf, read(conf));
            var outcome = simulation.tracedTo(out::println).run(Duration.ofMinutes(minutes));
            out.println(outcome);
            return 0;
        } catch (SimulationFailure failure) {
            out.println(failure.getMessage());
            if (failure.getCause() != null) {
                failure.getCause().printStackTrace(out);
            }
            return 1;
        }
    }

    /** The configuration as a file. */
    private static byte[] read(String conf) {
        try {
            return Files.readAllBytes(Path.of(conf));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
