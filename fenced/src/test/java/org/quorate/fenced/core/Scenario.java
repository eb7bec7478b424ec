package org.quorate.fenced.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.quorate.api.cman.Departure;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;
import org.quorate.fenced.core.FenceEffect.Say;
import org.quorate.fenced.core.FenceEffect.WakeAt;
import org.quorate.fenced.core.FenceWord.Confirmed;
import org.quorate.fenced.core.FenceWord.Operation;
import org.quorate.fenced.core.FenceWord.Present;
import org.quorate.time.Moment;

/**
 * A course of events as a plain text: at the margin what is fed in, indented what must come out.
 *
 * <p>This node's own words come back to it at once, unless {@code given echo=off}: then with {@code own words come}.
 * Wake-ups, and words that belong to every epoch, are not written down.
 */
final class Scenario {
    private final List<String> given = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Deque<FenceWord> ownWords = new ArrayDeque<>();
    private final Consumer<FenceEffect> spy;
    private FencePolicy policy;
    private Epoch epoch = Epoch.NONE;
    private int self = 1;
    private boolean echo = true;
    private FenceDomain domain;

    private record Step(Moment at, String event, List<String> expected) {}

    Scenario(List<String> lines, Consumer<FenceEffect> spy) {
        this.spy = spy;
        for (var line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("given ")) {
                given.add(line.substring("given ".length()));
            } else if (line.startsWith(" ")) {
                steps.getLast().expected().add(line.strip());
            } else {
                var parts = line.split("ms +", 2);
                steps.add(new Step(Moment.START.plus(Duration.ofMillis(Long.parseLong(parts[0]))), parts[1].strip(),
                        new ArrayList<>()));
            }
        }
    }

    void play() {
        var words = words(String.join(" ", given));
        self = Integer.parseInt(words.getOrDefault("self", "1"));
        echo = !words.getOrDefault("echo", "on").equals("off");
        policy = policy(words);
        domain = new FenceDomain(new NodeId(self), policy);
        for (var step : steps) {
            var came = new ArrayList<String>();
            for (var event : events(step.event())) {
                feed(event, step.at(), came);
            }
            assertThat(came).as(step.event()).isEqualTo(step.expected());
        }
    }

    private void feed(FenceEvent event, Moment now, List<String> came) {
        var effects = domain.on(event, now);
        for (var effect : effects) {
            spy.accept(effect);
            switch (effect) {
                case WakeAt _ -> { }
                case Say(var word) -> {
                    ownWords.add(word);
                    if (!(word instanceof Present || word instanceof Confirmed)) {
                        came.add(effect.line());
                    }
                }
                default -> came.add(effect.line());
            }
        }
        if (echo) {
            ownWords(now, came);
        }
    }

    private void ownWords(Moment now, List<String> came) {
        while (!ownWords.isEmpty()) {
            feed(new FenceEvent.Heard(epoch.number(), new NodeId(self), ownWords.poll()), now, came);
        }
    }

    private static Map<String, String> words(String text) {
        return Arrays.stream(text.split(" +")).filter(w -> w.contains("="))
                .map(w -> w.split("=", 2)).collect(Collectors.toMap(w -> w[0], w -> w[1], (_, b) -> b, TreeMap::new));
    }

    private static FencePolicy policy(Map<String, String> words) {
        var nodes = new ArrayList<FencePolicy.Node>();
        for (var node : words.getOrDefault("methods", "1:1,2:1,3:1").split(",")) {
            var parts = node.split(":");
            nodes.add(new FencePolicy.Node(id(parts[0]), name(parts[0]), Integer.parseInt(parts[1])));
        }
        return new FencePolicy(millis(words, "post_join_delay", "6000"), millis(words, "post_fail_delay", "0"),
                millis(words, "retry", "5000"), millis(words, "race_delay", "5000"),
                words.containsKey("two_node"), nodes);
    }

    private static Duration millis(Map<String, String> words, String key, String otherwise) {
        return Duration.ofMillis(Long.parseLong(words.getOrDefault(key, otherwise)));
    }

    private List<FenceEvent> events(String text) {
        var w = text.split(" +");
        long second = w.length > 1 && w[1].chars().allMatch(Character::isDigit) ? Long.parseLong(w[1]) : 0;
        return switch (w[0]) {
            case "epoch" -> List.of(new FenceEvent.EpochInstalled(epoch(second, w[2], words(text))));
            case "policy" -> List.of(new FenceEvent.PolicyRead(policy(words(text))));
            case "all" -> epoch.groupMembers(FenceDomain.GROUP).stream().filter(id -> id.number() != self)
                    .map(id -> said(id, new Present(0, 0, List.of(), List.of()))).toList();
            case "own" -> {
                echo = true;
                yield List.of(new FenceEvent.TimePassed());
            }
            case "time" -> List.of(new FenceEvent.TimePassed());
            case "attempt" -> List.of(new FenceEvent.MethodEnded(second, w[2].equals("succeeded"),
                    text.substring(text.indexOf(':') + 1).strip()));
            case "settled" -> List.of(new FenceEvent.Settled(id(w[1]), name(w[1]), Long.parseLong(w[3]), w[4],
                    id(w[6]), 1000));
            case "acknowledge" -> List.of(new FenceEvent.Acknowledged(second, new NodeName(w[2]), w[4]));
            case "begin" -> List.of(new FenceEvent.OperationAsked(second, new NodeName(w[2])));
            case "over" -> List.of(new FenceEvent.OperationOver(second, w[2].equals("ok")));
            case "join" -> List.of(new FenceEvent.JoinAsked(second));
            case "leave" -> List.of(new FenceEvent.LeaveAsked(second));
            case "list" -> List.of(new FenceEvent.DomainAsked(second));
            case "services" -> List.of(new FenceEvent.ServicesCounted((int) second));
            case "shutdown" -> List.of(new FenceEvent.ShutdownAsked(second));
            default -> List.of(said(id(w[0]), word(w, words(text))));
        };
    }

    private FenceEvent said(NodeId from, FenceWord word) {
        return new FenceEvent.Heard(epoch.number(), from, word);
    }

    private static FenceWord word(String[] w, Map<String, String> words) {
        assertThat(w[1]).isEqualTo("says");
        return switch (w[2]) {
            case "present" -> new Present(Integer.parseInt(words.getOrDefault("services", "0")),
                    Long.parseLong(words.getOrDefault("revision", "0")),
                    words.containsKey("operating") ? List.of(new Operation(id(words.get("operating")), 77)) : List.of(),
                    words.containsKey("fenced")
                            ? List.of(new FenceWord.Fenced(id(words.get("fenced")), 1, "agent", id(w[0]), 500))
                            : List.of());
            case "services" -> new FenceWord.Services(Integer.parseInt(w[3]), Long.parseLong(w[4]));
            case "confirmed" -> new Confirmed(id(w[3]), Long.parseLong(w[4]));
            case "claim" -> new FenceWord.Claim(id(w[3]), 77);
            case "release" -> new FenceWord.Release(id(w[3]), 77, Long.parseLong(w[5]), w[4].equals("ok"));
            default -> throw new IllegalArgumentException(w[2]);
        };
    }

    private Epoch epoch(long number, String quorate, Map<String, String> words) {
        var fence = ids(words, "fence");
        var members = new ArrayList<Member>();
        for (var id : ids(words, "members")) {
            var groups = new TreeMap<String, Long>();
            if (fence.contains(id)) {
                groups.put(FenceDomain.GROUP, 1L);
            }
            if (ids(words, "rgmanager").contains(id)) {
                groups.put("rgmanager", 1L);
            }
            members.add(new Member(id, name(id.toString()), 1, 1, 1, groups, List.of(), 0));
        }
        var left = new ArrayList<Departure>();
        ids(words, "failed").forEach(id -> left.add(new Departure(id, name(id.toString()), 1, false)));
        ids(words, "left").forEach(id -> left.add(new Departure(id, name(id.toString()), 1, true)));
        var victims = new ArrayList<Victim>();
        for (var victim : words.getOrDefault("victims", "").split(",")) {
            if (!victim.isEmpty()) {
                var parts = victim.split("@");
                victims.add(new Victim(id(parts[0]), name(parts[0]), Long.parseLong(parts[1])));
            }
        }
        epoch = new Epoch(number, members, quorate.equals("quorate"), 2, members.size(), ids(words, "joined"), left,
                victims);
        return epoch;
    }

    private static List<NodeId> ids(Map<String, String> words, String key) {
        return Arrays.stream(words.getOrDefault(key, "").split(",")).filter(t -> !t.isEmpty())
                .map(Scenario::id).toList();
    }

    private static NodeId id(String text) {
        return new NodeId(Integer.parseInt(text.replace("node", "")));
    }

    private static NodeName name(String text) {
        return new NodeName("node" + text.replace("node", ""));
    }
}
