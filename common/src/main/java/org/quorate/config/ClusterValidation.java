package org.quorate.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that can be said of a cluster.conf from the file alone: what {@link ClusterReading} finds, which is what
 * would stop the daemons, and besides names nobody knows, references to nothing, duplicates, and rules between sections
 * that no daemon reads together. For people and their tools; daemons start with what they can use.
 *
 * @param config   absent exactly when a problem is an error
 * @param problems all of them, by place; notices among them
 */
public record ClusterValidation(Optional<ClusterConfig> config, List<Problem> problems) {
    public ClusterValidation {
        problems = List.copyOf(problems);
    }

    /** Validates a parsed file. */
    public static ClusterValidation of(ClusterFile file) {
        Problems found = new Problems();
        Optional<ClusterConfig> config = file.root().flatMap(root -> new ClusterReader(root, found).read());
        config.ifPresent(cluster -> check(cluster, found));
        List<Problem> all = Problems.inOrder(Stream.concat(file.problems().stream(), found.inOrder().stream()));
        return new ClusterValidation(config.filter(_ -> all.stream().noneMatch(Problem::isError)), all);
    }

    /** With findings of others, who know more than the file. */
    public ClusterValidation and(List<Problem> others) {
        List<Problem> all = Problems.inOrder(Stream.concat(problems.stream(), others.stream()));
        return new ClusterValidation(config.filter(_ -> all.stream().noneMatch(Problem::isError)), all);
    }

    private static void check(ClusterConfig config, Problems problems) {
        Section cluster = Section.of(config.root(), problems);
        SchemaRules.check(config.root(), problems);
        QuorumDiskRules.check(cluster, config);
        SecondRingRules.check(cluster, config);
        for (Section node : cluster.child("clusternodes").children("clusternode")) {
            if (node.child("fence").children("method").isEmpty()) {
                problems.add(node.element().orElseThrow().at(), Problem.Severity.NOTICE, "node-unfenced",
                        node.subject() + " has no fence method", "its failure waits for a person");
            }
        }
        Section rm = cluster.child("rm").lenient();
        DomainRules.check(rm.child("failoverdomains"), config);
        EventRules.check(rm, config);
        ResourceRules.check(rm, config);
    }

    /** Whether the file may be put into force. */
    public boolean accepted() {
        return config.isPresent();
    }
}
