package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.Member;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.api.cman.Victim;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.time.Moment;

class TakingOverTest {
    private static final ServiceName SERVICE = ServiceName.parse("service:a");

    private final Services manager = new Services(1,
            Fixture.configuration(2, "<service name=\"a\"><ip address=\"10.0.0.1\"/></service>"), Moment.START, 1000);
    private final List<ServicesEffect> effects = new ArrayList<>();

    @Test
    void aServiceIsTakenOverFromANodeThatIsBackBeforeItIsKnownToBeFenced() {
        var ran = new ServiceRecord(SERVICE, 2, 0, ServiceState.STARTED, 0, 1000, false, false);
        var other = new GroupMessage.Report(false, new TreeMap<>(), List.of(new Versioned(ran, 1, 1)), List.of(),
                List.of(), false, 0, 1000, List.of(), List.of());
        tell(new ServicesEvent.Began(List.of(), List.of(), false));
        tell(new ServicesEvent.EpochInstalled(epoch(1, List.of(), member(1, 1, false), member(2, 1, true))));
        tell(new ServicesEvent.EpochInstalled(epoch(2, List.of(), member(1, 1, true), member(2, 1, true))));
        tell(new ServicesEvent.Told(2, 2, other));
        reportIsHeard(2);

        var victim = new Victim(new NodeId(2), new NodeName("n2"), 3);
        tell(new ServicesEvent.EpochInstalled(epoch(3, List.of(victim), member(1, 1, true))));
        reportIsHeard(3);
        long asked = effects.stream().filter(ServicesEffect.TakeLock.class::isInstance)
                .map(ServicesEffect.TakeLock.class::cast).toList().getLast().number();

        // Its machine is a member again, and its manager is not there yet; the lock service is faster than the group.
        tell(new ServicesEvent.EpochInstalled(epoch(4, List.of(), member(1, 1, true), member(2, 2, false))));
        tell(new ServicesEvent.LockGranted(SERVICE, asked));
        reportIsHeard(4);
        assertThat(effects).filteredOn(ServicesEffect.DropLock.class::isInstance).isEmpty();
        assertThat(effects).filteredOn(e -> e instanceof ServicesEffect.Tell(_, GroupMessage.Write write)
                && write.record().is(ServiceState.STARTING) && write.record().owner() == 1).hasSize(1);
    }

    @Test
    void whatStillRunsIsNotStoppedForWantOfAnEpoch() {
        stillRunsHere();
        assertThat(agents()).as("nothing is known of quorum yet").isEmpty();
        tell(new ServicesEvent.EpochInstalled(epoch(1, List.of(), member(1, 1, false))));
        tell(new ServicesEvent.EpochInstalled(epoch(2, List.of(), member(1, 1, true))));
        reportIsHeard(2);
        assertThat(agents()).as("it is the manager's again").hasSize(1)
                .allSatisfy(run -> assertThat(run.line()).contains("status"));
        assertThat(effects).filteredOn(ServicesEffect.JoinGroup.class::isInstance).hasSize(1);
    }

    @Test
    void whatStillRunsIsStoppedInAnEpochWithoutQuorum() {
        stillRunsHere();
        tell(new ServicesEvent.EpochInstalled(new Epoch(1, List.of(member(1, 1, false)), false, 2, 1, List.of(),
                List.of(), List.of())));
        assertThat(agents()).first().satisfies(run -> assertThat(run.line()).contains("stop"));
    }

    @Test
    void whoAsksDoesNotWaitForEverForAManagerThatSaysNothing() {
        tell(new ServicesEvent.Began(List.of(), List.of(), false));
        tell(new ServicesEvent.EpochInstalled(epoch(1, List.of(), member(1, 1, false), member(2, 1, true))));
        tell(new ServicesEvent.EpochInstalled(epoch(2, List.of(), member(1, 1, true), member(2, 1, true))));
        reportIsHeard(2);
        tell(new ServicesEvent.Asked(7, new RgRequest.SetLock(true)));
        assertThat(effects).noneMatch(ServicesEffect.Answer.class::isInstance);
        tell(new ServicesEvent.PatienceOver(7));
        assertThat(effects).filteredOn(ServicesEffect.Answer.class::isInstance).singleElement()
                .isEqualTo(new ServicesEffect.Answer(7, new RgReply.Ended(ServiceResult.NO_QUORUM, 0,
                        "the managers have not told each other what runs where yet; try again")));
        assertThat(effects).noneMatch(e -> e instanceof ServicesEffect.Tell(_, GroupMessage.LockStarts _));
    }

    private void stillRunsHere() {
        var runs = new ServiceRecord(SERVICE, 1, 0, ServiceState.STARTED, 0, 1000, false, false);
        tell(new ServicesEvent.Began(List.of(new Versioned(runs, 1, 1)), List.of(SERVICE), true));
    }

    private List<ServicesEffect> agents() {
        return effects.stream().filter(ServicesEffect.RunTheAgent.class::isInstance).toList();
    }

    private void tell(ServicesEvent event) {
        effects.addAll(manager.on(event, Moment.START));
    }

    /** What this manager told the group comes back to it. */
    private void reportIsHeard(long epoch) {
        var report = effects.stream().filter(e -> e instanceof ServicesEffect.Tell(long in, GroupMessage.Report _)
                && in == epoch).map(ServicesEffect.Tell.class::cast).findFirst().orElseThrow();
        tell(new ServicesEvent.Told(epoch, 1, report.message()));
    }

    private static Member member(int id, long incarnation, boolean managed) {
        SortedMap<String, Long> groups = new TreeMap<>();
        groups.put("fence", 1L);
        if (managed) {
            groups.put("rgmanager", incarnation);
        }
        return new Member(new NodeId(id), new NodeName("n" + id), incarnation, 1, 1, groups, List.of(), 0);
    }

    private static Epoch epoch(long number, List<Victim> victims, Member... members) {
        return new Epoch(number, List.of(members), true, 1, members.length,
                List.of(), List.of(), victims);
    }
}
