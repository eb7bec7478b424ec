package org.quorate.tools.service;

import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.CmanReply;

/**
 * The member that a user named, perhaps not quite.
 *
 * @param node  whom he means, if that is clear
 * @param lines what he is to be told about it
 */
public record MemberName(Optional<CmanReply.Node> node, List<String> lines) {
    public MemberName {
        lines = List.copyOf(lines);
    }

    /** Finds a node by its name in any case of letters, or else the one that has most letters at its front. */
    public static MemberName find(String given, List<CmanReply.Node> nodes) {
        var exact = nodes.stream().filter(n -> n.name().equalsIgnoreCase(given)).findFirst();
        if (exact.isPresent()) {
            return new MemberName(exact, List.of());
        }
        String unknown = "'" + given + "' not in membership list";
        int longest = nodes.stream().mapToInt(n -> common(given, n.name())).max().orElse(0);
        var closest = nodes.stream().filter(n -> longest > 0 && common(given, n.name()) == longest).toList();
        return switch (closest.size()) {
            case 0 -> new MemberName(Optional.empty(), List.of(unknown, "No matches for '" + given + "' found"));
            case 1 -> new MemberName(Optional.of(closest.getFirst()),
                    List.of(unknown, "Closest match: '" + closest.getFirst().name() + "'"));
            default -> new MemberName(Optional.empty(),
                    List.of(unknown, "More than one possible match for '" + given + "' found"));
        };
    }

    private static int common(String given, String name) {
        int length = 0;
        while (length < Math.min(given.length(), name.length())
                && Character.toLowerCase(given.charAt(length)) == Character.toLowerCase(name.charAt(length))) {
            length++;
        }
        return length;
    }
}
