package org.quorate.simulation.draft;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quorate.simulation.world.Chance;

/** A cluster.conf as chance wants it, and what becomes of it. Two to five nodes, rarely more, and a few services. */
public final class RandomConfiguration {
    private final Chance chance;
    private final RandomServices drawing;
    private final int nodes;
    private final List<Tag> domains = new ArrayList<>();
    private final List<Tag> shared = new ArrayList<>();
    private final List<Tag> services = new ArrayList<>();
    private final boolean central;
    private int version = 1;

    /** Draws one. */
    public RandomConfiguration(Chance chance) {
        this.chance = chance;
        drawing = new RandomServices(chance);
        nodes = chance.permille(900) ? chance.between(2, 5) : chance.between(6, 8);
        int howManyDomains = chance.between(0, 4);
        for (int i = 1; i <= howManyDomains; i++) {
            domains.add(domain("domain" + i));
        }
        int howManyShared = chance.between(0, 2);
        for (int i = 0; i < howManyShared; i++) {
            shared.add(drawing.common());
        }
        int howMany = chance.permille(850) ? chance.between(1, 6) : chance.between(7, 12);
        for (int i = 0; i < howMany; i++) {
            services.add(drawing.service(domains, shared, services));
        }
        central = chance.permille(200);
    }

    private Tag domain(String name) {
        var domain = Tag.of("failoverdomain", Map.of("name", name, "ordered", bit(600), "restricted", bit(400),
                "nofailback", bit(300)));
        boolean ordered = domain.attribute("ordered").equals("1");
        for (int node = 1; node <= nodes; node++) {
            if (chance.permille(600) || domain.children().isEmpty() && node == nodes) {
                var member = new TreeMap<>(Map.of("name", "node" + node));
                if (ordered) {
                    member.put("priority", Integer.toString(chance.between(1, 3)));
                }
                domain = domain.with(Tag.of("failoverdomainnode", member));
            }
        }
        return domain;
    }

    private String bit(int permille) {
        return chance.permille(permille) ? "1" : "0";
    }

    /** Whether it has two nodes, either of which may go on alone. */
    public boolean isTwoNode() {
        return nodes == 2;
    }

    /** cluster.conf. */
    public byte[] document() {
        return cluster().text("").getBytes(StandardCharsets.UTF_8);
    }

    private Tag cluster() {
        var members = new ArrayList<Tag>();
        for (int node = 1; node <= nodes; node++) {
            var fence = Tag.of("fence", Map.of(), method("power", "pdu", node), method("blade", "chassis", node));
            members.add(Tag.of("clusternode", Map.of("name", "node" + node, "nodeid", Integer.toString(node),
                    "votes", "1"), fence));
        }
        var rm = new Tag("rm", new TreeMap<>(Map.of("status_poll_interval", "2",
                "central_processing", central ? "1" : "0")), List.of(
                new Tag("failoverdomains", new TreeMap<>(), domains), new Tag("resources", new TreeMap<>(), shared)));
        for (var service : services) {
            rm = rm.with(service);
        }
        return Tag.of("cluster", Map.of("name", "sim", "config_version", Integer.toString(version)),
                Tag.of("cman", isTwoNode() ? Map.of("two_node", "1", "expected_votes", "1") : Map.of()),
                Tag.of("totem", Map.of("token", "2000")),
                Tag.of("fence_daemon", Map.of("post_join_delay", "3")),
                new Tag("clusternodes", new TreeMap<>(), members),
                Tag.of("fencedevices", Map.of(),
                        Tag.of("fencedevice", Map.of("name", "pdu", "agent", "fence_apc", "ipaddr", "10.0.0.1")),
                        Tag.of("fencedevice", Map.of("name", "chassis", "agent", "fence_bladecenter",
                                "ipaddr", "10.0.0.2"))),
                rm);
    }

    private static Tag method(String name, String device, int port) {
        return Tag.of("method", Map.of("name", name),
                Tag.of("device", Map.of("name", device, "port", Integer.toString(port))));
    }

    /** Somebody edits it: the next version. */
    public void edit() {
        version++;
        int which = services.isEmpty() ? -1 : chance.between(0, services.size() - 1);
        switch (which < 0 ? 1 : chance.between(1, 6)) {
            case 1 -> services.add(drawing.service(domains, shared, services));
            case 2 -> services.remove(which);
            case 3 -> services.set(which, services.get(which).with("recovery",
                    chance.oneOf(List.of("restart", "relocate", "disable"))));
            case 4 -> {
                if (!domains.isEmpty()) {
                    services.set(which, services.get(which).with("domain", chance.oneOf(domains).attribute("name")));
                }
            }
            default -> services.set(which, editTree(services.get(which)));
        }
    }

    private Tag editTree(Tag parent) {
        if (parent.name().equals("vm")) {
            return parent;
        }
        if (parent.children().isEmpty() || chance.permille(300)) {
            return parent.with(drawing.part(shared, 2));
        }
        int child = chance.between(0, parent.children().size() - 1);
        var chosen = parent.children().get(child);
        boolean deeper = chosen.name().equals("fs") && !chosen.attributes().containsKey("ref");
        if (deeper && chance.permille(500)) {
            return parent.replacing(child, List.of(editTree(chosen)));
        }
        boolean goes = parent.children().size() > 1 && chance.permille(500);
        return parent.replacing(child, goes ? List.of() : List.of(drawing.part(shared, 2)));
    }
}
