package org.quorate.simulation.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.ccsd.core.Candidate;
import org.quorate.config.ClusterConfig;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.simulation.daemon.ConfigurationCluster;
import org.quorate.simulation.daemon.ConfigurationNode;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.world.World;

/**
 * One course of events from a seed: the cluster forms, an administrator gives a new file on the first node, perhaps
 * another one a different file of the same version on the second at the same time, something strikes at some step, and
 * while it lasts others go on giving files on the nodes that are left.
 */
public final class UpdateCourse {
    private static final Duration FORMING = Duration.ofSeconds(30);
    private static final Duration UPDATING = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AT_LAST = Duration.ofSeconds(120);
    private static final int CALM_LOOKS = 2;

    private final World world;
    private final ConfigurationCluster cluster;
    private final Candidate first;
    private final Judge judge;
    private final List<String> steps = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private boolean twoAtOnce;
    private boolean nobodyElse;
    private Consumer<ConfigurationCluster> change = _ -> { };
    private Optional<Strike> strike = Optional.empty();
    private int atStep = -1;
    private boolean counting;

    /**
     * The cluster of a configuration, off.
     *
     * @param lines who reads each line of the trace
     */
    public UpdateCourse(long seed, byte[] clusterConf, Consumer<String> lines) {
        world = new World(seed, lines);
        var config = ClusterConfig.read(clusterConf).config().orElseThrow();
        first = new Candidate(config.name(), 1, "first");
        cluster = new ConfigurationCluster(new Site(world, config, new ResourceRules.Reader().rules()), first);
        judge = new Judge(cluster, first);
        cluster.watchSteps(this::step);
    }

    /** Two administrators raise the same version at the same time. */
    public UpdateCourse twoAtOnce() {
        twoAtOnce = true;
        return this;
    }

    /** Nobody gives another file while the strike lasts. */
    public UpdateCourse nobodyElse() {
        nobodyElse = true;
        return this;
    }

    /** Strikes whoever is about to do the step of this number, counted from the update on. */
    public UpdateCourse strike(Strike what, int step) {
        strike = Optional.of(what);
        atStep = step;
        return this;
    }

    /** Changes the world once the cluster has formed. */
    public UpdateCourse with(Consumer<ConfigurationCluster> changed) {
        change = changed;
        return this;
    }

    /** Each step from the update on, until it was over or something struck. */
    public List<String> steps() {
        return List.copyOf(steps);
    }

    /** What the administrators were told. */
    public List<String> answers() {
        return List.copyOf(answers);
    }

    /** What was in force in the end. */
    public Candidate outcome() {
        return cluster.node(1).active().orElseThrow();
    }

    /** Lets it happen; gives what went wrong, if anything did. */
    public Optional<String> run() {
        cluster.nodes().forEach(node -> node.machine().powerOn());
        wait(FORMING);
        if (judge.missing().isPresent()) {
            return judge.missing().map(missing -> "it does not form: " + missing);
        }
        change.accept(cluster);
        counting = true;
        give(cluster.node(1), file(2, "two"));
        if (twoAtOnce) {
            give(cluster.node(2), file(2, "rival"));
        }
        wait(UPDATING);
        counting = false;
        if (!nobodyElse) {
            goOnGiving();
        }
        return atLast();
    }

    /** On the nodes that are left, somebody gives other content under the same number, and then a higher one. */
    private void goOnGiving() {
        cluster.nodes().reversed().forEach(node -> give(node, file(2, "other" + node.machine())));
        wait(UPDATING);
        cluster.nodes().reversed().forEach(node -> give(node, file(3, "three" + node.machine())));
        wait(UPDATING);
    }

    private Optional<String> atLast() {
        wait(Strike.LASTS);
        var found = whole();
        if (found.isEmpty() || judge.areTogether()) {
            return found;
        }
        // Nodes that have lost each other and do not find together are somebody's to start anew.
        world.trace().say("simulation", "all are switched off and on again");
        cluster.nodes().forEach(node -> node.machine().powerOff());
        cluster.nodes().forEach(node -> node.machine().powerOn());
        return whole();
    }

    private Optional<String> whole() {
        int calm = 0;
        var deadline = world.time().now().plus(AT_LAST);
        while (calm < CALM_LOOKS && world.time().now().isBefore(deadline) && judge.broken().isEmpty()) {
            wait(LOOK);
            calm = judge.missing().isEmpty() ? calm + 1 : 0;
        }
        return judge.broken().or(judge::missing);
    }

    private Candidate file(int version, String content) {
        return new Candidate(first.cluster(), version, content);
    }

    private void give(ConfigurationNode node, Candidate candidate) {
        node.update(candidate, answer -> {
            world.trace().say(node.machine() + " ccs_tool", answer);
            answers.add(answer);
            if (answer.contains("is in force on")) {
                judge.promise(candidate);
            }
        });
    }

    private void wait(Duration time) {
        world.time().runUntil(world.time().now().plus(time));
    }

    private void step(ConfigurationNode node, String deed) {
        if (!counting) {
            return;
        }
        steps.add(node.machine() + ": " + deed);
        if (steps.size() - 1 == atStep) {
            counting = false;
            world.trace().say("strike", strike.orElseThrow() + " " + node.machine() + " before: " + deed);
            strike.get().befall(cluster, node);
        }
    }
}
