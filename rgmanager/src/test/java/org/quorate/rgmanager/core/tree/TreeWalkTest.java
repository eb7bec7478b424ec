package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.core.tree.Step.Finished;
import org.quorate.rgmanager.core.tree.Step.OperationEnded;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.rgmanager.core.tree.Step.Wait;
import org.quorate.time.Moment;

class TreeWalkTest {
    private static final Moment NOW = Moment.START;

    private static TreeWalk walk(ResourceConfiguration configuration, Operation operation, String service) {
        return TreeWalk.of(configuration.tree(), operation,
                configuration.resources().find("service", service).orElseThrow(), CheckSlots.unlimited());
    }

    private static Step succeed(TreeWalk walk, Step running) {
        return walk.on(new OperationEnded(((RunAgent) running).node(), 0), NOW);
    }

    @Test
    void anAgentIsToldItsResourceAndNothingElse() {
        ResourceConfiguration configuration = Agents.configuration("<service name='web'><program name='p' file='/p'>"
                + "<client name='c' target='*'/></program></service>");
        TreeNode client = configuration.tree().roots().getFirst().children().getFirst().children().getFirst();
        RunAgent run = RunAgent.of(client, "start", 0).orElseThrow();
        assertThat(run.environment()).containsExactly(
                Map.entry("OCF_RESKEY_name", "c"),
                Map.entry("OCF_RESKEY_target", "*"),
                Map.entry("OCF_RESKEY_service_name", "web"),
                Map.entry("OCF_RA_VERSION_MAJOR", "1"),
                Map.entry("OCF_RA_VERSION_MINOR", "0"),
                Map.entry("OCF_ROOT", "/usr/share/cluster"),
                Map.entry("OCF_RESOURCE_INSTANCE", "client:c"),
                Map.entry("OCF_RESOURCE_TYPE", "client"),
                Map.entry("OCF_CHECK_LEVEL", "0"),
                Map.entry("OCF_RESKEY_RGMANAGER_meta_refcnt", "0"),
                Map.entry("OCF_RESKEY_RGMANAGER_meta_timeout", "0"));
        assertThat(run.agent()).isEqualTo("client.sh");
        assertThat(run.node()).isEqualTo("service:web/program:p/client:c");
        assertThat(run.failure(1)).isEqualTo("start on client \"c\" returned 1 (generic error)");
        assertThat(run.failure(7)).isEqualTo("start on client \"c\" returned 7 (unspecified)");
    }

    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', textBlock = """
        # enforce | operation | depth | timeout | told | because
          1       | status    | 10    | 10      | 0    | the manager sees to it
          yes     | start     | 0     | 20      | 0    | the manager sees to it
          no      | start     | 0     | 300     | 20   | the agent is told what it has, and hangs after far more
          0       | status    | 10    | 30      | 10   | the agent is told what it has, and hangs after far more
        """)
    void aTimeoutIsEnforcedOrAHint(String enforce, String operation, int depth, long timeout, String told,
            String because) {
        TreeNode address = Agents.configuration("<service name='web'><address address='1' __enforce_timeouts='"
                + enforce + "'/></service>").tree().roots().getFirst().children().getFirst();
        RunAgent run = RunAgent.of(address, operation, depth).orElseThrow();
        assertThat(run.timeout()).as(because).isEqualTo(Duration.ofSeconds(timeout));
        assertThat(run.environment()).as(because).containsEntry("OCF_RESKEY_RGMANAGER_meta_timeout", told)
                .containsEntry("OCF_CHECK_LEVEL", Integer.toString(depth));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
        # operation | depth | hint in s | killed after s | because
          start     | 0     | 0         | 0              | without a hint nobody knows what is too long
          stop      | 0     | 30        | 300            | unmounting may have much to write
          start     | 0     | 900       | 2700           | three times as long as it should take
          status    | 0     | 10        | 30             | a busy machine may be slow to answer
          status    | 10    | 60        | 180            | three times as long as it should take
        """)
    void whatTakesFarLongerThanItShouldHangs(String operation, int depth, int hint, int limit, String because) {
        ActionRule hinted = new ActionRule(operation, depth, Duration.ofSeconds(hint), Duration.ZERO, false);
        assertThat(hinted.limit(false)).as(because).isEqualTo(Duration.ofSeconds(limit));
        assertThat(hinted.limit(true)).isEqualTo(Duration.ofSeconds(hint));
    }

    @Test
    void aTimeoutThatTheAdministratorWroteIsMeant() {
        TreeNode address = Agents.configuration("<service name='web'><address address='1'>"
                + "<action name='status' depth='*' timeout='7'/></address></service>").tree().roots().getFirst()
                .children().getFirst();
        assertThat(RunAgent.of(address, "status", 10).orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(RunAgent.of(address, "start", 0).orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void onlyWhatIsDeclaredIsRun() {
        TreeNode guest = Agents.configuration("<guest name='g'/>").tree().roots().getFirst();
        assertThat(RunAgent.of(guest, "migrate", 0, "node2")).get().extracting(RunAgent::arguments)
                .isEqualTo(List.of("node2"));
        assertThat(RunAgent.of(guest, "recover", 0)).isEmpty();
        assertThat(RunAgent.of(guest, "status", 10)).isEmpty();
    }

    @Test
    void twoWalksDoNotStartOrStopOneResourceAtOnce() {
        ResourceConfiguration configuration = Agents.configuration("<resources><shared name='gfs'/></resources>"
                + "<service name='a'><shared ref='gfs'/></service><service name='b'><shared ref='gfs'/></service>");
        TreeWalk a = walk(configuration, Operation.START, "a");
        TreeWalk b = walk(configuration, Operation.START, "b");
        Step ofA = succeed(a, a.next(NOW));
        Step ofB = succeed(b, b.next(NOW));
        assertThat(((RunAgent) ofA).line()).isEqualTo("[start] shared:gfs");
        assertThat(ofB).isEqualTo(new Wait("shared:gfs"));
        assertThat(b.next(NOW)).isEqualTo(new Wait("shared:gfs"));
        assertThat(succeed(a, ofA)).isEqualTo(new Finished(WalkResult.SUCCESS));
        RunAgent second = (RunAgent) b.next(NOW);
        assertThat(second.environment()).containsEntry("OCF_RESKEY_RGMANAGER_meta_refcnt", "1");
        assertThat(succeed(b, second)).isEqualTo(new Finished(WalkResult.SUCCESS));
    }

    @Test
    void aCheckThatFindsNoSlotRepeatsThePreviousResult() {
        ResourceConfiguration configuration = Agents.configuration(
                "<service name='web'><shared name='s1'/></service><service name='db'><shared name='s2'/></service>");
        CheckSlots one = CheckSlots.of(1);
        TreeWalk web = TreeWalk.of(configuration.tree(), Operation.STATUS,
                configuration.tree().roots().getFirst().resource(), one);
        TreeWalk db = TreeWalk.of(configuration.tree(), Operation.STATUS,
                configuration.tree().roots().getLast().resource(), one);
        Step running = web.next(NOW);
        assertThat(running).isInstanceOf(RunAgent.class);
        assertThat(db.next(NOW)).isEqualTo(new Finished(WalkResult.SUCCESS));
        succeed(web, running);
        assertThat(TreeWalk.of(configuration.tree(), Operation.STATUS,
                configuration.tree().roots().getLast().resource(), one).next(NOW)).isInstanceOf(RunAgent.class);
    }

    @Test
    void anEndThatNobodyWaitsForIsRefused() {
        TreeWalk walk = walk(Agents.configuration("<service name='web'/>"), Operation.START, "web");
        assertThatThrownBy(() -> walk.on(new OperationEnded("service:web", 0), NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Whatever a tree looks like and whatever agents answer, the promises of the operations hold. */
    @Test
    void whatWasStartedIsStoppedAndParentsOutliveTheirChildren() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder rm = new StringBuilder("<service name='web'>");
            children(random, rm, new int[1], 0);
            ResourceConfiguration configuration = Agents.configuration(rm.append("</service>").toString());
            for (Operation operation : List.of(Operation.START, Operation.STATUS, Operation.CONDITIONAL_STOP,
                    Operation.CONDITIONAL_START, Operation.STATUS, Operation.CONVALESCE)) {
                List<TreeNode> calls = run(configuration, operation, random, 20);
                if (operation == Operation.START) {
                    assertThat(calls).as("seed " + seed).allSatisfy(node -> assertThat(node.parent().stream()
                            .allMatch(parent -> calls.indexOf(parent) < calls.indexOf(node))).isTrue());
                }
            }
            List<TreeNode> calls = run(configuration, Operation.STOP, random, Integer.MAX_VALUE);
            assertThat(calls).as("seed " + seed).allSatisfy(node -> assertThat(node.children())
                    .allSatisfy(child -> assertThat(calls.indexOf(child)).isLessThan(calls.indexOf(node))));
            assertThat(configuration.resources().all()).as("seed " + seed).allSatisfy(resource -> {
                assertThat(resource.uses()).noneMatch(TreeNode::inUse);
                assertThat(resource.uses()).allMatch(use -> use.state() == NodeState.STOPPED);
                assertThat(resource.held()).isFalse();
            });
        }
    }

    private static void children(Random random, StringBuilder xml, int[] names, int depth) {
        for (int n = random.nextInt(4); n > 0 && depth < 4; n--) {
            String name = "n" + names[0]++;
            String type = List.of("shared", "program", "client", "disk").get(random.nextInt(4));
            xml.append("<").append(type).append(" name='").append(name).append("' file='/").append(name)
                    .append("' target='*' mountpoint='/").append(name).append("' device='/").append(name)
                    .append("' __independent_subtree='").append(random.nextInt(3)).append("' __max_restarts='")
                    .append(random.nextInt(3)).append("' __restart_expire_time='60'>");
            children(random, xml, names, depth + 1);
            xml.append("</").append(type).append(">");
        }
    }

    private static List<TreeNode> run(ResourceConfiguration configuration, Operation operation, Random random,
            int oneFailureIn) {
        List<TreeNode> calls = new ArrayList<>();
        TreeWalk walk = walk(configuration, operation, "web");
        Step step = walk.next(NOW);
        while (!(step instanceof Finished)) {
            step = switch (step) {
                case RunAgent run -> {
                    calls.add(configuration.resources().all().stream().flatMap(r -> r.uses().stream())
                            .filter(u -> u.path().equals(run.node())).findFirst().orElseThrow());
                    boolean fails = oneFailureIn < Integer.MAX_VALUE && random.nextInt(oneFailureIn) == 0;
                    yield walk.on(new OperationEnded(run.node(), fails ? 1 : 0), NOW);
                }
                case Step.Announce _, Step.Complain _ -> walk.next(NOW);
                case Wait wait -> throw new AssertionError("waits for " + wait.resource());
                case Finished _ -> throw new AssertionError();
            };
        }
        return calls;
    }
}
