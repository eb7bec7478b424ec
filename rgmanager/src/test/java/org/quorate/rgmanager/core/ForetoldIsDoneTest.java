package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.api.rgmanager.ResourceChange.Deed;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.ServiceChange;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.Agents;
import org.quorate.rgmanager.core.tree.Xml;

/** A change of configuration does exactly what was foretold of it: no agent more, no agent less. */
class ForetoldIsDoneTest {
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsForetoldIsDone(long seed) {
        var random = new Random(seed);
        var tree = RandomTree.of(random);
        String before = tree.text();
        tree.change(random);
        String after = tree.text();
        var world = new World(random, 1, () -> configuration(1, before));
        var node = world.node(1);
        world.runUntil(world.now().plus(A_WHILE));
        node.tell(new ServicesEvent.EffectAsked(1, configuration(2, after)));
        var foretold = ((RgReply.Effect) world.answers.get(1L)).services();
        world.calls.clear();
        world.configure(() -> configuration(2, after));
        world.runUntil(world.now().plus(A_WHILE));
        foretold.forEach(change -> assertDone(change, world.calls, before + "\nbecomes\n" + after));
    }

    private static ServiceConfiguration configuration(int version, String rm) {
        return ServiceConfiguration.read(Xml.parse("<cluster config_version='" + version
                + "'><clusternodes><clusternode name='n1' nodeid='1'/></clusternodes><rm>" + rm + "</rm></cluster>"),
                Agents.rules());
    }

    private static void assertDone(ServiceChange change, List<ServicesEffect.RunTheAgent> calls, String what) {
        var stops = new ArrayList<String>();
        var starts = new TreeSet<String>();
        var told = new TreeSet<String>();
        for (var call : calls) {
            if (call.service().equals(change.service())) {
                switch (call.agent().operation()) {
                    case "stop" -> stops.add(call.agent().node());
                    case "start" -> starts.add(call.agent().node());
                    case "reconfig" -> told.add(call.agent().node());
                    default -> assertThat(call.agent().operation()).isEqualTo("status");
                }
            }
        }
        var stopsForetold = of(change, Deed.STOP, Deed.RESTART);
        boolean cleaned = switch (change.kind()) {
            case RESTARTED, STOPPED, ADDED -> true;
            case UNTOUCHED, RECONFIGURED, CHANGED, REMOVED, ABANDONED -> false;
        };
        assertThat(cleaned ? stops.subList(0, stopsForetold.size()) : stops).as("stopped of %s where\n%s", change, what)
                .isEqualTo(stopsForetold);
        assertThat(starts).as("started of %s where\n%s", change, what)
                .isEqualTo(new TreeSet<>(of(change, Deed.START, Deed.RESTART)));
        assertThat(told).as("told of %s where\n%s", change, what)
                .isEqualTo(new TreeSet<>(of(change, Deed.RECONFIGURE)));
    }

    private static List<String> of(ServiceChange change, Deed one, Deed other) {
        return change.resources().stream().filter(r -> r.deed() == one || r.deed() == other).map(r -> r.resource())
                .toList();
    }

    private static List<String> of(ServiceChange change, Deed deed) {
        return of(change, deed, deed);
    }

    /** Services with resources below them, which can be changed here and there. */
    private static final class RandomTree {
        private final List<Node> roots = new ArrayList<>();
        private int names;

        /** An element; a reference where it has no attribute but its name. */
        private static final class Node {
            final String type;
            final String name;
            final List<Node> children = new ArrayList<>();
            String value;
            String told;

            Node(String type, String name, String value) {
                this.type = type;
                this.name = name;
                this.value = value;
                this.told = "restart";
            }

            String text() {
                var inside = new StringBuilder();
                children.forEach(c -> inside.append(c.text()));
                String attributes = switch (type) {
                    case "service" -> "name='" + name + "' nfslock='" + value + "' recovery='" + told + "'";
                    case "guest" -> "name='" + name + "' memory='" + value + "'";
                    case "client" -> "name='" + name + "' target='" + value + "'";
                    case "program" -> "name='" + name + "' file='/" + name + value + "'";
                    case "disk" -> "name='" + name + "' mountpoint='/" + name + "' device='/d" + name + value + "'";
                    default -> "ref='" + name + "'";
                };
                return "<" + type + " " + attributes + ">" + inside + "</" + type + ">";
            }
        }

        static RandomTree of(Random random) {
            var tree = new RandomTree();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                tree.roots.add(tree.root(random));
            }
            return tree;
        }

        private Node root(RandomGenerator random) {
            if (random.nextInt(5) == 0) {
                return new Node("guest", "g" + names++, "1");
            }
            var service = new Node("service", "s" + names++, "0");
            fill(service, random, 3);
            return service;
        }

        private void fill(Node parent, RandomGenerator random, int depth) {
            for (int i = 0; i < random.nextInt(4) && depth > 0; i++) {
                var child = switch (random.nextInt(5)) {
                    case 0 -> new Node("client", "c" + names++, "*");
                    case 1 -> new Node("program", "p" + names++, "");
                    case 2 -> new Node("disk", "d" + names++, "");
                    default -> new Node("shared", "r" + random.nextInt(3), "");
                };
                boolean twice = parent.children.stream().anyMatch(c -> c.name.equals(child.name));
                if (!twice) {
                    parent.children.add(child);
                    fill(child, random, depth - 1);
                }
            }
        }

        void change(RandomGenerator random) {
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                changeOnce(random);
            }
        }

        private void changeOnce(RandomGenerator random) {
            int what = random.nextInt(7);
            if (what == 0) {
                roots.add(root(random));
                return;
            } else if (what == 1 && roots.size() > 1) {
                roots.remove(random.nextInt(roots.size()));
                return;
            }
            var root = roots.get(random.nextInt(roots.size()));
            if (what == 2) {
                root.told += "x";
                return;
            }
            var parent = root;
            while (!parent.children.isEmpty() && random.nextBoolean()) {
                parent = parent.children.get(random.nextInt(parent.children.size()));
            }
            switch (what) {
                case 3 -> parent.value += "1";
                case 4 -> fill(parent, random, root.type.equals("guest") ? 0 : 1);
                case 5 -> Collections.shuffle(parent.children, new Random(random.nextLong()));
                default -> {
                    if (!parent.children.isEmpty()) {
                        var moved = parent.children.remove(random.nextInt(parent.children.size()));
                        boolean there = root.children.stream().anyMatch(c -> c.name.equals(moved.name));
                        if (random.nextBoolean() && !there) {
                            root.children.add(moved);
                        }
                    }
                }
            }
        }

        String text() {
            var text = new StringBuilder("<resources>");
            for (int i = 0; i < 3; i++) {
                text.append("<shared name='r").append(i).append("'/>");
            }
            text.append("</resources>\n");
            roots.forEach(r -> text.append(r.text()).append('\n'));
            return text.toString();
        }
    }
}
