package org.quorate.simulation.daemon;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.config.ClusterConfig;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.simulation.network.Group;
import org.quorate.simulation.network.Links;
import org.quorate.simulation.network.PeerConnections;
import org.quorate.simulation.world.Chance;
import org.quorate.simulation.world.RunningResources;
import org.quorate.simulation.world.World;

/** All nodes of a cluster, and what they share: the network, cluster.conf, fence devices, and wall-clock time. */
public final class Site {
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

    /** The machines of a configuration, all off. */
    public Site(World world, ClusterConfig config, ResourceRules rules) {
        this.world = world;
        this.config = config;
        this.rules = rules;
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

    /** cluster.conf, the same on all nodes. */
    public ClusterConfig config() {
        return config;
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

    ResourceRules rules() {
        return rules;
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
