package org.quorate.dist.site;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** A chassis of two blades, both on at first, that tells what was switched. */
public final class TwoBlades implements Chassis {
    private final ConcurrentSkipListSet<Integer> on = new ConcurrentSkipListSet<>(List.of(1, 2));
    private final StringBuffer switched = new StringBuffer();

    /** Such as {@code "1 off 1 on "}. */
    public String switched() {
        return switched.toString();
    }

    @Override
    public SortedMap<Integer, String> blades() {
        return new TreeMap<>(Map.of(1, "am1", 2, "am2"));
    }

    @Override
    public boolean isOn(int bay) {
        return on.contains(bay);
    }

    @Override
    public void power(int bay, boolean toOn) {
        switched.append(bay).append(toOn ? " on " : " off ");
        if (toOn) {
            on.add(bay);
        } else {
            on.remove(bay);
        }
    }
}
