package org.quorate.rgmanager.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.api.rgmanager.ServiceState.DISABLED;
import static org.quorate.api.rgmanager.ServiceState.FAILED;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;

/** Guests on the way while members die, are cut off and lose their quorum: none runs twice. */
class GuestsNeverTwiceTest {
    private static final int SEEDS = Integer.getInteger("quorate.seeds", 60);
    private static final List<ServiceName> GUESTS = List.of(new ServiceName("vm:g"), new ServiceName("vm:h"));
    private static final List<ServiceRequest> REQUESTS = List.of(ServiceRequest.MIGRATE, ServiceRequest.MIGRATE,
            ServiceRequest.MIGRATE, ServiceRequest.ENABLE, ServiceRequest.ENABLE, ServiceRequest.RELOCATE,
            ServiceRequest.RESTART, ServiceRequest.DISABLE);

    @Test
    void noGuestRunsTwice() {
        storms(SEEDS, (_, _) -> { });
    }

    /** So many that another manager often is the first to be back, and alone. */
    @Test
    void noGuestRunsTwiceThoughAllWhoKnowDieAsSoonAsItHasGone() {
        storms(SEEDS, GuestsNeverTwiceTest::whoKnowsDies);
    }

    @Test
    void theyWouldIfNobodyTriedTheirSecondLocks() {
        assertThatThrownBy(() -> storms(100, (world, chance) -> {
            world.arrivalsAreForgotten = true;
            whoKnowsDies(world, chance);
        })).hasMessageContaining("is started on node");
    }

    private static void whoKnowsDies(World world, Random chance) {
        world.sent = source -> {
            if (chance.nextInt(3) != 0) {
                world.crash(source);
            }
            for (var node : world.nodes()) {
                if (chance.nextInt(4) != 0) {
                    world.crashManager(node);
                    world.at(Duration.ofMillis(chance.nextInt(5000)), () -> world.startManager(node));
                }
            }
        };
    }

    private static void storms(int seeds, BiConsumer<World, Random> before) {
        long first = Long.getLong("quorate.seed", 1);
        for (long seed = first; seed < first + seeds; seed++) {
            var chance = new Random(seed);
            var world = new World(chance, 3, () -> Fixture.configuration(3, "<vm name='g'/><vm name='h'/>"));
            before.accept(world, chance);
            try {
                trouble(world, chance);
                world.runUntil(world.now().plus(Duration.ofSeconds(60)));
                for (var guest : GUESTS) {
                    assertThat(world.nodes()).filteredOn(n -> n.running.containsKey(guest)).as("%s", guest)
                            .hasSizeLessThan(2);
                }
                calm(world);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage() + "\n"
                        + String.join("\n", world.story), broken);
            }
        }
    }

    /** Where all nodes and managers are there, each guest runs or is off, and nobody expects it any more. */
    private static void calm(World world) {
        if (world.nodes().stream().anyMatch(n -> !n.up || n.cutOff)) {
            return;
        }
        world.nodes().forEach(world::startManager);
        world.runUntil(world.now().plus(Duration.ofSeconds(60)));
        var seen = (RgReply.Services) world.answers.get(world.ask(world.node(1), new RgRequest.ServicesQuery()));
        assertThat(seen.services()).hasSameSizeAs(GUESTS).allSatisfy(guest -> {
            var runsOn = world.nodes().stream().filter(n -> n.running.containsKey(guest.name())).map(n -> n.id)
                    .toList();
            if (guest.is(DISABLED, FAILED)) {
                assertThat(runsOn).as("%s", guest).isEmpty();
            } else {
                assertThat(guest.state()).isEqualTo(STARTED);
                assertThat(runsOn).as("%s", guest).containsExactly(guest.owner());
                assertThat(world.holder(guest.name())).as("%s", guest).isEqualTo(guest.owner());
            }
            assertThat(world.expecting(guest.name())).as("who expects %s", guest).isEmpty();
        });
    }

    private static void trouble(World world, Random chance) {
        world.runUntil(world.now().plus(Duration.ofSeconds(8)));
        for (int i = 0; i < 40; i++) {
            // Most of it while something is still under way.
            world.runUntil(world.now().plus(Duration.ofMillis(chance.nextInt(chance.nextBoolean() ? 60 : 1500))));
            var node = world.node(1 + chance.nextInt(3));
            switch (chance.nextInt(14)) {
                case 0 -> world.crash(node);
                case 1 -> world.cutOff(node);
                case 2, 3 -> {
                    world.crashManager(node);
                    world.at(Duration.ofMillis(chance.nextInt(3000)), () -> world.startManager(node));
                }
                default -> world.ask(node, new RgRequest.Act(REQUESTS.get(chance.nextInt(REQUESTS.size())),
                        GUESTS.get(chance.nextInt(2)), chance.nextInt(4), false));
            }
        }
    }
}
