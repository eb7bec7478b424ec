package org.quorate.cman;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.quorate.api.cman.CmanProtocol;
import org.quorate.cman.config.ConfigurationLink;
import org.quorate.cman.config.Overrides;
import org.quorate.cman.core.Membership;
import org.quorate.cman.core.MembershipEvent;
import org.quorate.cman.core.Self;
import org.quorate.cman.disk.Memory;
import org.quorate.cman.disk.StateMark;
import org.quorate.cman.group.GroupSettings;
import org.quorate.cman.group.JGroupsGroup;
import org.quorate.config.ClusterConfig;
import org.quorate.config.NodeMulticast;
import org.quorate.config.Transport;
import org.quorate.daemon.Context;
import org.quorate.daemon.Daemon;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.Logs;
import org.quorate.daemon.StartFailure;
import org.quorate.daemon.ThisNode;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;

/** The membership daemon, cmand: what {@code cman_tool join} starts. Source: cman(5), cman_tool(8). */
public final class Cmand {
    private static final int KEY_BYTES = 32;

    private Cmand() {}

    /** Runs it. */
    public static void main(String[] args) {
        Daemon.main("cmand", args, "", Cmand::start);
    }

    private static Closeable start(Context context) throws StartFailure {
        if (!context.arguments().isEmpty()) {
            throw new StartFailure(ExitStatus.USAGE, "unknown option " + context.arguments().getFirst()
                    + "; try 'cmand -h'");
        }
        try {
            return start(context, Overrides.of(System.getenv()));
        } catch (IOException failed) {
            throw new StartFailure(ExitStatus.FAILED, failed.getMessage());
        }
    }

    private static Closeable start(Context context, Overrides overrides) throws StartFailure, IOException {
        var config = configuration(context.paths());
        Logs.use(config.logging().of("cmand"));
        var node = ThisNode.find(config, overrides.wish());
        var mark = new StateMark(context.paths());
        var refusal = mark.whyNot();
        if (refusal.isPresent()) {
            throw new StartFailure(ExitStatus.NOT_IN_CLUSTER, refusal.get());
        }
        var memory = Memory.begin(context.paths(), System.currentTimeMillis());
        var group = JGroupsGroup.prepare(groupSettings(context.paths(), config, node, overrides));
        var self = new Self(group.self(), node.id(), node.name(), memory.incarnation(), config.name(),
                config.cman().clusterId().value(), List.of(node.address().getHostAddress()),
                List.of(overrides.group().orElseGet(() -> config.cman().groupAddress(node.address()))
                        .getHostAddress()),
                System.currentTimeMillis(), memory.remembered());
        var core = new Membership(self, overrides.settings(config, node.node()));
        var follower = new Follower();
        var loop = new CmandLoop(context, core, group, memory, mark, follower::reload).start();
        follower.begin(ConfigurationLink.follow(context.paths(), newer -> {
            Logs.use(newer.logging().of("cmand"));
            newer.node(node.node().id()).ifPresent(same ->
                    loop.tell(new MembershipEvent.ConfigurationRead(overrides.settings(newer, same))));
        }));
        group.connect(loop::tell);
        var server = FrameServer.open(LocalDoor.at(context.paths().socket("cmand")), CmanProtocol.LOCAL,
                new Hello(Hello.PROTOCOL, config.name(), node.node().name(), "cmand"), loop.programs());
        return () -> {
            follower.close();
            server.close();
            loop.close();
        };
    }

    private static ClusterConfig configuration(Paths paths) throws StartFailure {
        try {
            return ConfigurationLink.read(paths);
        } catch (IOException missing) {
            throw new StartFailure(ExitStatus.DAEMON_MISSING, "ccsd is not running on this node; start it first ("
                    + missing.getMessage() + ")");
        }
    }

    private static GroupSettings groupSettings(Paths paths, ClusterConfig config, ThisNode node, Overrides overrides)
            throws StartFailure, IOException {
        if (config.cman().transport() != Transport.UDP) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, "cluster.conf: cman transport "
                    + config.cman().transport() + " is not available; leave it out, or give udp");
        }
        var wanted = node.node().multicast().flatMap(NodeMulticast::networkInterface);
        var device = wanted.isPresent() ? NetworkInterface.getByName(wanted.get())
                : NetworkInterface.getByInetAddress(node.address());
        if (device == null) {
            throw new StartFailure(ExitStatus.BAD_CONFIGURATION, "cluster.conf: clusternode " + node.node().name()
                    + ": multicast interface " + wanted.orElse("") + " does not exist on this host");
        }
        var multicast = overrides.group().orElseGet(() -> config.cman().groupAddress(node.address()));
        var key = config.totem().secauth()
                ? Optional.of(new SecretKeySpec(ThisNode.key(paths).derive("cman", KEY_BYTES), "AES"))
                : Optional.<SecretKeySpec>empty();
        return new GroupSettings(config.name(), node.node().name(), device, source(device, node, multicast),
                node.address(), multicast, overrides.port().orElse(config.cman().multicast().port()),
                config.cman().multicast().ttl(), config.totem().token(), key.map(made -> made));
    }

    /** The address of the interface to send from: the node's own where it lies there, else one of the same family. */
    private static InetAddress source(NetworkInterface device, ThisNode node, InetAddress multicast)
            throws StartFailure {
        var own = device.inetAddresses().filter(address -> address.equals(node.address())).findFirst();
        return own.or(() -> device.inetAddresses()
                        .filter(address -> address instanceof Inet6Address == multicast instanceof Inet6Address)
                        .findFirst())
                .orElseThrow(() -> new StartFailure(ExitStatus.BAD_CONFIGURATION, "interface " + device.getName()
                        + " has no address from which to send to " + multicast.getHostAddress()
                        + "; bring it up, or correct cluster.conf"));
    }

    /** The loop wants to reload before the link that does it can exist. */
    private static final class Follower implements Closeable {
        private volatile Optional<ConfigurationLink> link = Optional.empty();

        void begin(ConfigurationLink begun) {
            link = Optional.of(begun);
        }

        void reload() {
            link.ifPresent(ConfigurationLink::reload);
        }

        @Override
        public void close() throws IOException {
            if (link.isPresent()) {
                link.get().close();
            }
        }
    }
}
