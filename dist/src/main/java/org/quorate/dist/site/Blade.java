package org.quorate.dist.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A blade of the site: what stands beside it can do to it, and what an administrator can who has logged in. */
public final class Blade {
    private static final Duration USUAL = Duration.ofSeconds(30);

    private final Ground ground;
    private final String name;
    private final int number;

    Blade(Ground ground, String name, int number) {
        this.ground = ground;
        this.name = name;
        this.number = number;
    }

    /** What {@code uname -n} says on it. */
    public String name() {
        return name;
    }

    /** Its bay in the chassis, from 1. */
    public int number() {
        return number;
    }

    /** Gives it power: when this returns the blade is up and its start script has begun to run. */
    public void powerOn() {
        ground.ask("on", name).text();
    }

    /** Takes its power: first its cables are dead, then its processes; its disk stays as it is. */
    public void powerOff() {
        ground.ask("off", name).text();
    }

    /** Whether it has power. */
    public boolean isOn() {
        return ground.ask("state", name).text().equals("on");
    }

    /**
     * The root of its files as this machine sees it, for looks too frequent for a command each; empty while it is off.
     * Its {@code proc} shows its own processes. What is read there may be gone at any moment, and fail.
     */
    public Optional<Path> root() {
        Path root = ground.root();
        try {
            String pid = Files.readString(root.resolve("run/quorate-site/ground").resolve(name).resolve("pid"));
            return Optional.of(root.resolve("proc").resolve(pid.strip()).resolve("root"));
        } catch (IOException off) {
            // The file is there as long as the blade is up.
            return Optional.empty();
        }
    }

    /** Sets what passes between it and the others on one network, until it boots again. */
    public void links(Links links, String network) {
        ground.ask("links", name, links.word(), network).text();
    }

    /** Sets what passes between it and the others, now and for later boots. */
    public void links(Links links) {
        ground.ask("links", name, links.word()).text();
    }

    /** Runs a command on it, as root, for at most 30 s. */
    public Output run(String... command) {
        return run(USUAL, command);
    }

    /** Runs a command on it, as root. */
    public Output run(Duration limit, String... command) {
        return ground.ask(limit, Stream.concat(Stream.of("enter", name), Stream.of(command)).toArray(String[]::new));
    }

    /** The process of a daemon by its pid file in {@code /run} or {@code /run/cluster}, as the blade numbers it. */
    public OptionalLong pidOf(String daemon) {
        String files = "/run/cluster/" + daemon + ".pid /run/" + daemon + ".pid";
        return run("sh", "-c", "cat " + files + " 2>/dev/null").out().lines().map(String::strip)
                .filter(line -> !line.isEmpty()).mapToLong(Long::parseLong).findFirst();
    }

    /**
     * Sends a signal to a daemon.
     *
     * @param signal as kill(1) knows it: {@code KILL}, {@code STOP}, {@code CONT}
     */
    public void signal(String daemon, String signal) {
        long pid = pidOf(daemon).orElseThrow(() -> new IllegalStateException(daemon + " does not run on " + name));
        run("kill", "-" + signal, Long.toString(pid)).text();
    }

    /** Its place in the networks, for programs of this machine to listen and speak there as the blade does. */
    public Station place() {
        return new Station(ground, name);
    }

    /** What the blade has said on its console since it got its bay. */
    public String console() {
        return ground.file(name + "/console");
    }

    @Override
    public String toString() {
        return name;
    }
}
