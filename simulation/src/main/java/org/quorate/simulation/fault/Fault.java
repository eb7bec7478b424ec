package org.quorate.simulation.fault;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A kind of thing that goes wrong.
 *
 * @param name  for the trace
 * @param every how long it takes from one time to the next on average
 * @param deed  lets it go wrong once
 */
public record Fault(String name, Duration every, Consumer<Scene> deed) {
    /** The same, so many times as often. */
    public Fault oftener(int times) {
        return new Fault(name, every.dividedBy(times), deed);
    }

    /** Lets it go wrong again and again until the scene's end. */
    public void begin(Scene scene) {
        var time = scene.site().world().time();
        var next = time.now().plus(scene.chance().between(every.dividedBy(8), every.multipliedBy(15).dividedBy(8)));
        if (next.isBefore(scene.end())) {
            time.at(next, () -> {
                deed.accept(scene);
                begin(scene);
            });
        }
    }
}
