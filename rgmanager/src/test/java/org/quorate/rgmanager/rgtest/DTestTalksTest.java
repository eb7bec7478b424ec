package org.quorate.rgmanager.rgtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.rgmanager.core.tree.Xml;

/** Whole conversations with dtest, with what it has to answer. */
class DTestTalksTest {
    private static final String SERVICE = "<resource-agent name=\"service\"><parameters>"
            + "<parameter name=\"name\" primary=\"1\"/><parameter name=\"domain\"/></parameters></resource-agent>";
    private static final String CLUSTER = "<cluster><clusternodes><clusternode name=\"n1\" nodeid=\"1\"/>"
            + "<clusternode name=\"n2\" nodeid=\"2\"/><clusternode name=\"n3\" nodeid=\"3\"/>"
            + "<clusternode name=\"n4\" nodeid=\"4\"/></clusternodes><rm><service name=\"a\"/><service name=\"b\"/>"
            + "<service name=\"c\"/>%s</rm></cluster>";

    static Stream<String> talks() throws IOException {
        try (var in = DTestTalksTest.class.getResourceAsStream("cases/talks.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^\\* ")).skip(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("talks")
    void itAnswersSo(String talk) throws Exception {
        String conf = talk.lines().skip(1).findFirst().orElseThrow().substring("conf".length());
        String commands = talk.lines().filter(l -> l.startsWith("> ")).map(l -> l.substring(2) + "\n")
                .collect(Collectors.joining());
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var rules = new ResourceRules.Reader().add("service.sh", Xml.parse(SERVICE)).rules();
        DTest.converse(DTest.conversation(Xml.parse(CLUSTER.formatted(conf)), rules, false, out),
                new BufferedReader(new StringReader(commands)), out, false);
        assertThat(withoutBlanks(bytes.toString(StandardCharsets.UTF_8).lines().skip(1)))
                .isEqualTo(withoutBlanks(Stream.concat(talk.lines().skip(2), Stream.of(">"))));
    }

    private static String withoutBlanks(Stream<String> lines) {
        return lines.map(String::strip).filter(l -> !l.isEmpty()).collect(Collectors.joining("\n"));
    }
}
