package org.quorate.dist.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The chassis as the management module reaches it from within the site: by {@code site.sh}. */
final class SiteChassis implements Chassis {
    // The module runs on the ground, but in a network of its own; the blades' cables end in that of pid 1.
    private static final List<String> SCRIPT =
            List.of("nsenter", "-t", "1", "-n", "sh", "/run/quorate-site/ground/site.sh");

    private final SortedMap<Integer, String> blades;

    SiteChassis(SortedMap<Integer, String> blades) {
        this.blades = new TreeMap<>(blades);
    }

    @Override
    public SortedMap<Integer, String> blades() {
        return blades;
    }

    @Override
    public boolean isOn(int bay) {
        return ask("state", bay).equals("on");
    }

    @Override
    public void power(int bay, boolean on) {
        ask(on ? "on" : "off", bay);
    }

    private String ask(String what, int bay) {
        List<String> command = new ArrayList<>(SCRIPT);
        command.add(what);
        command.add(blades.get(bay));
        return Output.of(Duration.ofSeconds(30), command).text();
    }
}
