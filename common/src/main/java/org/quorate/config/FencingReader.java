package org.quorate.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the fence devices and how each node uses them. */
final class FencingReader {
    /** At most so many methods a node and devices a method are used. */
    private static final int MOST = 8;

    private final Map<String, FenceDeviceConfig> devices = new TreeMap<>();
    private final List<FenceDeviceConfig> inOrder = new ArrayList<>();

    /**
     * Reads the devices.
     *
     * @param repeated those of a second section, which refuses the file; they only must not be told as missing besides
     */
    FencingReader(Section fenceDevices, List<Element> repeated) {
        Map<String, Section> seen = new TreeMap<>();
        for (Section device : fenceDevices.children("fencedevice")) {
            String name = device.requiredName();
            Section first = seen.putIfAbsent(name, device);
            if (first != null && !name.isEmpty()) {
                device.error("fencedevice-duplicate", "second fencedevice " + Problem.quoted(name)
                        + " (first in line " + first.element().orElseThrow().at().line() + ")", "rename one of them");
            } else {
                add(name, device);
            }
        }
        for (Element device : repeated) {
            String name = device.attribute("name", "");
            devices.putIfAbsent(name, new FenceDeviceConfig(name, device.attribute("agent", ""), List.of()));
        }
    }

    private void add(String name, Section device) {
        if (device.text("agent").isEmpty()) {
            device.error("agent-missing", device.subject() + " has no agent", "name the fence agent to run");
        }
        if (!name.isEmpty() && !name.matches("[\\p{L}_][\\p{L}\\p{N}_.\\-]*")) {
            device.warning("fencedevice-name", "fencedevice name " + Problem.quoted(name)
                    + (Character.isDigit(name.charAt(0)) ? " begins with a digit" : " is no XML name"),
                    "older schema checks refuse it");
        }
        FenceDeviceConfig config = new FenceDeviceConfig(name, device.text("agent").orElse(""),
                Setting.of(device.element().orElseThrow()));
        devices.put(name, config);
        inOrder.add(config);
    }

    List<FenceDeviceConfig> devices() {
        return inOrder;
    }

    /** The methods of a node. */
    List<FenceMethod> methods(Section node) {
        List<Section> methods = node.child("fence").children("method");
        refuseNinth(methods, "too-many-methods", "method of " + node.subject());
        Set<String> names = new HashSet<>();
        List<FenceMethod> read = new ArrayList<>();
        for (Section method : methods) {
            String name = method.requiredName();
            if (!name.isEmpty() && !names.add(name)) {
                method.warning("method-duplicate", "second method " + Problem.quoted(name) + " of " + node.subject(),
                        "give it a name of its own");
            }
            List<FenceDevice> uses = uses(method, method.subject() + " of " + node.subject());
            if (uses.isEmpty()) {
                method.warning("method-empty", "method " + Problem.quoted(name) + " of " + node.subject()
                        + " has no device", "it cannot succeed");
            }
            refuseNinth(method.children("device"), "too-many-devices",
                    "device of " + method.subject() + " of " + node.subject());
            read.add(new FenceMethod(name, uses));
        }
        return read;
    }

    /** The devices that let a node back in. */
    List<FenceDevice> unfence(Section node) {
        return uses(node.child("unfence"), "unfence of " + node.subject());
    }

    private List<FenceDevice> uses(Section parent, String where) {
        return parent.children("device").stream().map(device -> use(device, where)).toList();
    }

    private FenceDevice use(Section device, String where) {
        String name = device.requiredName();
        FenceDeviceConfig shared = devices.get(name);
        if (shared == null && !name.isEmpty()) {
            device.error("fencedevice-undefined", "device " + Problem.quoted(name) + " in " + where
                    + ": no such fencedevice",
                    device.problems().near(name, devices.keySet()).orElse("define it in fencedevices"));
        }
        if (device.has("option")) {
            device.warning("legacy", "option of device " + Problem.quoted(name) + " is the old name of action",
                    "write action");
        }
        return new FenceDevice(name, shared == null ? "" : shared.agent(), Setting.of(device.element().orElseThrow()),
                shared == null ? List.of() : shared.settings());
    }

    private static void refuseNinth(List<Section> all, String code, String what) {
        if (all.size() > MOST) {
            all.get(MOST).error(code, "ninth " + what, "at most " + MOST + " are used");
        }
    }
}
