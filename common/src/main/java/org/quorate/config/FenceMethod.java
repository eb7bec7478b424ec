package org.quorate.config;

import java.util.List;

/**
 * One way to fence a node: it succeeds when all its devices do, in this order.
 *
 * @param name    any text
 * @param devices none: it cannot succeed
 */
public record FenceMethod(String name, List<FenceDevice> devices) {
    public FenceMethod {
        devices = List.copyOf(devices);
    }
}
