package org.quorate.tools.ccs;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Stream;
import org.quorate.config.Element;
import org.quorate.config.NewElement;

/** The commands for shared scripts, addresses and file systems. */
final class ResourceEdits {
    private static final String RESOURCES = "rm/resources";

    private final PrintStream out;

    private ResourceEdits(PrintStream out) {
        this.out = out;
    }

    static void add(Map<String, Edits.Edit> edits, PrintStream out) {
        ResourceEdits resources = new ResourceEdits(out);
        edits.put("lsscript", Edits.Edit.shows(resources::listScripts));
        edits.put("addscript", Edits.Edit.changes("<name> <path>", 2, ResourceEdits::addScript));
        edits.put("delscript", Edits.Edit.changes("<name>", 1,
                (file, options) -> delete(file, options, "script", "name", "Script")));
        edits.put("lsip", Edits.Edit.shows(resources::listAddresses));
        edits.put("addip", Edits.Edit.changes("<address>", 1, ResourceEdits::addAddress));
        edits.put("delip", Edits.Edit.changes("<address>", 1,
                (file, options) -> delete(file, options, "ip", "address", "IP")));
        edits.put("lsfs", Edits.Edit.shows(resources::listFileSystems));
        edits.put("addfs", Edits.Edit.changes("[-t <type>] [-p <mount options>] [-k] [-u] [-s] <name> <device> "
                + "<mount point>", 3, ResourceEdits::addFileSystem)
                .with("t:p:kus", "type=t", "options=p", "force_fsck=k", "force_unmount=u", "self_fence=s"));
        edits.put("delfs", Edits.Edit.changes("<name>", 1,
                (file, options) -> delete(file, options, "fs", "name", "fs")));
    }

    private void listScripts(ConfFile file, Options options) throws Refusal {
        out.println("Name             Path");
        shared(file, "script").forEach(script -> out.println(String.format("%-16s %s", script.attribute("name", ""),
                script.attribute("file", ""))));
    }

    private static void addScript(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        absent(file, "script", "name", name, "Script " + name + " already exists");
        file.append(file.section(RESOURCES),
                NewElement.of("script").with("file", options.words().get(1)).with("name", name));
    }

    private void listAddresses(ConfFile file, Options options) throws Refusal {
        out.println("IP");
        shared(file, "ip").forEach(ip -> out.println(ip.attribute("address", "")));
    }

    private static void addAddress(ConfFile file, Options options) throws Refusal {
        String address = options.words().getFirst();
        absent(file, "ip", "address", address, "IP " + address + " already exists");
        file.append(file.section(RESOURCES), NewElement.of("ip").with("address", address).with("monitor_link", "1"));
    }

    private void listFileSystems(ConfFile file, Options options) throws Refusal {
        out.println("Name             Type  FUS Device              Mountpoint");
        shared(file, "fs").forEach(fs -> out.println(String.format("%-16.16s %-5.5s %s%s%s %-19.19s %s",
                fs.attribute("name", ""), fs.attribute("fstype", ""), star(fs, "force_fsck"),
                star(fs, "force_unmount"), star(fs, "self_fence"), fs.attribute("device", ""),
                fs.attribute("mountpoint", ""))));
    }

    private static void addFileSystem(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        absent(file, "fs", "name", name, "fs " + name + " already exists");
        file.append(file.section(RESOURCES), NewElement.of("fs")
                .with("device", options.words().get(1))
                .with("force_fsck", flag(options, 'k'))
                .with("force_unmount", flag(options, 'u'))
                .with("fstype", options.text('t', "ext3"))
                .with("mountpoint", options.words().get(2))
                .with("name", name)
                .with("options", options.text('p', ""))
                .with("self_fence", flag(options, 's')));
    }

    private static String flag(Options options, char letter) {
        return options.has(letter) ? "1" : "0";
    }

    /** How a set flag is listed. */
    static String star(Element element, String flag) {
        return switch (element.attribute(flag, "0")) {
            case "1", "yes", "on", "true" -> "*";
            default -> " ";
        };
    }

    private static Stream<Element> shared(ConfFile file, String type) throws Refusal {
        return file.section(RESOURCES).children(type);
    }

    private static void absent(ConfFile file, String type, String key, String value, String message) throws Refusal {
        file.section(RESOURCES);
        if (file.find(RESOURCES, type, key, value).isPresent()) {
            throw Refusal.of(message);
        }
    }

    private static void delete(ConfFile file, Options options, String type, String key, String word) throws Refusal {
        String name = options.words().getFirst();
        file.section(RESOURCES);
        Element resource = file.find(RESOURCES, type, key, name)
                .orElseThrow(() -> Refusal.unnamed(word + " " + name + " does not exist in " + file.name()));
        boolean used = file.root().children("rm").flatMap(rm -> rm.children().stream())
                .filter(e -> !e.name().equals("resources")).anyMatch(e -> refers(e, type, name));
        if (used) {
            throw Refusal.unnamed(word + " " + name + " is referenced in service in " + file.name()
                    + ", please remove reference first.");
        }
        file.edit().remove(resource);
    }

    private static boolean refers(Element element, String type, String name) {
        return element.name().equals(type) && element.attribute("ref", "").equals(name)
                || element.children().stream().anyMatch(child -> refers(child, type, name));
    }
}
