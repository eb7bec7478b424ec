package org.quorate.config;

import java.util.List;
import java.util.Optional;

/**
 * The use of a fence device for one node: {@code device} and the {@code fencedevice} that it names.
 *
 * @param name   of the device
 * @param agent  the program
 * @param own    what the node's {@code device} says, without its name, in document order
 * @param shared what the {@code fencedevice} says, without its name, in document order
 */
public record FenceDevice(String name, String agent, List<Setting> own, List<Setting> shared) {
    public FenceDevice {
        own = List.copyOf(own);
        shared = List.copyOf(shared);
    }

    /** A setting as the agent sees it: of two alike the last counts, so that the shared one wins (fenced(8)). */
    public Optional<String> setting(String wanted) {
        return shared.reversed().stream().filter(s -> s.name().equals(wanted)).findFirst()
                .or(() -> own.reversed().stream().filter(s -> s.name().equals(wanted)).findFirst())
                .map(Setting::value);
    }
}
