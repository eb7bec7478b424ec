package org.quorate.simulation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.simulation.Simulation;
import org.quorate.simulation.SimulationFailure;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.daemon.Site;

/** What is held back is known to who joins later; and where it is not, that is seen. */
class WishesTest {
    private static final ServiceName WEB = new ServiceName("service:web");

    private final Wishes wishes = new Wishes();

    private void course(Consumer<Site> deed) {
        Simulation.of(1, "three-nodes.conf").servicesLeftAlone().eventually(wishes).afterwards(site -> {
            var last = last(site);
            wishes.lockStarts(site, last);
            wishes.freeze(site, last, WEB);
            site.world().time().after(Duration.ofSeconds(3), last::reboot);
        }).afterwards(deed).run(Duration.ofSeconds(40));
    }

    private static SimulatedNode last(Site site) {
        return site.nodes().getLast();
    }

    private static void ask(Site site, RgRequest request) {
        last(site).rgmanager().orElseThrow().ask(request, _ -> { });
    }

    @Test
    void whoJoinsLearnsThatStartsAreLockedAndAServiceIsFrozen() {
        course(site -> {
            var present = Present.of(site).present().orElseThrow();
            assertThat(present.locked()).isTrue();
            assertThat(present.record(WEB.text()).frozen()).isTrue();
            wishes.takeBack(site);
        });
    }

    @Test
    void aLockThatIsForgottenIsSeen() {
        assertThatThrownBy(() -> course(site -> ask(site, new RgRequest.SetLock(false))))
                .isInstanceOf(SimulationFailure.class).hasMessageContaining("starts are not locked, though");
    }

    @Test
    void aFreezeThatIsForgottenIsSeen() {
        assertThatThrownBy(() -> course(site ->
                ask(site, new RgRequest.Act(ServiceRequest.UNFREEZE, WEB, 0, false))))
                .isInstanceOf(SimulationFailure.class).hasMessageContaining("service:web is not frozen, though");
    }
}
