package org.quorate.simulation.invariant;

import java.util.Optional;
import org.quorate.simulation.world.Happening;

/** A rule that what happens must never break. */
public interface Invariant {
    /** What is broken, if this happening breaks it. */
    Optional<String> judge(Happening happening);
}
