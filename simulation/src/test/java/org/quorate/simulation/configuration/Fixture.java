package org.quorate.simulation.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The least cluster.conf of so many nodes. */
final class Fixture {
    private Fixture() {}

    static byte[] nodes(int count) {
        return nodes(count, "");
    }

    /** Each is quorate without the other. */
    static byte[] twoNodes() {
        return nodes(2, "<cman two_node=\"1\" expected_votes=\"1\"/>");
    }

    /** With other sections. */
    static byte[] nodes(int count, String sections) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(node -> "<clusternode name=\"n" + node + "\" nodeid=\"" + node + "\"/>")
                .collect(Collectors.joining("", "<cluster name=\"sim\" config_version=\"1\"><totem token=\"1000\"/>"
                        + sections + "<clusternodes>", "</clusternodes></cluster>"))
                .getBytes(UTF_8);
    }
}
