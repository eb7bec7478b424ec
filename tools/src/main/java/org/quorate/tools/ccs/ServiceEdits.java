package org.quorate.tools.ccs;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.quorate.config.Element;
import org.quorate.config.NewElement;

/** The commands for services and failover domains. */
final class ServiceEdits {
    private static final String RESOURCES = "rm/resources";
    private static final String DOMAINS = "rm/failoverdomains";

    private final PrintStream out;

    private ServiceEdits(PrintStream out) {
        this.out = out;
    }

    static void add(Map<String, Edits.Edit> edits, PrintStream out) {
        ServiceEdits services = new ServiceEdits(out);
        edits.put("lsservice", Edits.Edit.shows(services::list));
        edits.put("addservice", Edits.Edit.changes("[-a <0|1>] [-d <failover domain>] [-x <0|1>] [-r <policy>] "
                + "[-f <fs>] [-s <script>] [-i <ip>] <name>", 1, ServiceEdits::add)
                .with("a:d:x:r:f:s:i:", "autostart=a", "domain=d", "exclusive=x", "recovery=r", "fs=f", "script=s",
                        "ip=i"));
        edits.put("delservice", Edits.Edit.changes("<name>", 1, ServiceEdits::delete));
        edits.put("lsfdomains", Edits.Edit.shows(services::listDomains));
        edits.put("addfdomain", Edits.Edit.changes("[-p] [-r] <name> <node>...", 2, ServiceEdits::addDomain)
                .with("pr", "ordered=p", "restricted=r"));
        edits.put("delfdomain", Edits.Edit.changes("<name>", 1, ServiceEdits::deleteDomain));
    }

    private void list(ConfFile file, Options options) throws Refusal {
        file.printHead(out);
        out.println("Name                             Autostart Exclusive Recovery");
        for (Element service : file.section("rm").children("service").toList()) {
            out.println(String.format("%-32s       %3s       %3s %s",
                    service.attribute("name", service.attribute("ref", "")), service.attribute("autostart", "0"),
                    service.attribute("exclusive", "0"), service.attribute("recovery", "-")));
        }
    }

    private static void add(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        Element rm = file.section("rm");
        if (file.find("rm", "service", "name", name).isPresent()) {
            throw Refusal.of("service " + name + " already exists in " + file.name());
        }
        NewElement service = NewElement.of("service").with("name", name)
                .with("autostart", Integer.toString(options.number('a', 1)));
        if (options.has('d')) {
            exists(file, DOMAINS, "failoverdomain", "name", options.text('d', ""), "failover domain");
            service = service.with("domain", options.text('d', ""));
        }
        if (options.has('x')) {
            service = service.with("exclusive", Integer.toString(options.number('x', 0)));
        }
        service = service.with("recovery", options.text('r', "relocate"));
        file.append(rm, withResources(service, file, options));
    }

    /** A script and an address stand inside the file system, so that they start after and stop before it. */
    private static NewElement withResources(NewElement service, ConfFile file, Options options) throws Refusal {
        boolean mounted = options.has('f');
        NewElement holder = service;
        if (mounted) {
            exists(file, RESOURCES, "fs", "name", options.text('f', ""), "fs resource");
            holder = Edits.reference("fs", options.text('f', ""));
        }
        if (options.has('s')) {
            exists(file, RESOURCES, "script", "name", options.text('s', ""), "script resource");
            holder = holder.with(Edits.reference("script", options.text('s', "")));
        }
        if (options.has('i')) {
            exists(file, RESOURCES, "ip", "address", options.text('i', ""), "ip resource");
            holder = holder.with(Edits.reference("ip", options.text('i', "")));
        }
        return mounted ? service.with(holder) : holder;
    }

    private static void exists(ConfFile file, String path, String element, String key, String value, String word)
            throws Refusal {
        if (file.find(path, element, key, value).isEmpty()) {
            throw Refusal.of(word + " " + value + " doesn't exist in " + file.name());
        }
    }

    private static void delete(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        file.section("rm");
        file.edit().remove(file.find("rm", "service", "name", name)
                .orElseThrow(() -> Refusal.unnamed("service " + name + " does not exist in " + file.name())));
    }

    private void listDomains(ConfFile file, Options options) throws Refusal {
        out.println("Name             OR Nodes");
        for (Element domain : file.section(DOMAINS).children("failoverdomain").toList()) {
            String nodes = domain.children("failoverdomainnode").map(node -> node.attribute("name", ""))
                    .collect(Collectors.joining(","));
            out.println(String.format("%-16.16s %s%s %s", domain.attribute("name", ""),
                    ResourceEdits.star(domain, "ordered"), ResourceEdits.star(domain, "restricted"), nodes));
        }
    }

    private static void addDomain(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        Element domains = file.section(DOMAINS);
        if (domains.children("failoverdomain").anyMatch(d -> d.attribute("name", "").equalsIgnoreCase(name))) {
            throw Refusal.of("failover domain " + name + " already exists");
        }
        NewElement domain = NewElement.of("failoverdomain").with("name", name)
                .with("ordered", options.has('p') ? "1" : "0").with("restricted", options.has('r') ? "1" : "0");
        List<String> nodes = options.words().subList(1, options.words().size());
        for (int i = 0; i < nodes.size(); i++) {
            if (file.find("clusternodes", "clusternode", "name", nodes.get(i)).isEmpty()) {
                throw Refusal.of("Can't find node " + nodes.get(i) + " in " + file.name() + ".");
            }
            domain = domain.with(NewElement.of("failoverdomainnode").with("name", nodes.get(i))
                    .with("priority", Integer.toString(i + 1)));
        }
        file.append(domains, domain);
    }

    private static void deleteDomain(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        file.section(DOMAINS);
        Element domain = file.find(DOMAINS, "failoverdomain", "name", name).orElseThrow(() ->
                Refusal.unnamed("failover domain " + name + " does not exist in " + file.name()));
        boolean used = file.section("rm").children().stream()
                .anyMatch(e -> e.attribute("domain", "").equalsIgnoreCase(name)
                        && (e.name().equals("service") || e.name().equals("vm")));
        if (used) {
            throw Refusal.unnamed("failover domain " + name + " is referenced in service in " + file.name()
                    + ", please remove reference first.");
        }
        file.edit().remove(domain);
    }
}
