package org.quorate.rgmanager;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.quorate.agents.OcfFolder;
import org.quorate.api.rgmanager.RgProtocol;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.config.ClusterConfig;
import org.quorate.daemon.Context;
import org.quorate.daemon.Daemon;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.Logs;
import org.quorate.daemon.Signals;
import org.quorate.daemon.StartFailure;
import org.quorate.rgmanager.agent.AgentRuns;
import org.quorate.rgmanager.agent.StrayAgents;
import org.quorate.rgmanager.core.ServicesEvent;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.script.EventScripts;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resource manager, rgmanager(8). */
public final class Rgmanager {
    private static final Logger LOG = LoggerFactory.getLogger(Rgmanager.class);
    private static final String STATE = "rgmanager.state";
    private static final String DUMP = "rgmanager-dump";

    private final Context context;
    private final ConfigurationSource source;
    private final LogSheet logSheet;
    private final AtomicReference<ServicesLoop> loop = new AtomicReference<>();

    private volatile boolean closing;

    private Rgmanager(Context context) {
        this.context = context;
        source = new ConfigurationSource(context.paths());
        logSheet = new LogSheet(context.paths());
    }

    /** Runs it. */
    public static void main(String[] args) {
        Daemon.main("rgmanager", args, Options.HELP, Rgmanager::start);
    }

    static Closeable start(Context context) throws StartFailure {
        return new Rgmanager(context).start(Options.of(context.arguments()));
    }

    private Closeable start(Options options) throws StartFailure {
        LOG.info("Resource Group Manager Starting");
        var cluster = cluster();
        Logs.use(cluster.logging().of("rgmanager"));
        if (cluster.rm().disabled()) {
            throw new StartFailure(ExitStatus.USAGE, "rgmanager is disabled in cluster.conf (rm disabled=\"1\")");
        }
        var file = new RunningFile(context.paths().runFolder().resolve(STATE));
        var left = file.read();
        var before = source.services(configurationOf(left, cluster));
        var cman = cman();
        try {
            loop.set(new ServicesLoop(cman.status().nodeId(), before, source::considered));
            var locks = DlmLocks.open(context.paths(), this::tell);
            var fenced = new FencedLink(context.paths());
            var agents = new AgentRuns(context.paths().agentFolder(), context.paths().logFolder());
            var scripts = new EventScripts(context.paths().agentFolder(), context.paths().runFolder());
            loop.get().start(new ServicesLoop.Doors(cman, locks, agents, scripts, file, source, fenced,
                    machine(options), new DumpFile(context.paths().stateFolder().resolve(DUMP)), this::ended));
            Signals.on("HUP", () -> reconfigure(before.version()));
            Signals.on("USR1", () -> tell(new ServicesEvent.DumpAsked()));
            Thread.ofVirtual().name("adopt").start(() -> begin(locks, left, !options.noInit()));
            if (before.version() != cluster.version()) {
                tell(new ServicesEvent.Configured(source.services(cluster)));
            }
            cman.subscribe();
            var server = FrameServer.open(LocalDoor.at(context.paths().socket("rgmanager")), RgProtocol.LOCAL,
                    new Hello(Hello.PROTOCOL, cluster.name(), "", "rgmanager"), loop.get().door());
            logSheet.use(cluster.logging().of("rgmanager"));
            // What came into force after cluster.conf was read and before we listened was told to nobody here.
            Thread.ofVirtual().name("configuration").start(() -> reconfigureUnless(cluster.version()));
            return () -> {
                closing = true;
                loop.get().close();
                scripts.close();
                server.close();
                fenced.close();
                locks.close();
                cman.close();
                logSheet.close();
            };
        } catch (IOException | RefusedException failed) {
            throw new StartFailure(ExitStatus.DAEMON_MISSING, failed.getMessage());
        }
    }

    private ClusterConfig cluster() throws StartFailure {
        try {
            return source.cluster();
        } catch (IOException useless) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, useless.getMessage());
        }
    }

    /** What may still run is stopped by the configuration that it was started by, should that have changed since. */
    private ClusterConfig configurationOf(RunningFile.Content left, ClusterConfig present) {
        if (left.document().length == 0) {
            return present;
        }
        try {
            return source.parsed(left.document());
        } catch (IOException useless) {
            LOG.warn("the configuration that the last manager used is of no use any more: {}", useless.getMessage());
            return present;
        }
    }

    /** What was not operated by that configuration, but by an older one that it is to be stopped by. */
    private Map<ServiceName, ServiceConfiguration> kept(RunningFile.Content left) {
        var kept = new TreeMap<ServiceName, ServiceConfiguration>();
        for (var one : left.kept()) {
            try {
                kept.put(one.service(), source.services(source.parsed(one.document())));
            } catch (IOException useless) {
                LOG.warn("the configuration that {} runs by is of no use any more: {}", one.service(),
                        useless.getMessage());
            }
        }
        return kept;
    }

    private CmanLink cman() throws StartFailure {
        try {
            return CmanLink.open(context.paths(), this::tell, new CmanLink.Others() {
                @Override
                public boolean mayLeave() {
                    return loop.get().isEmpty();
                }

                @Override
                public void configurationActive(int version) {
                    Thread.ofVirtual().name("configuration").start(() -> reconfigure(version));
                }
            });
        } catch (IOException missing) {
            throw new StartFailure(ExitStatus.DAEMON_MISSING,
                    "cmand does not answer (" + missing.getMessage() + "); start it first: cman_tool join");
        }
    }

    private Machine machine(Options options) {
        boolean real = context.paths().root().equals(Path.of("/")) && "root".equals(System.getProperty("user.name"));
        return new Machine(real && !options.noWatchdog() && !context.debug());
    }

    /** The core has nothing to do any more; if that was not our wish, the process ends with it. */
    private void ended(boolean inOrder, String why) {
        if (!closing) {
            context.stop(inOrder ? ExitStatus.OK : ExitStatus.DAEMON_MISSING, why);
        }
    }

    private void tell(ServicesEvent event) {
        loop.get().tell(event);
    }

    private void begin(DlmLocks locks, RunningFile.Content left, boolean clean) {
        try {
            // Before anything is stopped or checked: a start that still goes on could undo that.
            new StrayAgents(List.of(context.paths().agentFolder(), OcfFolder.of(context.paths()).root())).end();
            var held = locks.adopt();
            tell(new ServicesEvent.Began(left.running(), kept(left), held.services(), held.arrivals(),
                    clean));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            LOG.error("Locks not working! {}", failed.getMessage());
            tell(new ServicesEvent.ClusterLost(failed.getMessage()));
        }
    }

    private void reconfigureUnless(int known) {
        try {
            int present = source.cluster().version();
            if (present != known) {
                reconfigure(present);
            }
        } catch (IOException useless) {
            LOG.warn("cannot see whether version {} of cluster.conf is still in force: {}", known,
                    useless.getMessage());
        }
    }

    private void reconfigure(int version) {
        try {
            var cluster = source.cluster();
            logSheet.use(cluster.logging().of("rgmanager"));
            if (cluster.rm().disabled()) {
                context.stop(ExitStatus.OK, "version " + version + " of cluster.conf disables rgmanager");
                return;
            }
            tell(new ServicesEvent.Configured(source.services(cluster)));
        } catch (IOException useless) {
            LOG.error("version {} of cluster.conf is not taken into use: {}", version, useless.getMessage());
        }
    }
}
