package org.quorate.rgmanager.core.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.domain.FailoverDomain;
import org.quorate.rgmanager.core.domain.FailoverDomains;
import org.quorate.rgmanager.core.domain.Ground;
import org.quorate.rgmanager.core.domain.Score;
import org.quorate.rgmanager.core.tree.CheckSlots;
import org.quorate.rgmanager.core.tree.LeadingNumber;
import org.quorate.rgmanager.core.tree.Place;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.TreeNode;
import org.quorate.rgmanager.core.trigger.EventTriggers;

/** The services of one cluster.conf: their trees, what is said of each as a whole, and where they may run. */
public final class ServiceConfiguration {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

    private final Element cluster;
    private final ResourceRules types;
    private final int version;
    private final ResourceConfiguration resources;
    private final FailoverDomains domains;
    private final SortedMap<Integer, String> nodes = new TreeMap<>();
    private final Map<ServiceName, TreeNode> roots = new LinkedHashMap<>();
    private final Map<ServiceName, ServicePolicy> policies = new LinkedHashMap<>();
    private final Duration pollInterval;
    private final CheckSlots slots;
    private final List<Integer> fenced = new ArrayList<>();
    private final EventTriggers triggers;
    private final boolean central;

    private ServiceConfiguration(Element cluster, ResourceRules types) {
        this.cluster = cluster;
        this.types = types;
        resources = ResourceConfiguration.read(cluster, types, Defaults.FOR_INLINE);
        version = LeadingNumber.of(cluster.attribute("config_version", "0"));
        domains = FailoverDomains.read(cluster);
        cluster.child("clusternodes").stream().flatMap(c -> c.children("clusternode")).forEach(this::addNode);
        resources.tree().roots().forEach(this::addRoot);
        var rm = Place.root(cluster, "cluster").children("rm");
        int seconds = number(rm, "status_poll_interval");
        pollInterval = seconds < 1 ? POLL_INTERVAL : Duration.ofSeconds(seconds);
        triggers = EventTriggers.read(cluster);
        central = number(rm, "central_processing") != 0;
        int children = number(rm, "status_child_max");
        slots = children < 1 ? CheckSlots.unlimited() : CheckSlots.of(children);
    }

    private static int number(Place rm, String attribute) {
        return rm.attribute(attribute).map(LeadingNumber::of).orElse(0);
    }

    private void addNode(Element node) {
        int id = LeadingNumber.of(node.attribute("nodeid", "0"));
        nodes.put(id, node.attribute("name", ""));
        boolean device = node.child("fence").stream().flatMap(f -> f.children("method"))
                .flatMap(m -> m.children("device")).findAny().isPresent();
        if (device) {
            fenced.add(id);
        }
    }

    private void addRoot(TreeNode root) {
        var name = new ServiceName(root.resource().fullName());
        roots.put(name, root);
        policies.put(name, ServicePolicy.of(root));
    }

    /**
     * Reads a configuration.
     *
     * @param cluster root element of cluster.conf
     * @param types   of the agents that are installed
     */
    public static ServiceConfiguration read(Element cluster, ResourceRules types) {
        return new ServiceConfiguration(cluster, types);
    }

    /** The same once more, of which nothing runs and nothing is marked. */
    public ServiceConfiguration again() {
        return new ServiceConfiguration(cluster, types);
    }

    /** config_version. */
    public int version() {
        return version;
    }

    /** Resources and their tree. */
    public ResourceConfiguration resources() {
        return resources;
    }

    /** Its failover domains. */
    public FailoverDomains domains() {
        return domains;
    }

    /** What was odd about it, a line each. */
    public List<String> problems() {
        var lines = new ArrayList<>(domains.problems());
        resources.messages().forEach(m -> lines.add(m.text()));
        if (central) {
            lines.addAll(triggers.problems());
        }
        return lines;
    }

    /** All services in the order of the tree. */
    public List<ServiceName> services() {
        return List.copyOf(roots.keySet());
    }

    /** Whether there is such a service. */
    public boolean has(ServiceName service) {
        return roots.containsKey(service);
    }

    /** The root of a service's tree. */
    public Optional<TreeNode> root(ServiceName service) {
        return Optional.ofNullable(roots.get(service));
    }

    /** What is said of a service as a whole. */
    public ServicePolicy policy(ServiceName service) {
        return policies.getOrDefault(service, ServicePolicy.PLAIN);
    }

    /** Names of the nodes by their ids. */
    public SortedMap<Integer, String> nodes() {
        return new TreeMap<>(nodes);
    }

    /** The name of a node. */
    public String nameOf(int node) {
        return nodes.getOrDefault(node, node == 0 ? "none" : "node " + node);
    }

    /** Whether a node can be fenced by a device: then it has to be in the fence domain to run services. */
    public boolean hasFenceDevice(int node) {
        return fenced.contains(node);
    }

    /** How long after one status check the next one is looked for. */
    public Duration pollInterval() {
        return pollInterval;
    }

    /** The status checks that may run at once here. */
    public CheckSlots slots() {
        return slots;
    }

    /** Whether one member decides about all services. */
    public boolean central() {
        return central;
    }

    /** What is run by which event where that is so. */
    public EventTriggers triggers() {
        return triggers;
    }

    /** What the root of a service's tree says, and nothing inherited. */
    public Optional<String> property(ServiceName service, String name) {
        return root(service).flatMap(r -> r.resource().property(name));
    }

    /** How a member suits a service, were just these members online. */
    public Score score(ServiceName service, int node, List<Integer> online, ServiceRecord record) {
        return ground(service, node, named(online), record).score();
    }

    /** Why a member suits a service so, were just these members online; to be read behind the member's name. */
    public String scoreWhy(ServiceName service, int node, List<Integer> online, ServiceRecord record) {
        var members = named(online);
        return ground(service, node, members, record).words(domainOf(service),
                policy(service).domain().orElse(""), members, node);
    }

    private SortedMap<Integer, String> named(List<Integer> online) {
        var members = new TreeMap<Integer, String>();
        online.forEach(id -> members.put(id, nameOf(id)));
        return members;
    }

    private Ground ground(ServiceName service, int node, SortedMap<Integer, String> online, ServiceRecord record) {
        boolean running = record.is(ServiceState.STARTED, ServiceState.STARTING);
        return Ground.of(domainOf(service), online, node,
                Optional.of(new Score.Whereabouts(running, record.owner())));
    }

    /** Whether only members of its failover domain may run a service. */
    public boolean restricted(ServiceName service) {
        return domainOf(service).map(FailoverDomain::restricted).orElse(false);
    }

    /** The failover domain of a service, if it has one and that exists. */
    public Optional<FailoverDomain> domainOf(ServiceName service) {
        return policy(service).domain().flatMap(domains::find);
    }
}
