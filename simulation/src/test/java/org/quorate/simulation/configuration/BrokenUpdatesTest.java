package org.quorate.simulation.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quorate.ccsd.core.Candidate;
import org.quorate.simulation.daemon.ConfigurationCluster;
import org.quorate.simulation.world.SimulatedProcess;

/** A world in which a rule is broken on purpose: the judge must see it, or he would prove nothing. */
class BrokenUpdatesTest {
    private static final int STEPS = 120;
    private static final Duration NOTICED = Duration.ofSeconds(3);

    private static String found(IntFunction<UpdateCourse> course) {
        return IntStream.range(0, STEPS).mapToObj(step -> course.apply(step).run()).flatMap(Optional::stream)
                .findFirst().orElse("nothing");
    }

    private static UpdateCourse course(byte[] clusterConf) {
        return new UpdateCourse(1, clusterConf, _ -> { });
    }

    @Test
    void disksThatLieAboutForcingLeaveTornFiles() {
        assertThat(found(step -> course(Fixture.nodes(3)).strike(Strike.ALL_POWER_CUT, step)
                .with(cluster -> cluster.nodes().forEach(node -> node.disk().lie())))).contains("file is torn");
    }

    @Test
    void whoDeclaresALivingNodeOffGetsOneVersionWithTwoContents() {
        assertThat(found(step -> course(Fixture.twoNodes()).strike(Strike.ALL_ISOLATED, step)
                .with(BrokenUpdatesTest::eachDeclaresTheOtherOff))).startsWith("two contents of version ");
    }

    private static void eachDeclaresTheOtherOff(ConfigurationCluster cluster) {
        Strike.ALL_ISOLATED.befall(cluster, cluster.node(1));
        cluster.site().world().time().after(NOTICED, () -> {
            cluster.node(1).declareOff(cluster.node(2).machine());
            cluster.node(2).declareOff(cluster.node(1).machine());
        });
    }

    @Test
    void aFileThatSomebodyPutsThereBesideAllRulesIsSeen() {
        assertThat(course(Fixture.nodes(3)).strike(Strike.ALL_POWER_CUT, 0).nobodyElse().with(cluster -> {
            cluster.node(1).edit(new Candidate("sim", 5, "one"));
            cluster.node(2).edit(new Candidate("sim", 5, "two"));
        }).run()).hasValueSatisfying(what -> assertThat(what).matches("two contents of version 5 .*"
                + "|version 5 took force on .* without quorum"));
    }

    @Test
    void whatWasPromisedAndIsLostIsSeen() {
        var first = new Candidate("sim", 1, "first");
        assertThat(course(Fixture.nodes(3)).nobodyElse().with(cluster -> cluster.watchForce((node, candidate) -> {
            if (candidate.version() == 2) {
                cluster.site().world().time().after(Strike.LASTS, () -> {
                    node.edit(first);
                    node.machine().process("ccsd").ifPresent(SimulatedProcess::end);
                });
            }
        })).run()).hasValueSatisfying(what -> assertThat(what).contains("was said to be in force and is lost"));
    }
}
