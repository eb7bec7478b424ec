package org.quorate.fenced.agent;

import java.io.Closeable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.quorate.config.ClusterConfig;
import org.quorate.config.FenceMethod;
import org.quorate.fenced.core.FenceEffect.RunMethod;
import org.quorate.fenced.core.FenceEffect.Weight;
import org.quorate.fenced.core.FenceEvent.MethodEnded;
import org.quorate.fencing.AgentCatalogue;
import org.quorate.fencing.DeviceResult;
import org.quorate.fencing.MethodRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs methods against victims, each in a virtual thread of its own; all end with {@link #close}. */
public final class AgentRuns implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRuns.class);

    private final AgentCatalogue catalogue;
    private final Supplier<ClusterConfig> config;
    private final Map<Long, MethodRun> running = new ConcurrentHashMap<>();

    /**
     * Runs nothing yet.
     *
     * @param config the configuration in force at the moment of each attempt
     */
    public AgentRuns(AgentCatalogue catalogue, Supplier<ClusterConfig> config) {
        this.catalogue = catalogue;
        this.config = config;
    }

    /** Starts a method; {@code then} is told its end by another thread. */
    public void start(RunMethod what, Consumer<MethodEnded> then) {
        var method = method(what);
        if (method.isEmpty()) {
            then.accept(new MethodEnded(what.attempt(), false, "cluster.conf does not have it any more"));
            return;
        }
        var run = new MethodRun(catalogue, what.victim().name(), method.get().devices(), Optional.empty(),
                result -> log(what, result));
        running.put(what.attempt(), run);
        Thread.ofVirtual().name("fence-" + what.victim() + "-" + what.level()).start(() -> {
            try {
                var outcome = run.run();
                then.accept(new MethodEnded(what.attempt(), outcome.success(), outcome.line()));
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
                then.accept(new MethodEnded(what.attempt(), false, "interrupted"));
            } finally {
                running.remove(what.attempt());
            }
        });
    }

    private Optional<FenceMethod> method(RunMethod what) {
        return config.get().node(what.node().number()).map(node -> node.methods())
                .filter(methods -> what.level() <= methods.size()).map(methods -> methods.get(what.level() - 1));
    }

    private static void log(RunMethod what, DeviceResult result) {
        var line = result.line("fence", what.victim().name(), what.level() - 1);
        if (what.weight() == Weight.DEBUG) {
            LOG.debug("{}", line);
        } else {
            LOG.info("{}", line);
        }
    }

    /** Ends an attempt with its agent, at once. */
    public void stop(long attempt) {
        var run = running.get(attempt);
        if (run != null) {
            // Killing waits for a program that kills; whoever tells us to must not.
            Thread.ofVirtual().name("stop-fencing").start(run::stop);
        }
    }

    /** Asks all agents what they are, before a node waits to be cut off by them. */
    public void learn() {
        Thread.ofVirtual().name("learn-agents").start(() -> config.get().fenceDevices().stream()
                .flatMap(device -> catalogue.find(device.agent()).stream()).distinct().forEach(catalogue::metadata));
    }

    @Override
    public void close() {
        running.values().forEach(MethodRun::stop);
    }
}
