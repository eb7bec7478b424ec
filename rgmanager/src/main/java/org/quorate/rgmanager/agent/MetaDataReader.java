package org.quorate.rgmanager.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.ResourceRules;

/**
 * Asks every agent of a folder for its meta-data. All are asked at once and taken in the order of their file names, so
 * that of two agents for one type always the same one wins.
 */
public final class MetaDataReader {
    /** An agent that has not said by then what it is, is none. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Consumer<String> warnings;

    /**
     * A reader of one folder.
     *
     * @param folder   {@code /usr/share/cluster}
     * @param warnings takes a line for every file that was passed over although somebody may believe it to be an agent
     */
    public MetaDataReader(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /**
     * The types of all agents that answered with meta-data; the others are none.
     *
     * @throws IOException          if the folder cannot be read
     * @throws InterruptedException if the caller is; no agent runs on
     */
    public ResourceRules.Reader read() throws IOException, InterruptedException {
        List<Path> agents = agents();
        ResourceRules.Reader reader = new ResourceRules.Reader();
        try (ExecutorService asking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("meta-data-", 0).factory())) {
            List<Callable<Optional<Element>>> questions = new ArrayList<>();
            agents.forEach(agent -> questions.add(() -> ask(agent)));
            List<Future<Optional<Element>>> answers = asking.invokeAll(questions);
            for (int i = 0; i < agents.size(); i++) {
                String name = agents.get(i).getFileName().toString();
                answer(name, answers.get(i)).ifPresent(element -> reader.add(name, element));
            }
        }
        return reader;
    }

    private Optional<Element> answer(String name, Future<Optional<Element>> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            warnings.accept("Agent " + name + " cannot be asked for its meta-data: " + failure.getCause());
            return Optional.empty();
        }
    }

    private List<Path> agents() throws IOException {
        List<Path> agents = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                int extension = name.lastIndexOf('.');
                if (!Files.isRegularFile(file) || !Files.isExecutable(file) || name.endsWith("~")) {
                    continue;
                }
                // What a package manager has put aside: .rpmsave, .rpmnew, .rpmorig; and Debian's likewise.
                if (extension >= 0 && (name.startsWith(".rpm", extension) || name.startsWith(".dpkg", extension))) {
                    warnings.accept("Warning: " + file + " was put aside by a package manager and is no agent");
                    continue;
                }
                agents.add(file);
            }
        }
        agents.sort(null);
        return agents;
    }

    private Optional<Element> ask(Path agent) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(agent.toAbsolutePath().toString(), "meta-data")
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
        Process process = builder.start();
        Thread limit = Thread.ofVirtual().name("meta-data-limit").start(() -> kill(agent, process));
        try (InputStream output = process.getInputStream()) {
            byte[] printed = output.readNBytes(ClusterFile.LARGEST);
            return printed.length == 0 ? Optional.empty() : MetaDataText.parse(printed);
        } finally {
            limit.interrupt();
            process.destroyForcibly();
        }
    }

    private void kill(Path agent, Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                warnings.accept("Warning: " + agent + " does not answer meta-data and is no agent");
                AgentProcess.killTree(process);
            }
        } catch (InterruptedException answered) {
            Thread.currentThread().interrupt();
        }
    }
}
