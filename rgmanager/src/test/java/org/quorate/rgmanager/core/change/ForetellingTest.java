package org.quorate.rgmanager.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.ResourceChange;
import org.quorate.api.rgmanager.ServiceChange;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.Fixture;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.Agents;
import org.quorate.rgmanager.core.tree.NodeState;
import org.quorate.rgmanager.core.tree.Xml;

class ForetellingTest {
    private static final ServiceName A = ServiceName.parse("a");

    private static ServiceConfiguration configuration(String rm) {
        return ServiceConfiguration.read(Xml.parse("<cluster><rm>" + rm + "</rm></cluster>"), Agents.rules());
    }

    private static List<String> lines(List<ServiceChange> changes) {
        return changes.stream().flatMap(c -> c.lines(node -> node == 1 ? "" : "n" + node).stream())
                .map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        # old | new | lines | because
          <service name='a'/> | <service name='a'/> | service:a is left alone | nothing changed
          <service name='a' recovery='relocate'/> | <service name='a'/> \
            | service:a runs on and is told of its new values + reconfigure service:a: recovery changes from relocate \
              to restart | it can be told
          <service name='a' nfslock='1'/> | <service name='a'/> | service:a restarts: nfslock changes from 1 to 0; it \
              starts where its rules let it | it cannot be told
          <service name='a' recovery='x' nfslock='1'/> | <service name='a'/> | service:a restarts: nfslock changes \
              from 1 to 0; it starts where its rules let it | only what decides is named
          <service name='a' domain='d'/> | <service name='a'/> | service:a restarts: domain (d) is gone; it starts \
              where its rules let it | an attribute that goes is no new value
          <service name='a'/> | <service name='b'/> | service:a stops and is gone: it is not in the new configuration \
              + service:b is new: it starts where its rules let it | one goes, one comes
          <guest name='a'/> | <service name='b'/> | guest:a is gone and runs on, looked after by nobody: it is not in \
              the new configuration + service:b is new: it starts where its rules let it | guests are left alone
          <service name='a'><client name='c' target='*'><shared name='s'/></client><shared name='t'/></service> \
            | <service name='a'><client name='c' target='x'><shared name='s'/></client><shared name='t'/></service> \
            | service:a runs on, but for some of its resources + restart client:c/shared:s: it is below client:c + \
              restart client:c: target changes from * to x | what is below a changed one restarts with it
          <service name='a'><client name='c' target='*' path='/p'/></service> \
            | <service name='a'><client name='c' target='*'/></service> \
            | service:a runs on, but for some of its resources + restart client:c: path is inherited now | a value \
              that is not given any more
          <service name='a'><shared name='s'/><shared name='t'/></service> \
            | <service name='a'><shared name='s'><shared name='t'/></shared></service> \
            | service:a runs on, but for some of its resources + stop shared:t: it moves to service:a/shared:s + \
              start shared:s/shared:t: it comes from service:a | one that moves
          <resources><shared name='s'/></resources><service name='a'><shared ref='s'/></service> \
            | <resources><shared name='s'/></resources><service name='a'/> \
            | service:a runs on, but for some of its resources + stop shared:s: nothing uses it here any more \
            | one that is defined still
          <resources><service name='a'/></resources><service ref='a'/> | <resources><service name='a'/></resources> \
            | service:a stops and is gone: it is not in the new configuration | a service that is a mere resource now
          <resources><service name='a'/></resources> | <resources><service name='a'/></resources><service ref='a'/> \
            | service:a is new: it starts where its rules let it | a resource that is a service now
        """)
    void aChangeIsTold(String old, String now, String lines, String because) {
        assertThat(lines(Foretelling.ifAllRan(configuration(old), configuration(now)))).as(because)
                .containsExactly(lines.replaceAll(" +", " ").split(" [+] "));
    }

    @ParameterizedTest(name = "{2} on node {3}, frozen {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        # old | new | state | owner | frozen | line
          <service name='a' nfslock='1'/> | <service name='a'/> | STARTED | 2 | false | service:a on n2 restarts: \
              nfslock changes from 1 to 0; it starts where its rules let it
          <service name='a' nfslock='1'/> | <service name='a'/> | STARTED | 2 | true | service:a on n2 is left alone: \
              it is frozen
          <service name='a'/> | <service name='b'/> | STARTED | 2 | true | service:a on n2 is gone and runs on, looked \
              after by nobody: it is frozen
          <service name='a' nfslock='1'/> | <service name='a'/> | DISABLED | 0 | false | service:a (not running) \
              restarts: nfslock changes from 1 to 0; it is disabled no more, and starts
          <service name='a' nfslock='1'/> | <service name='a'/> | FAILED | 0 | false | service:a (not running) \
              stops: nfslock changes from 1 to 0; it stays failed
          <service name='a' recovery='x'/> | <service name='a'/> | STOPPED | 0 | false \
            | service:a (not running) is left alone: its next start will be as the new one says
          <service name='a'/> | <service name='a'/> | STOPPED | 0 | false | service:a (not running) is left alone
        """)
    void whatItDoesDependsOnWhatTheServiceDoes(String old, String now, ServiceState state, int owner, boolean frozen,
            String line) {
        var record = ServiceRecord.unwritten(A).ownedBy(owner).in(state, 5).flagged(frozen, false);
        assertThat(lines(Foretelling.of(configuration(old), configuration(now), _ -> record, 1)))
                .startsWith(line.replaceAll(" +", " "));
    }

    @Test
    void whatIsNotToStartByItselfStaysStopped() {
        assertThat(lines(Foretelling.ifAllRan(
                Fixture.configuration(1, "<service name='a' autostart='0'/><service name='b' autostart='0'/>"),
                Fixture.configuration(1, "<service name='a' autostart='0' exclusive='1'/><service name='c'/>"))))
                .containsExactly("service:a stops: exclusive changes from 0 to 1; its autostart is off",
                        "service:b stops and is gone: it is not in the new configuration",
                        "service:c is new: it starts where its rules let it");
    }

    @Test
    void whatRunsIsNotTouched() {
        var running = configuration("<service name='a'><shared name='s'/></service>");
        running.resources().tree().adopt(running.root(A).orElseThrow());
        var record = ServiceRecord.unwritten(A).ownedBy(1).in(ServiceState.STARTED, 5);
        var told = Foretelling.of(running, configuration("<service name='a' nfslock='1'/>"), _ -> record, 1);
        assertThat(told.getFirst().resources()).extracting(ResourceChange::resource)
                .containsExactly("service:a/shared:s", "service:a");
        assertThat(running.root(A).orElseThrow().marks()).isEmpty();
        assertThat(running.root(A).orElseThrow().children().getFirst().state())
                .isEqualTo(NodeState.STARTED);
    }
}
