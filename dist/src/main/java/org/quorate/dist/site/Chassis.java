package org.quorate.dist.site;

import java.util.SortedMap;

/** The blades that a management module looks after, and their power. */
public interface Chassis {
    /** The names of the blades, by bay. */
    SortedMap<Integer, String> blades();

    /** Whether the blade in a bay has power. */
    boolean isOn(int bay);

    /** Gives or takes the power of the blade in a bay; nothing happens if it is so already. */
    void power(int bay, boolean on);
}
