package org.quorate.tools.ccs;

import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import org.quorate.config.Element;
import org.quorate.config.NewElement;

/** The commands for fence devices. */
final class FenceEdits {
    private final PrintStream out;

    private FenceEdits(PrintStream out) {
        this.out = out;
    }

    static void add(Map<String, Edits.Edit> edits, PrintStream out) {
        FenceEdits fencing = new FenceEdits(out);
        edits.put("lsfence", Edits.Edit.shows(fencing::list));
        edits.put("addfence", Edits.Edit.changes("<name> <agent> [<option>=<value>]...", 2, FenceEdits::add)
                .andUpdates());
        edits.put("delfence", Edits.Edit.changes("<name>", 1, FenceEdits::delete).andUpdates());
    }

    private void list(ConfFile file, Options options) throws Refusal {
        out.println("Name             Agent");
        for (Element device : file.section("fencedevices").children("fencedevice").toList()) {
            out.println(String.format("%-16s %s", device.attribute("name", ""), device.attribute("agent", "")));
            String properties = NodeEdits.properties(device, Set.of("name", "agent"));
            if (options.has('v') && !properties.isEmpty()) {
                out.println("  Properties: " + properties);
            }
        }
    }

    private static void add(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        Element devices = file.section("fencedevices");
        if (file.find("fencedevices", "fencedevice", "name", name).isPresent()) {
            throw Refusal.of("fence type " + name + " already exists");
        }
        NewElement device = NewElement.of("fencedevice").with("name", name).with("agent", options.words().get(1));
        for (String[] pair : options.pairs(2)) {
            if (pair[0].equals("agent")) {
                throw Refusal.of("option 'agent' is given twice");
            }
            device = device.with(pair[0], pair[1]);
        }
        file.append(devices, device);
    }

    private static void delete(ConfFile file, Options options) throws Refusal {
        String name = options.words().getFirst();
        file.section("fencedevices");
        file.edit().remove(file.find("fencedevices", "fencedevice", "name", name)
                .orElseThrow(() -> Refusal.unnamed("fence type " + name + " does not exist")));
    }
}
