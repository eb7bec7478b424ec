package org.quorate.dlm;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmProtocol;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterFile;
import org.quorate.daemon.Context;
import org.quorate.daemon.Daemon;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.Logs;
import org.quorate.daemon.StartFailure;
import org.quorate.daemon.ThisNode;
import org.quorate.dlm.peer.Peers;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.PeerSockets;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock daemon, dlmd(8). */
public final class Dlmd {
    private static final Logger LOG = LoggerFactory.getLogger(Dlmd.class);

    private Dlmd() {}

    /** Runs it. */
    public static void main(String[] args) {
        Daemon.main("dlmd", args, "", Dlmd::start);
    }

    private static Closeable start(Context context) throws StartFailure {
        if (!context.arguments().isEmpty()) {
            throw new StartFailure(ExitStatus.USAGE, "unknown option " + context.arguments().getFirst()
                    + "; try 'dlmd -h'");
        }
        var config = configuration(context.paths());
        Logs.use(config.logging().of("dlm_controld"));
        // At once: who hears nothing of new epochs must not grant anything any more.
        return open(context.paths(), config.name(), ThisNode.sockets(context.paths(), config), DlmProtocol.PORT,
                why -> context.halt(ExitStatus.FAILED, "cmand is gone: " + why));
    }

    private static ClusterConfig configuration(Paths paths) throws StartFailure {
        try {
            return ClusterConfig.read(document(paths)).toStart().orRefuse(paths.clusterConf().toString());
        } catch (IOException useless) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, useless.getMessage());
        }
    }

    private static byte[] document(Paths paths) throws IOException {
        try (var ccsd = CcsClient.connect(paths, "dlmd")) {
            return ccsd.document().document();
        } catch (IOException silent) {
            LOG.info("ccsd does not answer ({}), reading {}", silent.getMessage(), paths.clusterConf());
            return ClusterFile.bytes(paths.clusterConf());
        }
    }

    /**
     * Opens all doors and joins the group.
     *
     * @param port   that all dlmds use
     * @param orphan called with the reason when cmand is gone
     */
    static Closeable open(Paths paths, String cluster, PeerSockets sockets, int port, Consumer<String> orphan)
            throws StartFailure {
        var loop = new AtomicReference<DlmdLoop>();
        var ending = new AtomicBoolean();
        CmanLink cman;
        try {
            cman = CmanLink.open(paths, event -> loop.get().told(event), why -> {
                if (!ending.get()) {
                    orphan.accept(why);
                }
            });
        } catch (IOException missing) {
            throw new StartFailure(ExitStatus.DAEMON_MISSING,
                    "cmand does not answer (" + missing.getMessage() + "); start it first: cman_tool join");
        }
        try {
            var status = cman.status();
            loop.set(new DlmdLoop(new NodeId(status.nodeId())));
            var self = new Hello(Hello.PROTOCOL, cluster, status.nodeName(), "dlmd");
            var local = new InetSocketAddress(InetAddress.ofLiteral(status.addresses().getFirst()), port);
            var peers = new Peers(sockets, local, self, loop.get()::heard);
            loop.get().start(cman, peers);
            cman.join();
            var server = FrameServer.open(LocalDoor.at(paths.socket("dlmd")), DlmProtocol.LOCAL, self,
                    loop.get().programs());
            return () -> {
                ending.set(true);
                server.close();
                leave(loop.get(), cman);
                loop.get().close();
                peers.close();
                cman.close();
            };
        } catch (IOException | RefusedException failed) {
            ending.set(true);
            throw new StartFailure(ExitStatus.FAILED, "dlmd cannot start: " + failed.getMessage());
        }
    }

    private static void leave(DlmdLoop loop, CmanLink cman) {
        if (loop.holdsState()) {
            LOG.error("dlmd ends with locks open: this node leaves the cluster uncleanly, and is fenced");
            return;
        }
        try {
            cman.leave();
        } catch (IOException | RefusedException gone) {
            LOG.info("cannot leave the group: {}", gone.getMessage());
        }
    }
}
