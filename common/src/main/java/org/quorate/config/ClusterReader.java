package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads all sections, each by its own type, and what must hold between them. Never stops at the first problem. */
final class ClusterReader {
    private static final int LONGEST_NAME = 15;
    private static final Range VERSION = Range.POSITIVE.codes("config-version", "config-version");

    private final Element root;
    private final Problems problems;
    private final Section cluster;

    ClusterReader(Element root, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.cluster = Section.of(root, problems);
    }

    /** The configuration, of use only when no error was told; absent when the file is of another kind. */
    Optional<ClusterConfig> read() {
        if (!root.name().equals("cluster")) {
            problems.error(root, "root", "root element is " + root.name(), "expected cluster");
            return Optional.empty();
        }
        String name = name();
        int version = version();
        String alias = alias(name);
        legacy();
        FencingReader fencing = new FencingReader(cluster.child("fencedevices"),
                root.children("fencedevices").skip(1).flatMap(again -> again.children("fencedevice")).toList());
        boolean quorumDisk = cluster.child("quorumd").element().isPresent();
        Section clusternodes = clusternodes();
        List<NodeConfig> nodes = new NodesReader(clusternodes, fencing, quorumDisk).read();
        TotemConfig totem = TotemConfig.of(cluster.child("totem"), nodes);
        Section cman = cluster.child("cman");
        CmanConfig cmanConfig = CmanConfig.of(cman, name, nodes, totem);
        if (cman.has("nodename")) {
            cman.warning("internal", "nodename is set by cman itself", "it is ignored");
        }
        // Where the nodes or their votes are not known, what follows from them is not told besides.
        boolean known = root.children("clusternodes").count() == 1 && NodesReader.votesAreRight(clusternodes)
                && cman.element().flatMap(e -> e.attribute("two_node")).orElse("0").matches("[01]");
        if (known) {
            VoteRules.check(cman, cmanConfig, nodes, clusternodes, quorumDisk);
        }
        RingRules.check(cman, clusternodes, cmanConfig);
        return Optional.of(new ClusterConfig(name, alias, version, cmanConfig, totem, nodes,
                FenceConfig.of(cluster.child("fence_daemon")), fencing.devices(),
                DlmConfig.of(cluster.child("dlm"), cluster.child("gfs_controld"), nodes),
                LoggingConfig.of(cluster.child("logging"), cluster.child("rm")), RmConfig.of(cluster.child("rm")),
                root));
    }

    private String name() {
        String name = cluster.requiredName();
        int length = name.getBytes(UTF_8).length;
        if (length > LONGEST_NAME) {
            cluster.error("name-too-long", "cluster name " + Problem.quoted(name) + " has " + length + " bytes",
                    "at most " + LONGEST_NAME);
        }
        return name;
    }

    private int version() {
        if (!cluster.has("config_version")) {
            cluster.error("config-version-missing", "cluster has no config_version", "write config_version=\"1\"");
        }
        return cluster.number("config_version", 0, VERSION);
    }

    private String alias(String name) {
        if (cluster.has("alias")) {
            cluster.warning("legacy", "alias of cluster is of the tools of RHEL 4 and 5", "it is only displayed");
        }
        return cluster.text("alias").orElse(name);
    }

    private Section clusternodes() {
        Section clusternodes = cluster.child("clusternodes");
        if (clusternodes.element().isEmpty()) {
            cluster.error("clusternodes-missing", "there is no clusternodes section", "add it with a clusternode for "
                    + "each machine");
        }
        return clusternodes;
    }

    private void legacy() {
        root.children("gulm").forEach(gulm -> problems.warning(gulm, "legacy", "gulm, the lock manager of RHEL 4, is "
                + "ignored", "remove it"));
        root.children("rm").flatMap(rm -> Stream.concat(Stream.of(rm), rm.children("resources")))
                .flatMap(parent -> parent.children("group"))
                .forEach(group -> problems.warning(group, "legacy", "group is of the first drafts of RHEL 4 and is "
                        + "ignored", "write service"));
    }
}
