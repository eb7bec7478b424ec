package org.quorate.simulation.fault;

import java.time.Duration;
import java.util.Optional;
import org.quorate.simulation.daemon.SimulatedNode;

/** Faults that come while something is being done to a service: what chance alone seldom hits. */
final class Interruptions {
    private static final Duration LOOK = Duration.ofMillis(40);
    private static final int LOOKS = 200;

    private Interruptions() {}

    /** Agents hang: those with a time limit until they are killed. */
    static Fault hangingAgents() {
        return new Fault("hanging agents", Duration.ofSeconds(70), scene -> {
            int permille = scene.chance().between(50, 400);
            var lasting = scene.chance().between(Duration.ofSeconds(1), Duration.ofSeconds(10));
            scene.say(permille + " of 1000 service agents hang for " + lasting.toMillis() + " ms");
            scene.site().agents().hanging(permille);
            scene.undoAfter(lasting, () -> scene.site().agents().hanging(0));
        });
    }

    /** rgmanager is killed while an agent of it starts, stops, checks or migrates something; its node lives. */
    static Fault managerCrashes() {
        return new Fault("manager crash", Duration.ofSeconds(30), scene -> await(scene, LOOKS));
    }

    private static void await(Scene scene, int looks) {
        var busy = operating(scene);
        if (busy.isPresent()) {
            busy.get().machine().process("rgmanager").ifPresent(process -> {
                scene.say("rgmanager of " + busy.get().machine() + " is killed while an agent runs");
                process.end();
            });
        } else if (looks > 0 && scene.now().isBefore(scene.end())) {
            scene.site().world().time().after(LOOK, () -> await(scene, looks - 1));
        }
    }

    private static Optional<SimulatedNode> operating(Scene scene) {
        var busy = scene.site().nodes().stream().filter(node -> node.machine().process("rgmanager").isPresent()
                && scene.site().agents().isChanging(node.machine())).toList();
        return busy.isEmpty() ? Optional.empty() : Optional.of(scene.chance().oneOf(busy));
    }
}
