package org.quorate.rgmanager.rgtest;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.quorate.agents.OcfFolder;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.rgmanager.agent.AgentFolder;
import org.quorate.rgmanager.agent.MetaDataCache;
import org.quorate.rgmanager.agent.OcfAgents;
import org.quorate.rgmanager.core.domain.FailoverDomains;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.TreeListing;
import org.quorate.system.Paths;

/** {@code dtest}: simulates, command by command, services that depend on each other. dtest(8). */
public final class DTest {
    private DTest() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status = run(List.of(args), System.in, out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> words, InputStream input, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        boolean graph = words.size() == 3 && words.getLast().equals("dot");
        if (words.size() != 2 && !graph) {
            err.println("usage: dtest <agent_path> <config> [dot]");
            return 1;
        }
        String name = words.get(1);
        ClusterFile file = ClusterFile.read(Path.of(name));
        if (file.root().isEmpty()) {
            out.println("Error parsing " + name);
            file.problems().forEach(problem -> err.println(problem.line(name)));
            return 1;
        }
        Path agents = Path.of(words.getFirst());
        ResourceRules.Reader reader;
        try {
            reader = new AgentFolder(agents, MetaDataCache.none(), err::println).read();
        } catch (IOException unreadable) {
            err.println(RgTest.unreadable(agents, unreadable));
            return 1;
        }
        new OcfAgents(OcfFolder.of(Paths.ofSystem()), MetaDataCache.none(), err::println)
                .read(reader, file.root().get());
        Console console = System.console();
        boolean typed = console != null && console.isTerminal();
        BufferedReader in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        converse(conversation(file.root().get(), reader.rules(), graph, out), in, out, typed);
        return 0;
    }

    static Conversation conversation(Element cluster, ResourceRules rules, boolean graph,
            PrintStream out) {
        ResourceConfiguration configuration = ResourceConfiguration.read(cluster, rules, Defaults.FOR_ALL);
        configuration.messages().forEach(message -> System.err.println(message.text()));
        return new Conversation(Scene.of(cluster, configuration), FailoverDomains.read(cluster).listing(),
                TreeListing.resources(configuration.resources()), graph, out);
    }

    /** Reads commands to the end; those that nobody typed are repeated, so that a transcript can be read. */
    static void converse(Conversation conversation, BufferedReader in, PrintStream out, boolean typed)
            throws IOException {
        conversation.greet();
        boolean more = true;
        while (more) {
            out.print("> ");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                out.println();
                return;
            }
            if (!typed) {
                out.println(line);
            }
            List<String> words = List.of(line.strip().split("\\s+"));
            more = words.getFirst().isEmpty() || conversation.obey(words.getFirst(), words.subList(1, words.size()));
        }
    }
}
