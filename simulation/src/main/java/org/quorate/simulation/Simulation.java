package org.quorate.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterFile;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.fault.Caretaker;
import org.quorate.simulation.fault.Fault;
import org.quorate.simulation.fault.Scene;
import org.quorate.simulation.invariant.Invariant;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.World;
import org.quorate.time.Moment;

/**
 * A whole cluster in one thread from one seed: what goes wrong in it, what must never happen, and what must come in
 * the end. Equal seeds and equal settings give equal courses of events.
 */
public final class Simulation {
    private static final Duration CALM = Duration.ofSeconds(150);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LATEST_POWER = Duration.ofSeconds(4);
    private static final int TOLD = 60;
    private static final int EVERY_KIND = 1000;
    private static final List<Integer> SHARES = List.of(150, 300, 500, EVERY_KIND);
    private static final List<Integer> TIMES = List.of(1, 2, 3, 6);

    private final long seed;
    private final String replay;
    private final ClusterConfig config;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Invariant> always = new ArrayList<>();
    private final List<Eventually> eventually = new ArrayList<>();
    private Consumer<String> reader = _ -> { };
    private Consumer<Site> change = _ -> { };
    private final List<Consumer<Site>> afterwards = new ArrayList<>();
    private boolean some;
    private boolean leftAlone;

    private Simulation(long seed, String replay, byte[] clusterConf) {
        this.seed = seed;
        this.replay = replay;
        config = ClusterConfig.read(clusterConf).config()
                .orElseThrow(() -> new IllegalArgumentException("this is no cluster.conf"));
    }

    /** A cluster of one of the configurations that come with the simulator. */
    public static Simulation of(long seed, String fixture) {
        return new Simulation(seed, Long.toString(seed), resource(fixture));
    }

    /** The same, with one member that decides about all services. */
    public static Simulation central(long seed, String fixture) {
        var text = new String(resource(fixture), StandardCharsets.UTF_8);
        return new Simulation(seed, seed + " --central", text.replace("<rm ", "<rm central_processing=\"1\" ")
                .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A cluster of any configuration.
     *
     * @param replay what {@link ClusterSim} has to be given to show the same again
     */
    public static Simulation of(long seed, String replay, byte[] clusterConf) {
        return new Simulation(seed, replay, clusterConf);
    }

    /** What goes wrong; of these, each seed has some. */
    public Simulation faults(List<Fault> kinds) {
        some = true;
        faults.addAll(kinds);
        return this;
    }

    /** What goes wrong, all of it. */
    public Simulation faults(Fault... kinds) {
        faults.addAll(List.of(kinds));
        return this;
    }

    /** What must never be broken. */
    public Simulation always(Invariant... rules) {
        always.addAll(List.of(rules));
        return this;
    }

    /** What must be so within some time after the last fault. */
    public Simulation eventually(Eventually... states) {
        eventually.addAll(List.of(states));
        return this;
    }

    /** Nobody puts services in order after the last fault: they are where their policy has put them. */
    public Simulation servicesLeftAlone() {
        leftAlone = true;
        return this;
    }

    /** What is done once all is as it must be; after that it must be so again. */
    public Simulation afterwards(Consumer<Site> deed) {
        afterwards.add(deed);
        return this;
    }

    /** Who reads each line of the trace as it comes. */
    public Simulation tracedTo(Consumer<String> lines) {
        reader = lines;
        return this;
    }

    /** Changes the world before it begins. */
    public Simulation with(Consumer<Site> changed) {
        change = change.andThen(changed);
        return this;
    }

    /**
     * Lets it happen.
     *
     * @param time in which faults happen; then there is calm, until what must be so is so
     * @throws SimulationFailure when something happens that must not, or does not that must
     */
    public Outcome run(Duration time) {
        var world = new World(seed, reader);
        try {
            return run(world, time);
        } catch (Broken broken) {
            throw new SimulationFailure(seed, replay, broken.getMessage(), world.trace().tail(TOLD), null);
        } catch (AssertionError | RuntimeException contradiction) {
            throw new SimulationFailure(seed, replay, "a core contradicts itself: " + contradiction,
                    world.trace().tail(TOLD), contradiction);
        }
    }

    private Outcome run(World world, Duration time) {
        world.watch(happening -> judge(world, happening));
        var chance = world.chance().branch();
        var site = new Site(world, config, rules());
        change.accept(site);
        var end = Moment.START.plus(time);
        powerOn(site, chance);
        var caretaker = new Caretaker(new Scene(site, chance.branch(), end), !leftAlone);
        caretaker.begin();
        // Many kinds at once hide what two of them do together; how often they come differs as well.
        int share = some ? chance.oneOf(SHARES) : EVERY_KIND;
        int times = some ? chance.oneOf(TIMES) : 1;
        for (var fault : faults) {
            var scene = new Scene(site, chance.branch(), end);
            if (chance.permille(share)) {
                fault.oftener(times).begin(scene);
            }
        }
        if (!faults.isEmpty() && chance.permille(500)) {
            new Fault("orders", Duration.ofSeconds(15), _ -> caretaker.giveOrder())
                    .begin(new Scene(site, chance.branch(), end));
        }
        world.time().runUntil(end);
        world.trace().say("simulation", "no more faults");
        caretaker.tidyUp();
        calm(world, site);
        for (var deed : afterwards) {
            deed.accept(site);
            calm(world, site);
        }
        return new Outcome(world.trace().digest(), world.trace().lines(), world.time().steps(), world.time().now());
    }

    private void powerOn(Site site, Chance chance) {
        for (SimulatedNode node : site.nodes()) {
            // What stays off is switched on by somebody sooner or later.
            if (!some || chance.permille(900)) {
                site.world().time().after(chance.between(Duration.ZERO, LATEST_POWER), node.machine()::powerOn);
            }
        }
    }

    private void judge(World world, Happening happening) {
        for (var rule : always) {
            var broken = rule.judge(happening);
            if (broken.isPresent()) {
                world.trace().say("invariant", broken.get());
                throw new Broken(broken.get());
            }
        }
    }

    private void calm(World world, Site site) {
        var deadline = world.time().now().plus(CALM);
        int held = 0;
        Optional<String> missing = Optional.empty();
        while (held < 2 && world.time().now().isBefore(deadline)) {
            world.time().runUntil(world.time().now().plus(LOOK));
            missing = eventually.stream().flatMap(state -> state.missing(site).stream()).findFirst();
            held = missing.isEmpty() ? held + 1 : 0;
        }
        if (held < 2) {
            throw new Broken(missing.orElse("it does not stay so") + ", " + CALM.toSeconds()
                    + " s after the last fault");
        }
    }

    private static ResourceRules rules() {
        var reader = new ResourceRules.Reader();
        for (var agent : ClusterFile.parse(resource("agents.xml")).root().orElseThrow().children()) {
            reader.add(agent.attribute("name", "") + ".sh", agent);
        }
        return reader.rules();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Simulation.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("the simulator has no " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * How it went.
     *
     * @param digest of the whole trace
     * @param lines  of the trace
     * @param steps  that were made
     * @param end    when it was over
     */
    public record Outcome(long digest, long lines, long steps, Moment end) {}

    /** Something that has to be so in the end. */
    @FunctionalInterface
    public interface Eventually {
        /** What is not so yet. */
        Optional<String> missing(Site site);
    }

    /** An invariant is broken. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }
    }
}
