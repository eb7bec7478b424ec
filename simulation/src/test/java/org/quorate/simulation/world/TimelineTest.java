package org.quorate.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.time.Moment;

class TimelineTest {
    private final World world = new World(1, _ -> { });
    private final List<String> done = new ArrayList<>();

    private Moment at(int millis) {
        return Moment.START.plus(Duration.ofMillis(millis));
    }

    @Test
    void whatIsDueIsDoneInTheOrderOfMomentsThenOfAsking() {
        var time = world.time();
        time.at(at(20), () -> done.add("later"));
        time.at(at(10), () -> done.add("first"));
        time.at(at(10), () -> done.add("second"));
        time.runUntil(at(15));
        assertThat(done).containsExactly("first", "second");
        assertThat(time.now()).isEqualTo(at(15));
    }

    @Test
    void aStoppedProcessDoesWhatCameMeanwhileWhenItGoesOn() {
        var machine = world.add(new NodeId(1), new NodeName("node1"));
        machine.powerOn();
        var process = machine.start("daemon");
        process.at(at(10), () -> done.add("one"));
        process.at(at(20), () -> done.add("two"));
        process.pause();
        world.time().runUntil(at(30));
        assertThat(done).isEmpty();
        process.resume();
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void powerTakesProcessesAndRunDirectoryWithItAndLeavesTheDisk() {
        var machine = world.add(new NodeId(1), new NodeName("node1"));
        machine.powerOn();
        machine.disk().put("kept", 1);
        machine.runDirectory().put("lost", 1);
        machine.start("daemon").whenEnded(() -> done.add("ended"));
        machine.powerOff();
        assertThat(done).containsExactly("ended");
        assertThat(machine.disk()).containsKey("kept");
        assertThat(machine.runDirectory()).isEmpty();
        assertThat(machine.process("daemon")).isEmpty();
    }

    @Test
    void aLocalConnectionKeepsItsOrderAndTellsOfItsEndLast() {
        var machine = world.add(new NodeId(1), new NodeName("node1"));
        machine.powerOn();
        var client = machine.start("client");
        var server = machine.start("server");
        var connection = new LocalConnection(world, world.chance(), client, server, () -> done.add("server gone"),
                () -> done.add("client gone"));
        for (int i = 0; i < 5; i++) {
            int number = i;
            connection.toServer(() -> done.add("message " + number));
        }
        client.end();
        world.time().runUntil(at(10));
        assertThat(done).containsExactly("message 0", "message 1", "message 2", "message 3", "message 4",
                "client gone");
    }
}
