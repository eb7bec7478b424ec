package org.quorate.rgmanager.rgtest;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.agents.OcfFolder;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.rgmanager.agent.AgentFolder;
import org.quorate.rgmanager.agent.MetaDataCache;
import org.quorate.rgmanager.agent.OcfAgents;
import org.quorate.rgmanager.core.change.Foretelling;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.Message;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.TreeListing;
import org.quorate.system.Paths;

/** {@code rg_test}: shows and tries what rgmanager makes of a cluster.conf. rg_test(8). */
public final class RgTest {
    static final int SUCCESS = 0;
    static final int FAILURE = 255;
    private static final int USAGE = 1;
    private static final int UNREADABLE = 1;
    private static final String HELP = """
            usage: rg_test [agent_path] <args..>

              rules                                        show what the agents say about themselves
              test <config>                                show resources, tree, failover domains, event triggers
              test <config> start|stop|status <type> <name>
                                                           run the agents, really
              test <config> migrate <type> <name> <target> likewise
              noop <config> start|stop|status <type> <name>
                                                           say what would be run, and run nothing
              delta <config1> <config2>                    show what a change of configuration would do
              effect <config1> <config2>                   say it in a few words, and why: if all services ran, which
                                                           would restart

            agent_path   where the resource agents are; default /usr/share/cluster

            Exit status: 0 success, 1 wrong usage or unreadable configuration, 255 an operation failed;
            after a failed status check 1 (failure), 2 (can be repaired in place), 4 (partial), or-ed.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private Path agents;

    RgTest(Path agents, PrintStream out, PrintStream err) {
        this.agents = agents;
        this.out = out;
        this.err = err;
    }

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException {
        // Agents write to the same stream: nothing of ours may wait in a buffer.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(new RgTest(Paths.ofSystem().agentFolder(), out, System.err).run(List.of(args)));
    }

    int run(List<String> words) throws InterruptedException {
        List<String> rest = words;
        while (!rest.isEmpty() && !isMode(rest.getFirst()) && Files.isDirectory(Path.of(rest.getFirst()))) {
            agents = Path.of(rest.getFirst());
            err.println("Using " + agents + " as resource agent path");
            rest = rest.subList(1, rest.size());
        }
        if (rest.isEmpty() || !isMode(rest.getFirst())) {
            out.print(HELP);
            return USAGE;
        }
        List<String> arguments = rest.subList(1, rest.size());
        return switch (rest.getFirst()) {
            case "rules" -> rules();
            case "delta" -> delta(arguments);
            case "effect" -> effect(arguments);
            case "noop" -> configuration(arguments, AgentCalls.inWords(out));
            default -> configuration(arguments, AgentCalls.really(agents, err));
        };
    }

    private static boolean isMode(String word) {
        return List.of("rules", "test", "noop", "delta", "effect").contains(word);
    }

    private int rules() throws InterruptedException {
        err.println("Running in rules mode.");
        Optional<ResourceRules.Reader> reader = readAgents();
        reader.ifPresent(r -> out.print(TreeListing.rules(r.rules())));
        return reader.isPresent() ? SUCCESS : UNREADABLE;
    }

    private int configuration(List<String> words, AgentCalls calls) throws InterruptedException {
        err.println("Running in test mode.");
        if (words.isEmpty()) {
            out.print(HELP);
            return USAGE;
        }
        Optional<ResourceRules.Reader> reader = readAgents();
        if (reader.isEmpty()) {
            return UNREADABLE;
        }
        Optional<Element> cluster = readCluster(words.getFirst());
        if (cluster.isEmpty()) {
            return UNREADABLE;
        }
        ResourceRules rules = withOcf(reader.get(), cluster.get());
        ResourceConfiguration configuration = read(cluster.get(), rules);
        if (words.size() == 1) {
            out.print(Listings.of(cluster.get(), configuration, err));
            return SUCCESS;
        }
        Optional<Integer> status = new Trial(configuration, calls, out, err).run(words.subList(1, words.size()));
        if (status.isEmpty()) {
            out.print(HELP);
        }
        return status.orElse(USAGE);
    }

    private int delta(List<String> words) throws InterruptedException {
        if (words.size() != 2) {
            out.println("Operation requires two arguments");
            out.print(HELP);
            return FAILURE;
        }
        err.println("Running in resource tree delta test mode.");
        Optional<ResourceRules.Reader> reader = readAgents();
        Optional<Element> old = readCluster(words.getFirst());
        Optional<Element> now = old.isEmpty() ? old : readCluster(words.getLast());
        if (reader.isEmpty() || now.isEmpty()) {
            return UNREADABLE;
        }
        ResourceRules rules = withOcf(reader.get(), old.get(), now.get());
        new DeltaTrial(read(old.get(), rules), read(now.get(), rules), out).run();
        return SUCCESS;
    }

    private int effect(List<String> words) throws InterruptedException {
        if (words.size() != 2) {
            out.println("Operation requires two arguments");
            out.print(HELP);
            return FAILURE;
        }
        Optional<ResourceRules.Reader> reader = readAgents();
        Optional<Element> old = readCluster(words.getFirst());
        Optional<Element> now = old.isEmpty() ? old : readCluster(words.getLast());
        if (reader.isEmpty() || now.isEmpty()) {
            return UNREADABLE;
        }
        ResourceRules rules = withOcf(reader.get(), old.get(), now.get());
        ServiceConfiguration next = ServiceConfiguration.read(now.get(), rules);
        next.problems().forEach(err::println);
        Foretelling.ifAllRan(ServiceConfiguration.read(old.get(), rules), next)
                .forEach(change -> change.lines(_ -> "").forEach(out::println));
        return SUCCESS;
    }

    private ResourceRules withOcf(ResourceRules.Reader reader, Element... clusters) {
        int said = reader.messages().size();
        new OcfAgents(OcfFolder.of(Paths.ofSystem()), MetaDataCache.none(), err::println).read(reader, clusters);
        say(reader.messages().subList(said, reader.messages().size()));
        return reader.rules();
    }

    private Optional<ResourceRules.Reader> readAgents() throws InterruptedException {
        try {
            ResourceRules.Reader reader = new AgentFolder(agents, MetaDataCache.none(), err::println).read();
            say(reader.messages());
            err.println("Loaded " + reader.rules().all().size() + " resource rules");
            return Optional.of(reader);
        } catch (IOException failure) {
            err.println(unreadable(agents, failure));
            return Optional.empty();
        }
    }

    /** Why no agent of a folder can be asked, in one line. */
    static String unreadable(Path agents, IOException failure) {
        return "Error reading the agents in " + agents + ": " + switch (failure) {
            case NoSuchFileException _ -> "there is no such folder";
            case NotDirectoryException _ -> "it is no folder";
            case AccessDeniedException _ -> "permission denied";
            default -> failure.toString();
        };
    }

    private Optional<Element> readCluster(String file) {
        ClusterFile read = ClusterFile.read(Path.of(file));
        if (read.root().isEmpty()) {
            out.println("Error parsing " + file);
            read.problems().forEach(problem -> err.println(problem.line(file)));
        }
        return read.root();
    }

    private ResourceConfiguration read(Element cluster, ResourceRules rules) {
        ResourceConfiguration configuration = ResourceConfiguration.read(cluster, rules, Defaults.FOR_ALL);
        say(configuration.messages());
        return configuration;
    }

    private void say(List<Message> messages) {
        for (Message message : messages) {
            switch (message.stream()) {
                case OUTPUT -> out.println(message.text());
                case ERROR -> err.println(message.text());
            }
        }
    }
}
