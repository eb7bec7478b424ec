package org.quorate.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.simulation.world.World;

class GroupTest {
    private static final Duration TOKEN = Duration.ofSeconds(1);

    private final World world = new World(1, _ -> { });
    private final Links links = new Links(world);
    private final Group group = new Group(world, links, TOKEN);
    private final SortedMap<Integer, GroupMember> members = new TreeMap<>();
    private final SortedMap<Integer, SimulatedProcess> processes = new TreeMap<>();
    private final SortedMap<Integer, View> views = new TreeMap<>();
    private final SortedMap<Integer, List<Object>> received = new TreeMap<>();

    @BeforeEach
    void threeMembersStart() {
        for (int i = 1; i <= 3; i++) {
            int id = i;
            var machine = world.add(new NodeId(id), new NodeName("node" + id));
            machine.powerOn();
            processes.put(id, machine.start("cmand"));
            received.put(id, new ArrayList<>());
            members.put(id, group.join(processes.get(id), "node" + id, new GroupMember.Listener() {
                @Override
                public void viewInstalled(View view) {
                    views.put(id, view);
                }

                @Override
                public void received(String from, Object message) {
                    received.get(id).add(message);
                }
            }));
        }
        pass(10_000);
    }

    private void pass(int millis) {
        world.time().runUntil(world.time().now().plus(Duration.ofMillis(millis)));
    }

    private void cut(int one, int other) {
        links.cut(new NodeId(one), new NodeId(other));
    }

    private void mend(int one, int other) {
        links.mend(new NodeId(one), new NodeId(other));
    }

    private List<String> seenBy(int id) {
        return views.get(id).members().stream().sorted().toList();
    }

    @Test
    void allFindEachOther() {
        assertThat(views.values()).allSatisfy(view -> assertThat(view).isEqualTo(views.get(1)));
        assertThat(seenBy(1)).containsExactly("node1", "node2", "node3");
    }

    @Test
    void aMulticastComesToAllInOrder() {
        members.get(2).multicast("one");
        members.get(2).multicast("two");
        pass(2_000);
        assertThat(received.values()).allSatisfy(all -> assertThat(all).containsExactly("one", "two"));
    }

    @Test
    void aKilledProcessIsNoticedAtOnceAndASilentMachineAfterTheTokenTimeout() {
        processes.get(3).end();
        pass(200);
        assertThat(seenBy(1)).containsExactly("node1", "node2");
        world.machine(new NodeId(2)).powerOff();
        pass(900);
        assertThat(seenBy(1)).containsExactly("node1", "node2");
        pass(1000);
        assertThat(seenBy(1)).containsExactly("node1");
    }

    @Test
    void thePartsOfACutGroupGoOnAloneAndMergeAfterIt() {
        for (int other = 2; other <= 3; other++) {
            cut(1, other);
            cut(other, 1);
        }
        pass(3_000);
        assertThat(seenBy(1)).containsExactly("node1");
        assertThat(seenBy(3)).containsExactly("node2", "node3");
        for (int other = 2; other <= 3; other++) {
            mend(1, other);
            mend(other, 1);
        }
        pass(8_000);
        assertThat(views.values()).allSatisfy(view -> assertThat(view).isEqualTo(views.get(1)));
        assertThat(seenBy(2)).containsExactly("node1", "node2", "node3");
    }

    @Test
    void whoIsNotHeardIsLeftOutThoughItHearsTheOthers() {
        cut(3, 1);
        cut(3, 2);
        pass(3_000);
        assertThat(seenBy(1)).containsExactly("node1", "node2");
        assertThat(seenBy(3)).containsExactly("node1", "node2", "node3");
    }

    @Test
    void whatIsSentOverACutLinkComesOnceItIsMendedUnlessTheViewChanged() {
        cut(2, 3);
        members.get(2).multicast("late");
        pass(100);
        assertThat(received.get(1)).containsExactly("late");
        assertThat(received.get(3)).isEmpty();
        mend(2, 3);
        pass(2_000);
        assertThat(received.get(3)).containsExactly("late");
    }
}
