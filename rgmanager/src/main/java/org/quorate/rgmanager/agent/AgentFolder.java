package org.quorate.rgmanager.agent;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of resource agents: each is asked what it is for. */
public final class AgentFolder {
    private static final Logger LOG = LoggerFactory.getLogger(AgentFolder.class);
    /** An agent that takes longer to say what it is for is none. */
    private static final int META_DATA_SECONDS = 20;

    private final Path folder;
    private final MetaDataCache cache;

    /**
     * Nothing is read yet.
     *
     * @param folder where the agents are
     * @param cache  file that remembers what they said
     */
    public AgentFolder(Path folder, Path cache) {
        this.folder = folder;
        this.cache = new MetaDataCache(cache);
    }

    /** Asks all agents that changed since they were asked, at the same time, and gives the types of all. */
    public ResourceRules rules() {
        var asked = new TreeMap<String, Future<String>>();
        try (var scope = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Path agent : agents()) {
                asked.put(agent.getFileName().toString(), scope.submit(() -> cache.of(agent, AgentFolder::ask)));
            }
        }
        var reader = new ResourceRules.Reader();
        asked.forEach((name, said) -> add(reader, name, said));
        reader.messages().forEach(m -> LOG.warn("{}", m.text()));
        cache.store();
        return reader.rules();
    }

    private static void add(ResourceRules.Reader reader, String name, Future<String> said) {
        try {
            var text = said.get();
            MetaDataText.parse(text.getBytes(StandardCharsets.UTF_8))
                    .ifPresentOrElse(root -> reader.add(name, root),
                            () -> LOG.debug("{} is no resource agent: its meta-data are no XML", name));
        } catch (ExecutionException silent) {
            LOG.debug("{} is no resource agent: {}", name, silent.getCause().getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Regular files that may be executed, but for backups and what package managers leave behind. */
    private List<Path> agents() {
        if (!Files.isDirectory(folder)) {
            LOG.warn("{} is not there: no service can be run", folder);
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(AgentFolder::isAgent).sorted().toList();
        } catch (IOException unreadable) {
            LOG.error("cannot read {}: {}", folder, unreadable.getMessage());
            return List.of();
        }
    }

    private static boolean isAgent(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot >= 0 && name.startsWith(".rpm", dot)) {
            LOG.warn("{} looks like what a package manager left behind; it is no agent", file);
            return false;
        }
        return Files.isRegularFile(file) && Files.isExecutable(file) && !name.endsWith("~");
    }

    private static String ask(Path agent) throws IOException {
        var builder = new ProcessBuilder(agent.toString(), "meta-data")
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("OCF_ROOT", agent.getParent().toString());
        var process = builder.start();
        Thread.ofVirtual().start(() -> limit(process));
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (text.isBlank()) {
                throw new IOException("it says nothing");
            }
            return text;
        }
    }

    private static void limit(Process process) {
        try {
            if (!process.waitFor(META_DATA_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
