package org.quorate.simulation.daemon;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.config.ClusterConfig;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.simulation.network.Group;
import org.quorate.simulation.network.Links;
import org.quorate.simulation.network.PeerConnections;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.Happening;
import org.quorate.simulation.world.RunningResources;
import org.quorate.simulation.world.World;

/** All nodes of a cluster, and what they share: the network, cluster.conf, and fence devices. */
public final class Site {
    private static final Duration SLOWEST_UPDATE = Duration.ofSeconds(2);
    private static final long BEGAN_MILLIS = 1_767_225_600_000L;

    private final World world;
    private final ClusterConfig config;
    private final ResourceRules rules;
    private final Links links;
    private final Group group;
    private final PeerConnections<PeerEnvelope> lockPeers;
    private final RunningResources resources;
    private final FenceDevices fences;
    private final ServiceAgents agents;
    private final Chance chance;
    private final SortedMap<NodeId, SimulatedNode> nodes = new TreeMap<>();
    private final List<Object> payloads = new ArrayList<>();
    private final SortedMap<Integer, ClusterConfig> versions = new TreeMap<>();

    /** The machines of a configuration, all off. */
    public Site(World world, ClusterConfig config, ResourceRules rules) {
        this.world = world;
        this.config = config;
        this.rules = rules;
        versions.put(config.version(), config);
        links = new Links(world);
        group = new Group(world, links, config.totem().token());
        lockPeers = new PeerConnections<>(links);
        resources = new RunningResources(world);
        fences = new FenceDevices(world);
        agents = new ServiceAgents(world, resources);
        chance = world.chance().branch();
        config.nodes().forEach(node -> {
            var machine = world.add(new NodeId(node.id()), new NodeName(node.name()));
            nodes.put(machine.id(), new SimulatedNode(this, machine));
        });
        world.install(machine -> nodes.get(machine.id()).boot());
    }

    /** Time, chance and machines. */
    public World world() {
        return world;
    }

    /** cluster.conf as it was first: what it says of nodes does not change. */
    public ClusterConfig config() {
        return config;
    }

    /** cluster.conf as it is now. */
    public ClusterConfig present() {
        return versions.get(versions.lastKey());
    }

    /** Each cluster.conf that there was, the last one last. */
    public List<ClusterConfig> versions() {
        return List.copyOf(versions.values());
    }

    ClusterConfig version(int number) {
        return versions.get(number);
    }

    /** All services of the present cluster.conf. */
    public List<ServiceName> services() {
        return servicesOf(present()).services();
    }

    ServiceConfiguration servicesOf(ClusterConfig version) {
        return ServiceConfiguration.read(version.root(), rules);
    }

    /** Another cluster.conf is in force; what says so reaches each resource manager when it likes. */
    public void update(ClusterConfig next) {
        versions.put(next.version(), next);
        world.trace().say("cluster.conf", "version " + next.version() + " is in force");
        world.happened(new Happening.ConfigurationChanged(next.version()));
        nodes.values().forEach(node -> node.rgmanager().ifPresent(manager ->
                manager.reconfigure(chance.between(Duration.ofMillis(10), SLOWEST_UPDATE))));
    }

    /** Who hears whom. */
    public Links links() {
        return links;
    }

    /** What really runs. */
    public RunningResources resources() {
        return resources;
    }

    /** Power switches that fence agents use. */
    public FenceDevices fences() {
        return fences;
    }

    /** The agents of services. */
    public ServiceAgents agents() {
        return agents;
    }

    /** All nodes, by id. */
    public List<SimulatedNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The node of that id. */
    public SimulatedNode node(NodeId id) {
        return nodes.get(id);
    }

    Group group() {
        return group;
    }

    PeerConnections<PeerEnvelope> lockPeers() {
        return lockPeers;
    }

    Chance chance() {
        return chance;
    }

    /** What a clock that is right shows, ms since 1970. */
    long wallMillis() {
        return BEGAN_MILLIS + Duration.ofNanos(world.time().now().nanos()).toMillis();
    }

    /** A message as bytes that only {@link #unpack} understands: how it would be encoded is no decision. */
    byte[] pack(Object message) {
        payloads.add(message);
        return ByteBuffer.allocate(Integer.BYTES).putInt(payloads.size() - 1).array();
    }

    Object unpack(byte[] payload) {
        return payloads.get(ByteBuffer.wrap(payload).getInt());
    }
}
