package org.quorate.rgmanager.rgtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.quorate.config.Element;

/**
 * What a service needs of another one.
 *
 * @param service   {@code TYPE:NAME}
 * @param target    the other one, likewise
 * @param require   whether and when that has to run
 * @param colocate  whether they may or must be on one node
 */
record Dependency(String service, String target, Require require, Colocate colocate) {
    /** When the target has to run. */
    enum Require { NEVER, START, ALWAYS }

    /** Where the target has to run. */
    enum Colocate { ANYWHERE, ALWAYS, NEVER }

    /** Those in {@code rm/dependencies}, in document order. */
    static List<Dependency> read(Element cluster) {
        List<Dependency> all = new ArrayList<>();
        cluster.child("rm").flatMap(rm -> rm.child("dependencies")).stream()
                .flatMap(d -> d.children("dependency")).forEach(dependency ->
                        dependency.children("target").forEach(target -> all.add(new Dependency(
                                fullName(dependency.attribute("name", "")), fullName(target.attribute("name", "")),
                                require(target.attribute("require", "")),
                                colocate(target.attribute("colocate", ""))))));
        return all;
    }

    /** A name without a type is that of a service. */
    static String fullName(String name) {
        return name.contains(":") ? name : "service:" + name;
    }

    private static Require require(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "always" -> Require.ALWAYS;
            case "start" -> Require.START;
            default -> Require.NEVER;
        };
    }

    private static Colocate colocate(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "always" -> Colocate.ALWAYS;
            case "never" -> Colocate.NEVER;
            default -> Colocate.ANYWHERE;
        };
    }

    /** The arrow in a drawing: how they are placed, then when the target has to run. */
    String arrow() {
        String where = switch (colocate) {
            case ANYWHERE -> "--";
            case ALWAYS -> "Ca";
            case NEVER -> "Cn";
        };
        String when = switch (require) {
            case NEVER -> "--";
            case START -> "Rs";
            case ALWAYS -> "Ra";
        };
        return "+-" + where + when + "-> ";
    }
}
