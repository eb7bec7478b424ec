package org.quorate.tools.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.rgmanager.RgEvent;
import org.quorate.api.rgmanager.RgProtocol;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.system.Paths;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/**
 * The cluster as clustat(8) shows it.
 *
 * @param status   what cmand says of this node and the cluster
 * @param members  all nodes by id, then members that are not configured
 * @param services what rgmanager says, by name; empty if it does not run here
 * @param ready    whether rgmanager knows its services
 */
public record ClusterView(CmanReply.Status status, List<Node> members, Optional<List<ServiceRecord>> services,
        boolean ready) {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String MEMBER = "Member";

    public ClusterView {
        members = List.copyOf(members);
    }

    /**
     * A node as clustat shows it.
     *
     * @param estranged a member that cluster.conf does not know
     * @param manager   whether its rgmanager takes part
     * @param master    whether that decides for all
     * @param worker    whether another one decides for all
     * @param disk      whether it is the quorum disk
     */
    public record Node(int id, String name, boolean online, boolean local, boolean estranged, boolean manager,
            boolean master, boolean worker, boolean disk) {}

    /** rgmanager was asked and does not answer. */
    public static final class TooLate extends Exception {
        private static final long serialVersionUID = 1L;

        TooLate(IOException cause) {
            super(cause);
        }
    }

    /**
     * Asks cmand and rgmanager.
     *
     * @throws IOException when no cmand answers
     * @throws TooLate     when rgmanager is there and silent
     */
    public static ClusterView of(Paths paths) throws IOException, TooLate {
        try (var cman = CmanClient.connect(paths, "clustat")) {
            return withServices(paths, cman.status(), cman.nodes());
        } catch (RefusedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static ClusterView withServices(Paths paths, CmanReply.Status status, List<CmanReply.Node> nodes)
            throws TooLate {
        FrameClient<RgRequest, RgReply, RgEvent> rgmanager;
        try {
            rgmanager = FrameClient.local(paths.socket("rgmanager"), RgProtocol.LOCAL, Hello.of("clustat"),
                    Listener.none());
        } catch (IOException notRunning) {
            return new ClusterView(status, members(status, nodes, List.of(), 0), Optional.empty(), true);
        }
        try (rgmanager) {
            var services = (RgReply.Services) rgmanager.call(new RgRequest.ServicesQuery(), ANSWER);
            // As ever: who has no services shows no managers.
            var managers = services.services().isEmpty() ? new RgReply.Managers(List.of(), 0)
                    : (RgReply.Managers) rgmanager.call(new RgRequest.ManagersQuery(), ANSWER);
            return new ClusterView(status, members(status, nodes, managers.nodes(), managers.master()),
                    services.ready() ? Optional.of(services.services()) : Optional.empty(), services.ready());
        } catch (IOException silent) {
            throw new TooLate(silent);
        } catch (RefusedException refused) {
            throw new TooLate(new IOException(refused.getMessage(), refused));
        }
    }

    private static List<Node> members(CmanReply.Status status, List<CmanReply.Node> nodes, List<Integer> managers,
            int master) {
        var members = new ArrayList<Node>();
        for (var node : nodes) {
            boolean manager = managers.contains(node.id());
            members.add(new Node(node.id(), node.name(), node.state().equals(MEMBER), node.id() == status.nodeId(),
                    false, manager, manager && node.id() == master, manager && master != 0 && node.id() != master,
                    node.id() == 0));
        }
        for (var member : status.present().members()) {
            int id = member.id().number();
            if (nodes.stream().noneMatch(n -> n.id() == id)) {
                members.add(new Node(id, member.name().name(), true, id == status.nodeId(), true,
                        managers.contains(id), false, false, false));
            }
        }
        return members;
    }

    /** Whether the cluster may act. */
    public boolean quorate() {
        return status.present().quorate();
    }

    /** The node with this name. */
    public Optional<Node> member(String name) {
        return members.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    /** The service with this name. */
    public Optional<ServiceRecord> service(String name) {
        return services.orElse(List.of()).stream().filter(s -> s.name().text().equals(name)).findFirst();
    }

    /** The name of a node. */
    public String nameOf(int id) {
        if (id == 0) {
            return "none";
        }
        return members.stream().filter(m -> m.id() == id).map(Node::name).findFirst().orElse("unknown");
    }
}
