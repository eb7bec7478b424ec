package org.quorate.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of reading cluster.conf: everything that was found, and the configuration unless an error was among it.
 *
 * @param config   absent exactly when a problem is an error
 * @param problems all of them, by place
 */
public record ClusterReading(Optional<ClusterConfig> config, List<Problem> problems) {
    public ClusterReading {
        problems = List.copyOf(problems);
        assert config.isPresent() != problems.stream().anyMatch(ClusterReading::isError);
    }

    /** Reads a parsed file. */
    public static ClusterReading of(ClusterFile file) {
        Problems problems = new Problems();
        Optional<ClusterConfig> config = file.root().flatMap(root -> new ClusterReader(root, problems).read());
        List<Problem> all = Stream.concat(file.problems().stream(), problems.inOrder().stream()).toList();
        return new ClusterReading(config.filter(_ -> all.stream().noneMatch(ClusterReading::isError)), all);
    }

    /** Whether the file can be used. */
    public boolean accepted() {
        return config.isPresent();
    }

    /**
     * The configuration, for who cannot go on without.
     *
     * @param name what the file is called in complaints
     * @throws IOException with every error, a line each
     */
    public ClusterConfig orRefuse(String name) throws IOException {
        if (config.isEmpty()) {
            throw new IOException(errors().stream().map(error -> error.line(name)).collect(Collectors.joining("\n")));
        }
        return config.get();
    }

    /** The errors among the problems. */
    public List<Problem> errors() {
        return problems.stream().filter(ClusterReading::isError).toList();
    }

    /**
     * The same reading for a daemon that starts: a file of RHEL 4, whose nodes have no numbers, is a right file, but
     * nothing can be started with it.
     */
    public ClusterReading toStart() {
        Optional<Element> numberless = config.filter(c -> c.nodes().stream().anyMatch(node -> !node.hasId()))
                .flatMap(c -> c.root().child("clusternodes"))
                .flatMap(nodes -> nodes.children("clusternode")
                        .filter(node -> node.attribute("nodeid").isEmpty()).findFirst());
        if (numberless.isEmpty()) {
            return this;
        }
        List<Problem> all = new ArrayList<>(problems);
        all.add(new Problem(numberless.get().at(), Problem.Severity.ERROR, "clusternode "
                + Problem.quoted(numberless.get().attribute("name", "")) + " has no nodeid",
                "ccs_tool addnodeids adds it", "nodeid-missing"));
        return new ClusterReading(Optional.empty(), all);
    }

    private static boolean isError(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR;
    }
}
