package org.quorate.rgmanager.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.quorate.agents.MetaDataQuestion;
import org.quorate.agents.MetaDataText;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.ResourceRules;

/**
 * The folder of resource agents. All are asked at once what they are, and taken in the order of their file names, so
 * that of two agents for one type always the same one wins.
 */
public final class AgentFolder {
    private final Path folder;
    private final MetaDataCache cache;
    private final Consumer<String> warnings;

    /**
     * Nothing is read yet.
     *
     * @param folder   where the agents are, {@code /usr/share/cluster}
     * @param cache    what they said before
     * @param warnings takes a line for every file that was passed over although somebody may believe it to be an agent
     */
    public AgentFolder(Path folder, MetaDataCache cache, Consumer<String> warnings) {
        this.folder = folder;
        this.cache = cache;
        this.warnings = warnings;
    }

    /**
     * The types of all agents that answered with meta-data; the others are none.
     *
     * @throws IOException          if the folder cannot be read
     * @throws InterruptedException if the caller is
     */
    public ResourceRules.Reader read() throws IOException, InterruptedException {
        List<Path> agents = agents();
        ResourceRules.Reader reader = new ResourceRules.Reader();
        try (ExecutorService asking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("meta-data-", 0).factory())) {
            List<Callable<Optional<Element>>> questions = new ArrayList<>();
            agents.forEach(agent -> questions.add(() -> metaData(agent)));
            List<Future<Optional<Element>>> answers = asking.invokeAll(questions);
            for (int i = 0; i < agents.size(); i++) {
                String name = agents.get(i).getFileName().toString();
                answer(name, answers.get(i)).ifPresent(element -> reader.add(name, element));
            }
        }
        return reader;
    }

    private Optional<Element> metaData(Path agent) throws IOException {
        String text = cache.of(agent, asked -> MetaDataQuestion.ask(asked, folder));
        return MetaDataText.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Element> answer(String name, Future<Optional<Element>> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            warnings.accept(name + " cannot be asked for its meta-data: " + failure.getCause().getMessage());
            return Optional.empty();
        }
    }

    private List<Path> agents() throws IOException {
        List<Path> agents = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (isAgent(file)) {
                    agents.add(file);
                }
            }
        }
        agents.sort(null);
        return agents;
    }

    /** Regular files that may be executed, but for backups and what package managers have put aside. */
    private boolean isAgent(Path file) {
        String name = file.getFileName().toString();
        if (!Files.isRegularFile(file) || !Files.isExecutable(file) || name.endsWith("~")) {
            return false;
        }
        int extension = name.lastIndexOf('.');
        if (extension >= 0 && (name.startsWith(".rpm", extension) || name.startsWith(".dpkg", extension))) {
            warnings.accept(file + " was put aside by a package manager and is no agent");
            return false;
        }
        return true;
    }
}
