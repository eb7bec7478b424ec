package org.quorate.rgmanager.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    /** Where it stands behind the command's name in {@code stat}, proc(5). */
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int THREADS = 17;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

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

    /** Kills all of it, the leader first: it must not go on because what it waited for has ended. */
    public void kill() {
        boolean more = true;
        for (int round = 0; more && round < ROUNDS; round++) {
            more = false;
            for (ProcessHandle member : members()) {
                if (killed.add(member.pid())) {
                    more = true;
                    member.destroyForcibly();
                }
            }
        }
    }

    /**
     * Waits until nothing is left of what was killed: a process that works in the kernel at that moment lives on until
     * it comes back from there.
     *
     * @param limit how long at the most
     * @return whether all of it has ended
     * @throws InterruptedException if the caller is
     */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        for (long tries = limit.dividedBy(LOOK_AGAIN); killed.stream().anyMatch(AgentSession::lives); tries--) {
            if (tries <= 0) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }

    /**
     * Whether it still does something. Who has ended and whom nobody has asked how stays in the table of processes,
     * with one thread; with more it looks dead by its first one, and the others are in the kernel still.
     */
    static boolean lives(long pid) {
        Path process = PROCESSES.resolve(Long.toString(pid));
        return switch (word(process, STATE)) {
            case "", "X" -> false;
            case "Z" -> !List.of("", "0", "1").contains(word(process, THREADS));
            default -> true;
        };
    }

    private List<ProcessHandle> members() {
        // They are looked for while they still have their parents.
        SortedSet<Long> pids = new TreeSet<>(killed);
        leader.descendants().forEach(process -> pids.add(process.pid()));
        pids.add(leader.pid());
        pids.addAll(sessionsOf(pids));
        pids.remove(leader.pid());
        return Stream.concat(Stream.of(leader), pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream())).toList();
    }

    /** What is in the sessions that these processes lead. */
    private static SortedSet<Long> sessionsOf(SortedSet<Long> leaders) {
        SortedSet<Long> pids = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (leaders.contains(sessionOf(process))) {
                    pids.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException unreadable) {
            // Without /proc there are the leader's descendants.
            return pids;
        }
        return pids;
    }

    private static long sessionOf(Path process) {
        String session = word(process, SESSION);
        return session.isEmpty() ? -1 : Long.parseLong(session);
    }

    /** One word of what the kernel says of a process; empty if it is gone. */
    private static String word(Path process, int number) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[number];
        } catch (IOException gone) {
            return "";
        }
    }
}
