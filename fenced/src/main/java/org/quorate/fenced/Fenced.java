package org.quorate.fenced;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.quorate.api.fence.FenceProtocol;
import org.quorate.config.ClusterConfig;
import org.quorate.daemon.Context;
import org.quorate.daemon.Daemon;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.Logs;
import org.quorate.daemon.StartFailure;
import org.quorate.fencing.AgentCatalogue;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.RefusedException;

/** The fencing daemon, fenced(8). */
public final class Fenced {
    private Fenced() {}

    /** Runs it. */
    public static void main(String[] args) {
        Daemon.main("fenced", args, Options.HELP, Fenced::start);
    }

    static Closeable start(Context context) throws StartFailure {
        var options = Options.of(context.arguments());
        var source = new CcsdOrFile(context.paths());
        var config = read(source);
        Logs.use(config.logging().of("fenced"));
        // cmand speaks only after we subscribe, and by then the loop is there.
        var loop = new AtomicReference<FencedLoop>();
        var ending = new AtomicBoolean();
        var cman = connect(context, loop, ending);
        try {
            loop.set(new FencedLoop(cman.self(), options, source, config, AgentCatalogue.of(context.paths()),
                    new DomainMark(context.paths())).start(cman));
            cman.subscribe();
            loop.get().rejoin();
            var self = new Hello(Hello.PROTOCOL, config.name(), "", "fenced");
            var server = FrameServer.open(
                    LocalDoor.at(context.paths().socket("fenced")), FenceProtocol.LOCAL, self, loop.get().door());
            return () -> {
                ending.set(true);
                server.close();
                loop.get().close();
                cman.close();
            };
        } catch (IOException | RefusedException failed) {
            ending.set(true);
            throw new StartFailure(ExitStatus.FAILED, failed.getMessage());
        }
    }

    private static ClusterConfig read(ConfigurationSource source) throws StartFailure {
        try {
            return source.read();
        } catch (IOException useless) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, useless.getMessage());
        }
    }

    private static CmanLink connect(Context context, AtomicReference<FencedLoop> loop, AtomicBoolean ending)
            throws StartFailure {
        try {
            return CmanLink.open(context.paths(), event -> loop.get().told(event), why -> {
                if (!ending.get()) {
                    context.stop(ExitStatus.DAEMON_MISSING, "cmand is gone: " + why);
                }
            });
        } catch (IOException missing) {
            throw new StartFailure(ExitStatus.DAEMON_MISSING,
                    "cmand does not answer (" + missing.getMessage() + "); start it first: cman_tool join");
        }
    }
}
