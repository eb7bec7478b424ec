package org.quorate.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.simulation.world.World;

/** However links were cut for a while, all members are in one view again after that: the network blocks nothing. */
class MergeTest {
    private static final int MEMBERS = 4;
    private static final Duration TOKEN = Duration.ofSeconds(1);
    private static final Duration TROUBLE = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration CALM = Duration.ofSeconds(30);

    private final SortedMap<Integer, View> views = new TreeMap<>();

    private World world(long seed) {
        views.clear();
        var world = new World(seed, _ -> { });
        var links = new Links(world);
        var group = new Group(world, links, TOKEN);
        for (int i = 1; i <= MEMBERS; i++) {
            int id = i;
            var machine = world.add(new NodeId(id), new NodeName("node" + id));
            machine.powerOn();
            group.join(machine.start("cmand"), "node" + id, new GroupMember.Listener() {
                @Override
                public void viewInstalled(View view) {
                    views.put(id, view);
                }

                @Override
                public void received(String from, Object message) {
                    // Nobody sends anything.
                }
            });
        }
        cutAtRandom(world, links);
        return world;
    }

    /** Some pairs do not hear each other, at different times. */
    private static void cutAtRandom(World world, Links links) {
        var chance = world.chance().branch();
        for (int times = chance.between(1, 6); times > 0; times--) {
            var one = new NodeId(chance.between(1, MEMBERS));
            var other = new NodeId(chance.between(1, MEMBERS));
            var from = world.time().now().plus(chance.between(LONGEST, TROUBLE));
            world.time().at(from, () -> {
                links.cut(one, other);
                links.cut(other, one);
            });
            world.time().at(from.plus(chance.between(Duration.ZERO, LONGEST)), () -> {
                links.mend(one, other);
                links.mend(other, one);
            });
        }
    }

    @Test
    void allMembersMeetAgain() {
        for (long seed = 0; seed < 300; seed++) {
            var world = world(seed);
            world.time().runUntil(world.time().now().plus(TROUBLE).plus(LONGEST).plus(CALM));
            assertThat(views.get(1).members()).as("seed %d", seed).hasSize(MEMBERS);
            assertThat(views.values()).as("seed %d", seed).allMatch(views.get(1)::equals);
        }
    }
}
