package org.quorate.dist.fence;

import java.util.SortedMap;

/** What switches power: plugs by their names, as the device tells them. */
interface Outlets {
    /** Whether a plug has power. */
    boolean isOn(String plug) throws FenceFailure;

    /** Tells the device to switch a plug; it may take its time to do so. */
    void power(String plug, boolean on) throws FenceFailure;

    /** All plugs, with what is plugged in. */
    SortedMap<String, String> list() throws FenceFailure;
}
