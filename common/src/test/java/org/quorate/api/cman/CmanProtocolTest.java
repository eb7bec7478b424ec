package org.quorate.api.cman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CmanProtocolTest {
    @Test
    void anEpochSurvivesTheWire() throws Exception {
        var groups = new TreeMap<String, Long>();
        groups.put("fence", 3L);
        var epoch = new Epoch(7,
                List.of(new Member(new NodeId(1), new NodeName("a"), 11, 1, 2, groups, List.of("10.0.0.1"), 5)),
                true, 1, 1, List.of(new NodeId(1)),
                List.of(new Departure(new NodeId(2), new NodeName("b"), 12, false)),
                List.of(new Victim(new NodeId(2), new NodeName("b"), 7)));
        var event = new CmanEvent.EpochInstalled(epoch);
        var events = CmanProtocol.LOCAL.events();
        assertThat(events.unpack(events.pack(event))).isEqualTo(event);
        assertThat(epoch.coordinatorOf("fence")).contains(new NodeId(1));
        assertThat(epoch.isVictim(new NodeId(2))).isTrue();
    }
}
