package org.quorate.rgmanager.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents that a manager ran which was killed before they ended. They go on, and nobody knows: a start among them could
 * succeed after the next manager has stopped everything and the service runs on another node.
 *
 * <p>An agent leads a session and has an agent's path in its command line; what it started as a daemon has not. Whose
 * manager is gone has a new parent: the first process of the system, or one of those that this process descends from.
 * An agent that somebody else runs, such as rg_test, has that for its parent and is left alone.
 */
public final class StrayAgents {
    private static final Logger LOG = LoggerFactory.getLogger(StrayAgents.class);
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(10);
    /** An interpreter, perhaps an option of it, and the agent. */
    private static final int WORDS = 4;

    private final List<Path> folders;

    /**
     * Nothing is looked for yet.
     *
     * @param folders below which agents are
     */
    public StrayAgents(List<Path> folders) {
        this.folders = folders.stream().map(Path::toAbsolutePath).toList();
    }

    /**
     * Kills them with all that they started, and waits until they are gone: what hangs in the kernel may still succeed.
     *
     * @throws InterruptedException if the caller is
     */
    public void end() throws InterruptedException {
        for (ProcessHandle agent : find()) {
            LOG.warn("killing what the manager before this one ran: {} (process {})", commandOf(agent.pid()),
                    agent.pid());
            AgentSession.of(agent).kill();
            awaitEnd(agent);
        }
    }

    private static void awaitEnd(ProcessHandle agent) throws InterruptedException {
        while (agent.isAlive()) {
            try {
                agent.onExit().get(BETWEEN_COMPLAINTS.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException hangs) {
                LOG.error("process {} does not end though it was killed; no service is looked after before it has",
                        agent.pid());
            }
        }
    }

    private List<ProcessHandle> find() {
        SortedSet<Long> reapers = new TreeSet<>();
        reapers.add(1L);
        for (var above = ProcessHandle.current().parent(); above.isPresent(); above = above.get().parent()) {
            reapers.add(above.get().pid());
        }
        return ProcessHandle.allProcesses()
                .filter(one -> one.parent().map(ProcessHandle::pid).filter(reapers::contains).isPresent())
                .filter(one -> AgentSession.isLedBy(one.pid()) && isAgent(commandOf(one.pid()))).toList();
    }

    private boolean isAgent(List<String> command) {
        return command.stream().limit(WORDS).filter(word -> word.startsWith("/"))
                .anyMatch(word -> folders.stream().anyMatch(Path.of(word)::startsWith));
    }

    private static List<String> commandOf(long process) {
        try {
            String words = Files.readString(Path.of("/proc", Long.toString(process), "cmdline"),
                    StandardCharsets.ISO_8859_1);
            return Stream.of(words.split("\0")).toList();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
