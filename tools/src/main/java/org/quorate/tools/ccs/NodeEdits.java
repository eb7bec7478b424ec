package org.quorate.tools.ccs;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.quorate.config.Element;
import org.quorate.config.NewElement;

/** The commands for nodes. */
final class NodeEdits {
    private final PrintStream out;
    private final PrintStream err;

    private NodeEdits(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    static void add(Map<String, Edits.Edit> edits, PrintStream out, PrintStream err) {
        NodeEdits nodes = new NodeEdits(out, err);
        edits.put("lsnode", Edits.Edit.shows(nodes::list));
        edits.put("addnode", Edits.Edit.changes("-n <nodeid> [-v <votes>] [-a <altname>] [-f <fence device>] "
                + "[-i <interface>] [-m <multicast>] <node> [<option>=<value>]...", 1, nodes::add)
                .with("n:v:a:f:i:m:", "nodeid=n", "votes=v", "altname=a", "fence_type=f", "interface=i", "multicast=m")
                .andUpdates());
        edits.put("delnode", Edits.Edit.changes("<node>", 1, nodes::delete).andUpdates());
        edits.put("addnodeids", Edits.Edit.changes("[-n <first id>] [-m <multicast address>] [-v]", 0, nodes::addIds)
                .with("n:m:v", "nodeid=n", "multicast=m"));
    }

    private void list(ConfFile file, Options options) throws Refusal {
        file.printHead(out);
        file.root().child("cman").flatMap(cman -> cman.child("multicast")).flatMap(m -> m.attribute("addr"))
                .ifPresent(address -> out.println("Multicast address for cluster: " + address + "\n"));
        out.println("Nodename                        Votes Nodeid Fencetype");
        for (Element node : file.section("clusternodes").children("clusternode").toList()) {
            Optional<Element> device = node.child("fence").flatMap(fence -> fence.child("method"))
                    .flatMap(method -> method.child("device"));
            out.println(String.format("%-32s %3s  %3s    %s", node.attribute("name", ""),
                    node.attribute("votes", "1"), node.attribute("nodeid", "0"),
                    device.map(d -> d.attribute("name", "")).orElse("")));
            if (options.has('v')) {
                details(node, device);
            }
        }
    }

    private void details(Element node, Optional<Element> device) {
        node.child("altname").ifPresent(altname -> out.println(" altname name=" + altname.attribute("name", "")
                + properties(altname, Set.of("name"))));
        line("  Node properties: ", properties(node, Set.of("name", "votes", "nodeid")));
        line("  Fence properties: ", device.map(d -> properties(d, Set.of("name", "agent"))).orElse(""));
    }

    private void line(String title, String properties) {
        if (!properties.isEmpty()) {
            out.println(title + properties);
        }
    }

    /** {@code key=value} of all attributes but some, each behind a blank. */
    static String properties(Element element, Set<String> but) {
        return element.attributes().stream().filter(a -> !but.contains(a.name()))
                .map(a -> " " + a.name() + "=" + a.value()).collect(Collectors.joining());
    }

    private void add(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        Element nodes = file.section("clusternodes");
        if (file.find("clusternodes", "clusternode", "name", name).isPresent()) {
            throw Refusal.of("node " + name + " already exists in " + file.name());
        }
        if (!options.has('n')) {
            throw Refusal.of("nodeid not specified");
        }
        int id = options.number('n', 0);
        if (ids(file).contains(id)) {
            throw Refusal.of("nodeid " + id + " already in use");
        }
        NewElement node = NewElement.of("clusternode").with("name", name)
                .with("votes", Integer.toString(options.number('v', 1))).with("nodeid", Integer.toString(id));
        if (options.has('a')) {
            node = node.with(NewElement.of("altname").with("name", options.text('a', "")));
        }
        if (options.has('i') || options.has('m')) {
            node = node.with(multicast(file, options));
        }
        file.append(nodes, options.has('f') ? node.with(fence(file, options)) : node);
    }

    private static NewElement multicast(ConfFile file, Options options) throws Refusal {
        Optional<String> address = file.root().child("cman").flatMap(cman -> cman.child("multicast"))
                .flatMap(multicast -> multicast.attribute("addr"));
        if (address.isEmpty() && !options.has('m')) {
            throw Refusal.of("interface was specified, but cluster.conf is not set up for multicast");
        }
        NewElement multicast = NewElement.of("multicast").with("addr", options.text('m', address.orElse("")));
        return options.has('i') ? multicast.with("interface", options.text('i', "")) : multicast;
    }

    private static NewElement fence(ConfFile file, Options options) throws Refusal {
        String name = options.text('f', "");
        file.section("fencedevices");
        if (file.find("fencedevices", "fencedevice", "name", name).isEmpty()) {
            throw Refusal.of("fence type '" + name + "' not known");
        }
        NewElement device = NewElement.of("device").with("name", name);
        for (String[] pair : options.pairs(1)) {
            device = device.with(pair[0], pair[1]);
        }
        return NewElement.of("fence").with(NewElement.of("method").with("name", "single").with(device));
    }

    private void delete(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        if (file.root().child("clusternodes").isEmpty()) {
            throw Refusal.unnamed("Can't find \"clusternodes\" in " + file.name());
        }
        file.edit().remove(file.find("clusternodes", "clusternode", "name", name)
                .orElseThrow(() -> Refusal.unnamed("node " + name + " does not exist in " + file.name())));
    }

    private void addIds(ConfFile file, Options options) throws Refusal {
        Element nodes = file.section("clusternodes");
        Optional<Element> cman = file.root().child("cman");
        Optional<Element> multicast = cman.flatMap(e -> e.child("multicast"));
        if (options.has('m')) {
            String address = options.text('m', "");
            if (!ConfAddress.isMulticast(address)) {
                throw Refusal.unnamed(address + " is not a valid multicast address");
            }
            NewElement written = NewElement.of("multicast").with("addr", address);
            if (multicast.isPresent()) {
                file.edit().set(multicast.get(), "addr", address);
            } else if (cman.isPresent()) {
                file.append(cman.get(), written);
            } else {
                file.append(file.root(), NewElement.of("cman").with(written));
            }
        } else if (multicast.flatMap(e -> e.attribute("addr")).isEmpty()) {
            err.println("\nWARNING: The cluster does not have a multicast address.\nA default will be assigned a "
                    + "run-time which might not suit your installation\n");
        }
        Set<Integer> taken = ids(file);
        int next = Math.max(1, options.number('n', 1));
        for (Element node : nodes.children("clusternode").filter(n -> n.attribute("nodeid").isEmpty()).toList()) {
            while (!taken.add(next)) {
                next++;
            }
            file.edit().set(node, "nodeid", Integer.toString(next));
            if (options.has('v')) {
                err.println("Node " + node.attribute("name", "") + " now has id " + next);
            }
        }
    }

    private static Set<Integer> ids(ConfFile file) {
        List<String> written = file.below("clusternodes", "clusternode").stream()
                .flatMap(node -> node.attribute("nodeid").stream()).toList();
        return written.stream().filter(id -> id.matches("[0-9]{1,9}")).map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
