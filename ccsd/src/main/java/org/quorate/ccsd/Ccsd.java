package org.quorate.ccsd;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.ccsd.file.ConfigStore;
import org.quorate.ccsd.file.Document;
import org.quorate.ccsd.file.History;
import org.quorate.ccsd.peer.Discovery;
import org.quorate.ccsd.peer.Peers;
import org.quorate.config.LocalNode;
import org.quorate.daemon.Context;
import org.quorate.daemon.Daemon;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.Logs;
import org.quorate.daemon.StartFailure;
import org.quorate.daemon.ThisNode;
import org.quorate.wire.Door;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration daemon, ccsd(8). */
public final class Ccsd {
    private static final Logger LOG = LoggerFactory.getLogger(Ccsd.class);

    private Ccsd() {}

    /** Runs it. */
    public static void main(String[] args) {
        Daemon.main("ccsd", args, "", Ccsd::start);
    }

    private static Closeable start(Context context) throws StartFailure {
        if (!context.arguments().isEmpty()) {
            throw new StartFailure(ExitStatus.USAGE, "unknown option " + context.arguments().getFirst()
                    + "; try 'ccsd -h'");
        }
        var store = new ConfigStore(context.paths());
        var history = new History(context.paths());
        var origin = Origin.find(store, history, context.paths());
        var local = origin.document();
        var node = ThisNode.find(local.config(), LocalNode.Wish.NONE);
        if (!origin.onDisk()) {
            write(local, store);
        }
        var sockets = ThisNode.sockets(context.paths(), local.config());
        var self = new Hello(Hello.PROTOCOL, local.config().name(), node.node().name(), "ccsd");
        var peers = new Peers(sockets, self, InetAddress::getByName);
        var others = local.config().nodes().stream().filter(other -> other.id() != node.node().id()).toList();
        var start = Start.alone(local, node.node().name(), history).search(others, peers, store);
        Logs.use(start.active().config().logging().of("ccsd"));

        var loop = new CcsdLoop(node.id(), node.node().name(), start, store, history, peers, context.paths()).start();
        var peerDoor = listen(() -> sockets.listen(new InetSocketAddress(node.address(), CcsProtocol.PORT)));
        var peerServer = FrameServer.open(peerDoor, CcsProtocol.PEER, self, loop.peers());
        var localDoor = listen(() -> LocalDoor.at(context.paths().socket("ccsd")));
        var localServer = FrameServer.open(localDoor, CcsProtocol.LOCAL, self, loop.programs());
        var discovery = discovery();
        start.behind().forEach(older -> Thread.ofVirtual().name("offer-" + older)
                .start(() -> offer(start.active(), older, peers)));
        return () -> {
            localServer.close();
            peerServer.close();
            discovery.close();
            loop.close();
        };
    }

    private static void write(Document document, ConfigStore store) throws StartFailure {
        try {
            store.activate(document);
        } catch (IOException failed) {
            throw new StartFailure(ExitStatus.FAILED, "cannot write " + ConfigStore.why(failed));
        }
    }

    /** Nodes without a file find this one; if they cannot, that is no reason not to start. */
    private static Closeable discovery() {
        try {
            return Discovery.answering();
        } catch (IOException taken) {
            LOG.info("nodes without a cluster.conf will not find this one: UDP port {}: {}",
                    CcsProtocol.DISCOVERY_PORT, taken.getMessage());
            return () -> { };
        }
    }

    /** Nodes that were there first and have an older file take this one over, unless they are quorate. */
    private static void offer(Document document, String older, Peers peers) {
        try {
            peers.offer(older, document);
        } catch (IOException gone) {
            LOG.info("cannot tell {} that there is version {}: {}", older, document.config().version(),
                    gone.getMessage());
        }
    }

    private interface Opening {
        Door open() throws IOException;
    }

    private static Door listen(Opening opening) throws StartFailure {
        try {
            return opening.open();
        } catch (IOException taken) {
            throw new StartFailure(ExitStatus.FAILED, taken.getMessage());
        }
    }
}
