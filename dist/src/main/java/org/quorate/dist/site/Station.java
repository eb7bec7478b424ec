package org.quorate.dist.site;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A host on one of the networks that is not a blade: it has an address, and processes of this machine run at it. */
public final class Station {
    private final Ground ground;
    private final String name;

    Station(Ground ground, String name) {
        this.ground = ground;
        this.name = name;
    }

    /** Runs a command at it. */
    public Output run(Duration limit, String... command) {
        return Output.of(limit, asking(command));
    }

    /** Starts a command at it that goes on; it ends with the site at the latest. */
    public Process start(String... command) throws IOException {
        return new ProcessBuilder(asking(command)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private List<String> asking(String... command) {
        return ground.asking(Stream.concat(Stream.of("at", name), Stream.of(command)).toArray(String[]::new));
    }
}
