package org.quorate.config;

import java.util.List;

/**
 * A fence device shared by nodes: {@code fencedevice}.
 *
 * @param name     by which methods refer to it; case matters
 * @param agent    the program
 * @param settings all attributes but the name, in document order; {@code agent} is one of them
 */
public record FenceDeviceConfig(String name, String agent, List<Setting> settings) {
    public FenceDeviceConfig {
        settings = List.copyOf(settings);
    }
}
