package org.quorate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.NodeId;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.simulation.daemon.ServiceLocks;
import org.quorate.simulation.daemon.Site;
import org.quorate.simulation.fault.Fault;
import org.quorate.simulation.fault.Faults;
import org.quorate.simulation.invariant.FencedBeforeRecovered;
import org.quorate.simulation.invariant.Invariant;
import org.quorate.simulation.invariant.NoTwoHolders;
import org.quorate.simulation.invariant.NoTwoOwners;
import org.quorate.simulation.invariant.OneQuorum;
import org.quorate.simulation.policy.EveryServiceWhereItsPolicySays;
import org.quorate.simulation.policy.NothingElseRuns;
import org.quorate.simulation.world.Happening;

/** A world in which a rule is broken on purpose: the invariants must see it, or they would prove nothing. */
class BrokenRulesTest {
    private static final Duration TIME = Duration.ofMinutes(2);

    /** What is found first by some seed. */
    private static String found(Supplier<Invariant> rule) {
        return LongStream.range(0, 200).mapToObj(seed -> failure(Simulation.of(seed, "three-nodes.conf")
                .faults(Faults.pauses(), Faults.partitions(Faults.Partition.FULL))
                .with(site -> site.fences().lie())
                .always(rule.get()))).flatMap(Optional::stream).findFirst().orElse("nothing");
    }

    private static Optional<String> failure(Simulation simulation) {
        try {
            simulation.run(TIME);
            return Optional.empty();
        } catch (SimulationFailure failure) {
            return Optional.of(failure.what());
        }
    }

    @Test
    void fenceAgentsThatLieLeadToTwoOwners() {
        assertThat(found(NoTwoOwners::new)).startsWith("two owners: ");
    }

    @Test
    void fenceAgentsThatLieLeadToTwoHoldersOfALock() {
        assertThat(found(NoTwoHolders::new)).startsWith("two holders: ");
    }

    @Test
    void fenceAgentsThatLieLetServicesBeRecoveredTooEarly() {
        assertThat(found(() -> new FencedBeforeRecovered(ServiceLocks::resourceOf)))
                .contains("while node", "has its lock");
    }

    @Test
    void expectingTooFewVotesMakesTwoPartitionsQuorate() {
        var failure = failure(Simulation.of(1, "expects-too-few.conf").with(BrokenRulesTest::cutInHalves)
                .always(new OneQuorum(false)));
        assertThat(failure).hasValueSatisfying(what -> assertThat(what).startsWith("two quorate partitions: "));
    }

    private static void cutInHalves(Site site) {
        for (int one = 1; one <= 2; one++) {
            for (int other = 3; other <= 4; other++) {
                site.links().cut(new NodeId(one), new NodeId(other));
                site.links().cut(new NodeId(other), new NodeId(one));
            }
        }
    }

    @Test
    void agentsThatAlwaysFailLeaveServicesDown() {
        var failure = failure(Simulation.of(1, "three-nodes.conf").with(site -> site.agents().failing(1000, 0))
                .eventually(new EveryServiceRuns()));
        assertThat(failure).hasValueSatisfying(what -> assertThat(what).contains("s after the last fault"));
    }

    /** What is missing in the end where nobody puts services in order. */
    private static Optional<String> ends(String conf, Consumer<Site> change, Fault... faults) {
        var policy = new EveryServiceWhereItsPolicySays();
        var remains = new NothingElseRuns();
        return failure(Simulation.of(1, conf).faults(faults).with(policy::watch).with(remains::watch).with(change)
                .servicesLeftAlone().eventually(policy, remains));
    }

    @Test
    void aServiceThatIsWhereItsPolicySaysBreaksNothing() {
        assertThat(ends("three-nodes.conf", _ -> { })).isEmpty();
    }

    private static Fault once(String name, Consumer<Site> deed) {
        return new Fault(name, Duration.ofSeconds(110), scene -> deed.accept(scene.site()));
    }

    @Test
    void aServiceThatIsStoppedBehindTheManagersBackIsSeen() {
        // Its agents claim that it runs.
        assertThat(ends("three-nodes.conf", site -> site.agents().claimHealth(),
                once("web dies", site -> site.nodes().forEach(node -> site.resources().resources(node.machine().id(),
                        "service:web").forEach(one -> site.resources().stopped(node.machine().id(), "service:web",
                                one))))))
                .hasValueSatisfying(what -> assertThat(what).contains("service:web is started", "do not run on"));
    }

    @Test
    void aServiceThatRestsForNoReasonIsSeen() {
        // It is disabled, and the notes begin only after the order that would explain it.
        var policy = new EveryServiceWhereItsPolicySays();
        assertThat(failure(Simulation.of(1, "three-nodes.conf").servicesLeftAlone()
                .faults(new Fault("disable", Duration.ofSeconds(60), scene -> scene.site().nodes().getFirst()
                        .rgmanager().ifPresent(manager -> manager.ask(new RgRequest.Act(ServiceRequest.DISABLE,
                                new ServiceName("service:web"), 0, false), _ -> { }))))
                .with(policy::watch).eventually(policy)))
                .hasValueSatisfying(what -> assertThat(what).contains("service:web is disabled: nobody asked"));
    }

    @Test
    void aServiceThatIsNotWhereItIsBestIsSeen() {
        var policy = new EveryServiceWhereItsPolicySays();
        assertThat(failure(Simulation.of(1, "three-nodes.conf").servicesLeftAlone()
                .faults(new Fault("relocate", Duration.ofSeconds(60), scene -> scene.site().nodes().getFirst()
                        .rgmanager().ifPresent(manager -> manager.ask(new RgRequest.Act(ServiceRequest.RELOCATE,
                                new ServiceName("service:web"), 3, false), _ -> { }))))
                .with(policy::watch).eventually(policy)))
                .hasValueSatisfying(what -> assertThat(what).contains("it runs on node3, and better suit [node1"));
    }

    @Test
    void whatRunsThoughNobodyWantsItIsSeen() {
        assertThat(ends("three-nodes.conf", _ -> { }, once("something starts", site ->
                site.resources().started(site.nodes().getLast().machine().id(), "service:old", "ip:10.9.9.9"))))
                .hasValueSatisfying(what -> assertThat(what)
                        .contains("ip:10.9.9.9 of service:old", "not in cluster.conf any more"));
    }

    /** A start hangs; the manager that began it is killed, and another follows it. */
    private static List<String> managerKilledWhileItStarts(Consumer<Site> change) {
        return LongStream.range(0, 10).mapToObj(seed -> failure(Simulation.of(seed, "three-nodes.conf").with(change)
                .with(BrokenRulesTest::killWhoeverStartsMail).always(new NoTwoOwners())))
                .flatMap(Optional::stream).toList();
    }

    private static void killWhoeverStartsMail(Site site) {
        var killed = new AtomicBoolean();
        site.world().watch(happening -> {
            if (happening instanceof Happening.ResourceStarted(var node, _, var resource) && !killed.get()) {
                if (resource.equals("ip:10.1.0.3")) {
                    site.agents().hanging(1000);
                } else if (resource.equals("script:mail")) {
                    killed.set(true);
                    site.agents().hanging(0);
                    site.node(node).rgmanager().ifPresent(manager ->
                            site.world().time().after(Duration.ofMillis(100), manager.process()::end));
                }
            }
        });
    }

    @Test
    void agentsThatOutliveTheirManagerLeadToTwoOwners() {
        assertThat(managerKilledWhileItStarts(_ -> { })).isEmpty();
        assertThat(managerKilledWhileItStarts(site -> site.agents().spareStrays()))
                .isNotEmpty().allMatch(what -> what.startsWith("two owners: "));
    }

    @Test
    void aFailureSaysHowToSeeItAgain() {
        var simulation = Simulation.of(1, "three-nodes.conf")
                .always(_ -> Optional.of("everything is forbidden"));
        var message = new StringBuilder();
        try {
            simulation.run(TIME);
        } catch (SimulationFailure failure) {
            message.append(failure.getMessage());
        }
        assertThat(message.toString()).contains("everything is forbidden").endsWith("./quorate replay 1");
    }
}
