package org.quorate.rgmanager.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An agent with everything that it started: what descends from it, and what is left of its session after the process in
 * between has gone. A {@code mount} that goes on after its agent was given up could succeed after the service has gone
 * to another node.
 *
 * <p>Only what has both left the session and lost its parents is not found: that is how a daemon begins, and daemons
 * are the stop operation's to end.
 */
public final class AgentSession {
    private static final Path PROCESSES = Path.of("/proc");
    /** What is found may start others before it is killed. */
    private static final int ROUNDS = 5;
    /** Behind the command's name in {@code stat}: state, parent, group, session. */
    private static final int SESSION = 3;

    private final ProcessHandle leader;
    private final SortedSet<Long> killed = new TreeSet<>();

    private AgentSession(ProcessHandle leader) {
        this.leader = leader;
    }

    /** The session that a process leads; one that leads none has just its descendants. */
    public static AgentSession of(Process leader) {
        return of(leader.toHandle());
    }

    /** The session of a process that was started by somebody else. */
    static AgentSession of(ProcessHandle leader) {
        return new AgentSession(leader);
    }

    /** Whether a process leads a session; not if it is gone. */
    static boolean isLedBy(long process) {
        return sessionOf(PROCESSES.resolve(Long.toString(process))) == process;
    }

    /** Kills all of it. */
    public void kill() {
        boolean more = true;
        for (int round = 0; more && round < ROUNDS; round++) {
            more = false;
            for (ProcessHandle member : members().toList()) {
                if (killed.add(member.pid())) {
                    more = true;
                    member.destroyForcibly();
                }
            }
        }
    }

    private Stream<ProcessHandle> members() {
        SortedSet<Long> pids = new TreeSet<>();
        leader.descendants().forEach(process -> pids.add(process.pid()));
        pids.addAll(session());
        pids.remove(leader.pid());
        // Its children are looked for while they still have it as their parent.
        return Stream.concat(pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()),
                Stream.of(leader));
    }

    private SortedSet<Long> session() {
        SortedSet<Long> pids = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (sessionOf(process) == leader.pid()) {
                    pids.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException unreadable) {
            // Without /proc there are its descendants.
            return pids;
        }
        return pids;
    }

    private static long sessionOf(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[SESSION]);
        } catch (IOException gone) {
            return -1;
        }
    }
}
