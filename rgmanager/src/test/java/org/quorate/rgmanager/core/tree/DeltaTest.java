package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.time.Moment;

class DeltaTest {
    private static List<String> marks(ResourceTree tree) {
        List<String> marks = new ArrayList<>();
        tree.roots().forEach(root -> marks(root, marks));
        return marks;
    }

    private static void marks(TreeNode node, List<String> marks) {
        if (!node.marks().isEmpty()) {
            marks.add(node.resource().fullName() + " " + node.marks());
        }
        node.children().forEach(child -> marks(child, marks));
    }

    private static List<String> split(String expected) {
        return expected == null ? List.of() : List.of(expected.split("; "));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        # old | new | marks of the old tree | marks of the new tree | because
          <service name='a'/> | <service name='a'/> | | | nothing changed
          <service name='a' recovery='relocate'/> | <service name='a'/> | | service:a [NEEDSTART, RECONFIG] \
            | only a reconfigurable attribute changed
          <service name='a' nfslock='1'/> | <service name='a'/> \
            | service:a [NEEDSTOP] | service:a [NEEDSTART] | another attribute changed
          <service name='a' domain='d'/> | <service name='a'/> \
            | service:a [NEEDSTOP] | service:a [NEEDSTART] | an attribute is gone, be it reconfigurable
          <service name='a'><client name='c' target='*'/></service> \
            | <service name='a'><client name='c' target='*' path='/p'/></service> \
            | client:c [NEEDSTOP] | client:c [NEEDSTART] | what was inherited is explicit
          <service name='a'/> | <service name='b'/> | service:a [NEEDSTOP] | service:b [NEEDSTART] | one goes, one comes
          <service name='a'><shared name='s'><shared name='t'/></shared></service> | <service name='a'/> \
            | shared:s [NEEDSTOP] | | below what goes nothing is looked at
          <service name='a'/> | <service name='a'><shared name='s'><shared name='t'/></shared></service> \
            | | shared:s [NEEDSTART] | below what comes nothing is looked at
          <service name='a'><shared name='s'/><shared name='t'/></service> \
            | <service name='a'><shared name='t'/><shared name='s'/></service> | | | the order of siblings plays no part
          <service name='a'><shared name='s'/><shared name='t'/></service> \
            | <service name='a'><shared name='s'><shared name='t'/></shared></service> \
            | shared:t [NEEDSTOP] | shared:t [NEEDSTART] | one that moved is stopped here and started there
          <service name='a' recovery='x'><shared name='s'/></service> \
            | <service name='a'><shared name='s'/><shared name='t'/></service> \
            | | service:a [NEEDSTART, RECONFIG]; shared:t [NEEDSTART] | below what is told of a change it goes on
          <service name='a'><client name='c' target='*'/></service> \
            | <service name='a'><client name='c' target='x'/><client name='d' target='*'/></service> \
            | client:c [NEEDSTOP] | client:c [NEEDSTART]; client:d [NEEDSTART] | a changed one and a new one
        """)
    void treesAreMarked(String old, String now, String oldMarks, String newMarks, String because) {
        ResourceConfiguration before = Agents.configuration(old);
        ResourceConfiguration after = Agents.configuration(now);
        Delta.mark(before, after);
        assertThat(marks(before.tree())).as(because).isEqualTo(split(oldMarks));
        assertThat(marks(after.tree())).as(because).isEqualTo(split(newMarks));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        # old | new | down | up | because
          <service name='a'/> | <service name='a'/> | CONDITIONAL_STOP | CONDITIONAL_START | nothing changed
          <service name='a' recovery='x'/> | <service name='a'/> | CONDITIONAL_STOP | CONDITIONAL_START | it is told
          <service name='a' nfslock='1'/> | <service name='a'/> | DISABLE | INITIALIZE | it is replaced
          <service name='a'/> | <service name='b'/> | DISABLE | INITIALIZE | one goes, one comes
          <guest name='a'/> | <guest name='b'/> | LEAVE | LEAVE | guests are left alone
          <guest name='a' memory='1'/> | <guest name='a' memory='2'/> | DISABLE | LEAVE | but not if they change
          <guest name='a'><shared name='s'/></guest> | <guest name='b'><shared name='t'/></guest> \
            | DISABLE | INITIALIZE | with children they are services like others
        """)
    void rootsAreStoppedAndStarted(String old, String now, Delta.Down down, Delta.Up up, String because) {
        ResourceConfiguration before = Agents.configuration(old);
        ResourceConfiguration after = Agents.configuration(now);
        Delta delta = Delta.mark(before, after);
        assertThat(delta.down(before.tree().roots().getFirst())).as(because).isEqualTo(down);
        assertThat(delta.up(after.tree().roots().getFirst())).as(because).isEqualTo(up);
    }

    @Test
    void whatStaysKeepsItsStateAndItsUse() {
        ResourceConfiguration before = Agents.configuration(
                "<service name='a' recovery='x'><shared name='s'/><shared name='t'/></service>");
        ResourceConfiguration after = Agents.configuration(
                "<service name='a'><shared name='s'/><shared name='u'/></service>");
        before.tree().adopt(before.tree().roots().getFirst());
        Delta.mark(before, after).carryOver();
        TreeNode service = after.tree().roots().getFirst();
        assertThat(service.state()).isEqualTo(NodeState.STARTED);
        assertThat(service.children()).extracting(TreeNode::state)
                .containsExactly(NodeState.STARTED, NodeState.STOPPED);
        assertThat(service.children()).extracting(TreeNode::inUse).containsExactly(true, false);
    }

    @Test
    void aChangedServiceIsTakenFromTheOldConfigurationToTheNew() {
        ResourceConfiguration before = Agents.configuration("<service name='a'><shared name='s'/>"
                + "<client name='c' target='*'/><client name='d' target='*'/></service>");
        ResourceConfiguration after = Agents.configuration("<service name='a' recovery='x'><shared name='s'/>"
                + "<client name='c' target='x'/><client name='e' target='*'/></service>");
        before.tree().adopt(before.tree().roots().getFirst());
        Delta delta = Delta.mark(before, after);
        assertThat(lines(before, Operation.CONDITIONAL_STOP, 0)).containsExactly(
                "Node client:d - CONDSTOP", "[stop] client:d", "Node client:c - CONDSTOP", "[stop] client:c");
        delta.carryOver();
        assertThat(lines(after, Operation.CONDITIONAL_START, 0)).containsExactly(
                "Node service:a - CONDSTART", "[reconfig] service:a", "Node client:e - CONDSTART", "[start] client:e",
                "Node client:c - CONDSTART", "[start] client:c");
        assertThat(marks(after.tree())).isEmpty();
        assertThat(after.resources().all()).flatExtracting(Resource::uses).allMatch(use -> use.inUse());
    }

    @Test
    void aReconfigurationThatFailsEndsTheWalk() {
        ResourceConfiguration before = Agents.configuration("<service name='a'/>");
        ResourceConfiguration after = Agents.configuration(
                "<service name='a' recovery='x'><shared name='s'/></service>");
        Delta.mark(before, after);
        assertThat(lines(after, Operation.CONDITIONAL_START, 1))
                .containsExactly("Node service:a - CONDSTART", "[reconfig] service:a");
        assertThat(after.tree().roots().getFirst().state()).isEqualTo(NodeState.FAILED);
    }

    private static List<String> lines(ResourceConfiguration configuration, Operation operation, int exitCode) {
        List<String> lines = new ArrayList<>();
        TreeWalk walk = TreeWalk.of(configuration.tree(), operation,
                configuration.tree().roots().getFirst().resource(), CheckSlots.unlimited());
        Step step = walk.next(Moment.START);
        while (!(step instanceof Step.Finished)) {
            if (step instanceof Step.RunAgent run) {
                lines.add(run.line());
                step = walk.on(new Step.OperationEnded(run.node(), exitCode), Moment.START);
            } else if (step instanceof Step.Announce(var line)) {
                lines.add(line);
                step = walk.next(Moment.START);
            }
        }
        return lines;
    }
}
