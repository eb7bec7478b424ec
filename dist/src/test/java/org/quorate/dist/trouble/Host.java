package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host in a {@link Harbour}: runs the programs of the tree as if installed below its root. */
record Host(Harbour harbour, String name, Path root) {
    /** A configuration of both hosts that is good. */
    static String good(String cluster, int version) {
        return """
                <?xml version="1.0"?>
                <cluster name="%s" config_version="%d">
                  <cman expected_votes="1" two_node="1"/>
                  <totem token="1000"/>
                  <fence_daemon clean_start="1"/>
                  <clusternodes>
                    <clusternode name="10.77.0.1" nodeid="1"/>
                    <clusternode name="10.77.0.2" nodeid="2"/>
                  </clusternodes>
                  <rm/>
                </cluster>
                """.formatted(cluster, version);
    }

    Path conf() {
        return root.resolve("etc/cluster/cluster.conf");
    }

    Path key() {
        return root.resolve("etc/cluster/authkey");
    }

    Path inRun(String file) {
        return root.resolve("run/cluster").resolve(file);
    }

    Host with(String text) throws IOException {
        Files.writeString(conf(), text);
        return this;
    }

    Host withKey() throws Exception {
        run("ccs_tool", "genkey").well();
        return this;
    }

    /** Runs a program of the tree, or a command of the system. */
    Ended run(String program, String... words) throws IOException, InterruptedException {
        return harbour.run(this, command(program, words));
    }

    /** Begins one of them, and goes on while it runs. */
    Harbour.Running begin(String program, String... words) throws IOException {
        return harbour.start(this, command(program, words));
    }

    private static List<String> command(String program, String... words) {
        var sbin = Harbour.TREE.resolve("usr/sbin").resolve(program);
        var command = new ArrayList<>(List.of(Files.exists(sbin) ? sbin.toString() : program));
        command.addAll(List.of(words));
        return command;
    }

    /** Sends a signal to a daemon by its pid file. */
    void signal(String daemon, String signal) throws Exception {
        run("sh", "-c", "kill -" + signal + " " + pid(daemon).orElseThrow()).well();
    }

    /** The process that a daemon's pid file names, if there is a file. */
    Optional<String> pid(String daemon) throws IOException {
        var file = inRun(daemon + ".pid");
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()).filter(pid -> !pid.isEmpty())
                : Optional.empty();
    }

    boolean lives(String daemon) throws Exception {
        var pid = pid(daemon);
        return pid.isPresent() && run("test", "-d", "/proc/" + pid.get()).status() == 0;
    }

    /** What lies in the folder of sockets and pid files. */
    List<String> leftovers() throws IOException {
        if (!Files.exists(inRun(""))) {
            return List.of();
        }
        try (var files = Files.list(inRun(""))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The logs of all daemons. */
    String logs() throws IOException {
        var folder = root.resolve("var/log/cluster");
        if (!Files.exists(folder)) {
            return "";
        }
        var text = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /** No log of this host has a stack trace. */
    void logsArePlain() throws IOException {
        assertThat(logs().lines().filter(line -> line.startsWith("\tat ") || line.contains("Exception")
                || line.contains("AssertionError"))).isEmpty();
    }
}
