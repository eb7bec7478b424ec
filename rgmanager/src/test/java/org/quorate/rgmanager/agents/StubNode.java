package org.quorate.rgmanager.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.rgmanager.agents.Program.Outcome;

/** An installed tree below a folder: its daemons do nothing but run, its tools write down how they are called. */
final class StubNode implements AutoCloseable {
    static final List<String> DAEMONS = List.of("ccsd", "cmand", "dlmd", "fenced", "rgmanager");

    private static final String DAEMON = """
        #!/bin/sh
        name=${0##*/}
        pid_file=$QUORATE_ROOT/run/cluster/$name.pid
        if [ "$1" = -f ]; then
            trap 'rm -f "$pid_file"; exit 0' TERM
            while :; do sleep 0.02; done
        fi
        echo "$name $*" >> "$QUORATE_ROOT/calls"
        if [ -f "$QUORATE_ROOT/refuse.$name" ]; then
            read -r code < "$QUORATE_ROOT/refuse.$name"
            echo "$name: told to fail" >&2
            exit "$code"
        fi
        "$0" -f < /dev/null > /dev/null 2>&1 &
        echo $! > "$pid_file"
        """;
    private static final String CMAN_TOOL = """
        #!/bin/sh
        if [ "$1" = status ]; then
            cat "$QUORATE_ROOT/cman.status" 2> /dev/null
            exit
        fi
        echo "cman_tool $*" >> "$QUORATE_ROOT/calls"
        case $1 in
            join) cmand ;;
            leave) kill "$(cat "$QUORATE_ROOT/run/cluster/cmand.pid")" ;;
        esac
        """;
    private static final String FENCE_TOOL = """
        #!/bin/sh
        [ "$1" != ls ] || exit 1
        echo "fence_tool $*" >> "$QUORATE_ROOT/calls"
        """;

    private final Path root;

    StubNode(Path root) throws IOException {
        this.root = root;
        for (var folder : List.of("usr/sbin", "etc/cluster", "etc/sysconfig", "etc/init.d", "run/cluster",
                "var/lock/subsys")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (var script : List.of("quorate-functions", "ccsd", "cman", "fenced", "rgmanager")) {
            Files.copy(Program.ETC.resolve("init.d").resolve(script), root.resolve("etc/init.d").resolve(script),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(root.resolve("etc/cluster/cluster.conf"), "<cluster/>");
        for (var daemon : DAEMONS) {
            program(daemon, DAEMON);
        }
        program("cman_tool", CMAN_TOOL);
        program("fence_tool", FENCE_TOOL);
        runAs(0);
    }

    /** Whom the scripts take us for: the tests need not be run by root. */
    void runAs(int user) throws IOException {
        program("id", "#!/bin/sh\necho " + user + "\n");
    }

    void refuse(String daemon, int code) throws IOException {
        Files.writeString(root.resolve("refuse." + daemon), code + "\n");
    }

    Path file(String path) {
        return root.resolve(path);
    }

    Path pidFile(String daemon) {
        return file("run/cluster/" + daemon + ".pid");
    }

    Outcome script(String name, String... words) {
        var command = Stream.concat(Stream.of(file("etc/init.d/" + name).toString()), Stream.of(words)).toList();
        return Program.run(command, Map.of("QUORATE_ROOT", root.toString()));
    }

    int status(String name) {
        return script(name, "status").status();
    }

    List<String> calls() throws IOException {
        return Files.exists(file("calls")) ? Files.readAllLines(file("calls")) : List.of();
    }

    private void program(String name, String text) throws IOException {
        var file = Files.writeString(file("usr/sbin/" + name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public void close() throws IOException {
        for (var daemon : DAEMONS) {
            process(daemon).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The daemon as its pid file names it, if that lives and is of this tree. */
    Optional<ProcessHandle> process(String daemon) throws IOException {
        if (!Files.exists(pidFile(daemon))) {
            return Optional.empty();
        }
        var pid = Long.parseLong(Files.readString(pidFile(daemon)).strip());
        return ProcessHandle.of(pid)
                .filter(handle -> handle.info().commandLine().orElse("").contains(root + "/usr/sbin/" + daemon));
    }
}
