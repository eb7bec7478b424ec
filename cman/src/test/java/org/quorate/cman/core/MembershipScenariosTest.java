package org.quorate.cman.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.api.cman.CmanEvent;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;

/**
 * Courses of events as plain files: at the margin what is fed in, indented what must come out, with the numbers of the
 * nodes that say it in front. With {@code -Dscenarios.rewrite=true} the files are rewritten with what does come out,
 * for a person to read.
 */
class MembershipScenariosTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/quorate/cman/core/scenarios");
    private static final String INDENT = "        ";

    /** Every reason that membership can give. */
    private static final List<String> REASONS = List.of(
            "quorate with", "not quorate with", " failed", " left", " joined", " is absent",
            "no victim any more", " is fenced (agent, by node ", " is fenced (override, by node ",
            "killed by node 1 because it has rejoined the cluster with existing state",
            "must die: it has rejoined the cluster with existing state", "by cman_tool kill",
            "its cluster is ", "its cluster.conf has version", "node id 1 is that of",
            "lost the program in group", "leaving the cluster", "leaving by force",
            "is in use", "is to be used", "lost the quorum device",
            "another program of this node is in group", "not in group", "is unknown", "is no member",
            "is leaving already", "still needs the cluster", "votes makes the quorum", "votes for it make the quorum",
            "is older than", "no member yet", "the quorum device is", "is the name of a node", "has a name and",
            "there is no quorum device", "the quorum device is alive");

    static Stream<String> scenarios() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void aCourseOfEventsComesOutAsWritten(String file) throws IOException {
        var expected = Files.readString(FOLDER.resolve(file));
        var actual = new Player().play(expected);
        if (Boolean.getBoolean("scenarios.rewrite")) {
            Files.writeString(FOLDER.resolve(file), actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void everyReasonOccursInSomeScenario() throws IOException {
        var all = new StringBuilder();
        for (var file : scenarios().toList()) {
            all.append(Files.readString(FOLDER.resolve(file)));
        }
        assertThat(all.toString()).contains(REASONS);
    }

    /** Feeds a scenario's lines in and writes down what comes out. */
    private static final class Player {
        private final SimulatedCluster cluster = new SimulatedCluster();
        private final TreeMap<String, String> given = new TreeMap<>();
        private final TreeMap<Integer, Remembered> remembered = new TreeMap<>();

        String play(String scenario) {
            var out = new StringBuilder();
            for (String line : scenario.lines().toList()) {
                if (line.startsWith(" ")) {
                    continue;
                }
                out.append(line).append('\n');
                if (!line.isEmpty() && !line.startsWith("#")) {
                    feed(line.split(" +"));
                    cluster.settle();
                    results().forEach(result -> out.append(INDENT).append(result).append('\n'));
                }
            }
            return out.toString();
        }

        private void feed(String[] words) {
            switch (words[0]) {
                case "given" -> Arrays.stream(words).skip(1).forEach(w -> given.put(key(w), value(w)));
                case "start" -> numbers(words, 1).forEach(n -> start(n, List.of()));
                case "start-as" -> start(number(words, 1), Arrays.asList(words).subList(2, words.length));
                case "view" -> cluster.view(numbers(words, 1));
                case "crash" -> numbers(words, 1).forEach(cluster::crash);
                case "blank" -> numbers(words, 1).forEach(remembered::remove);
                case "stop" -> cluster.stop(number(words, 1));
                case "go" -> cluster.go(number(words, 1));
                case "cut" -> cluster.cut(number(words, 1), number(words, 2));
                case "heal" -> cluster.heal();
                case "passes" -> cluster.pass(Duration.ofMillis(number(words, 1)));
                case "lost-client" -> cluster.post(cluster.node(number(words, 1)),
                        new MembershipEvent.ClientGone(number(words, 2)));
                case "read" -> {
                    var node = cluster.node(number(words, 1));
                    for (var word : Arrays.asList(words).subList(2, words.length)) {
                        given.put(key(word), value(word));
                    }
                    cluster.post(node, new MembershipEvent.ConfigurationRead(settings()));
                }
                default -> cluster.ask(Integer.parseInt(words[0].substring("node".length())), number(words, 2),
                        request(Arrays.copyOfRange(words, 3, words.length)));
            }
        }

        private void start(int n, List<String> how) {
            var with = new TreeMap<>(given);
            how.forEach(w -> with.put(key(w), value(w)));
            var keep = new TreeMap<>(given);
            given.putAll(with);
            cluster.start(n, Integer.parseInt(with.getOrDefault("id", "" + n)), with.getOrDefault("cluster", "AMHA"),
                    settings(), remembered.getOrDefault(n, Remembered.NOTHING));
            given.clear();
            given.putAll(keep);
        }

        private Settings settings() {
            int count = Integer.parseInt(given.getOrDefault("nodes", "3"));
            int expected = Integer.parseInt(given.getOrDefault("expected", "" + count));
            int votes = Integer.parseInt(given.getOrDefault("votes", "1"));
            int version = Integer.parseInt(given.getOrDefault("version", "1"));
            boolean twoNode = given.getOrDefault("two_node", "0").equals("1");
            boolean cleanStart = given.getOrDefault("clean_start", "0").equals("1");
            return SimulatedCluster.settings(version, count, s -> new Settings(version, s.nodes(), votes, expected,
                    twoNode, cleanStart, s.shutdownTimeout(), s.devicePoll(), s.exchangeRetry()));
        }

        private CmanRequest request(String[] words) {
            return switch (words[0]) {
                case "subscribes" -> new CmanRequest.Subscribe(words.length > 1);
                case "joins" -> new CmanRequest.JoinGroup(words[1], words.length > 2);
                case "leaves-group" -> new CmanRequest.LeaveGroup(words[1]);
                case "holds" -> new CmanRequest.HoldState(words[1], true);
                case "releases" -> new CmanRequest.HoldState(words[1], false);
                case "sends" -> new CmanRequest.Send(words[1], Long.parseLong(words[2]), 0, words[3].getBytes(
                        StandardCharsets.US_ASCII));
                case "sends-to" -> new CmanRequest.Send(words[1], Long.parseLong(words[2]),
                        Integer.parseInt(words[3]), words[4].getBytes(StandardCharsets.US_ASCII));
                case "reports" -> new CmanRequest.ReportFenced(new NodeId(Integer.parseInt(words[1])),
                        Long.parseLong(words[2]), words[3]);
                case "answers" -> new CmanRequest.AnswerShutdown(Long.parseLong(words[1]), words[2].equals("yes"));
                case "leave" -> new CmanRequest.Leave(Arrays.asList(words).contains("force"),
                        Arrays.asList(words).contains("remove"));
                case "kill" -> new CmanRequest.Kill(words[1]);
                case "expected" -> new CmanRequest.SetExpectedVotes(Integer.parseInt(words[1]));
                case "votes" -> new CmanRequest.SetVotes(words.length > 2 ? words[2] : "",
                        Integer.parseInt(words[1]));
                case "activates" -> new CmanRequest.ActivateConfiguration(Integer.parseInt(words[1]));
                case "registers" -> new CmanRequest.RegisterDevice(words.length > 2 ? words[2] : "",
                        Integer.parseInt(words[1]));
                case "polls" -> new CmanRequest.PollDevice(words[1].equals("yes"));
                case "unregisters" -> new CmanRequest.UnregisterDevice();
                default -> throw new IllegalArgumentException(String.join(" ", words));
            };
        }

        /** Equal lines of several nodes as one. */
        private List<String> results() {
            var byLine = new LinkedHashMap<String, TreeSet<Integer>>();
            for (var told : cluster.told()) {
                if (told.effect() instanceof MembershipEffect.RememberEpoch(var numbers)) {
                    remembered.put(told.node(), numbers);
                }
                String line = line(told.effect());
                if (!line.isEmpty()) {
                    byLine.computeIfAbsent(line, _ -> new TreeSet<>()).add(told.node());
                }
            }
            var lines = new ArrayList<String>();
            byLine.forEach((line, nodes) -> lines.add(nodes.toString().replaceAll("[\\[\\],]", "") + ": " + line));
            return lines;
        }

        private static String line(MembershipEffect effect) {
            if (effect instanceof MembershipEffect.TellClient(var client, var event)) {
                return switch (event) {
                    case CmanEvent.Delivered(var group, var epoch, var from, var payload) -> "client " + client
                            + " hears '" + new String(payload, StandardCharsets.US_ASCII) + "' of "
                            + from + " in group " + group + ", epoch " + epoch;
                    case CmanEvent.ShutdownAsked(var attempt, var removed) -> "client " + client
                            + " is asked whether to leave, attempt " + attempt + (removed ? ", removed" : "");
                    case CmanEvent.EpochInstalled(var epoch) -> "client " + client + " is told epoch "
                            + epoch.number();
                    case CmanEvent.NodeFenced _, CmanEvent.ConfigurationActive _ -> "";
                };
            }
            if (effect instanceof MembershipEffect.MarkState(var held)) {
                return held ? "holds state" : "holds no state";
            }
            return effect.line();
        }

        private static List<Integer> numbers(String[] words, int from) {
            return Arrays.stream(words).skip(from).map(Integer::valueOf).toList();
        }

        private static int number(String[] words, int at) {
            return Integer.parseInt(words[at].replace("ms", ""));
        }

        private static String key(String word) {
            return word.substring(0, word.indexOf('='));
        }

        private static String value(String word) {
            return word.substring(word.indexOf('=') + 1);
        }
    }
}
