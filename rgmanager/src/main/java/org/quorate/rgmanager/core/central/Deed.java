package org.quorate.rgmanager.core.central;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.rgmanager.core.request.Step.Answer;

/** What is to be done next about an event. */
public sealed interface Deed {
    /** Nothing more; {@code code} is what came out: a node id, 0, or one of {@link Codes}. */
    record Over(int code) implements Deed {}

    /** The script is to get the answer to its call. */
    record Reply(String line) implements Deed {}

    /**
     * A member, perhaps this one, is to do something; it answers
     * {@link org.quorate.api.rgmanager.ServiceResult#NO_NODE} if it is not there any more.
     */
    record Order(int member, ServiceRequest request, ServiceName service, int target, Function<Answer, Deed> then)
            implements Deed {}

    /** What comes next is to be looked at anew: keeps long lists of services from nesting. */
    record Then(Supplier<Deed> next) implements Deed {}

    /** Nothing is to be done for a while. */
    record Pause(Duration length, Supplier<Deed> then) implements Deed {}

    /** Something is to be logged. */
    record Say(Loudness loudness, String line, Supplier<Deed> then) implements Deed {}

    /** How much a line matters: the levels of syslog(3), the least first. */
    enum Loudness {
        /** Why something was decided. */
        DEBUG,
        /** Something happened. */
        INFO,
        /** Something happened that not everybody expects. */
        NOTICE,
        /** Something is odd. */
        WARNING,
        /** Something failed. */
        ERR,
        /** Something failed that matters. */
        CRIT,
        /** Somebody has to act. */
        ALERT,
        /** Nothing works. */
        EMERG
    }
}
