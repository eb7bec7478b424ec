package org.quorate.daemon;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals that a daemon answers besides those that end it.
 *
 * <p>Java has one way to hear them, a class that every JDK has and that its compiler warns of; so it is called by its
 * name here, and here alone. Without it they do what they do to any program.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Does something whenever this process is sent a signal, each time in a thread of its own.
     *
     * @param name without SIG: {@code HUP}, {@code USR1}
     */
    public static void on(String name, Runnable deed) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object answer = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            Thread.ofVirtual().name("signal-" + name).start(deed);
                            yield null;
                        }
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "answer to " + name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), answer);
        } catch (ReflectiveOperationException | IllegalArgumentException missing) {
            LOG.info("SIG{} cannot be heard: {}", name, missing.toString());
        }
    }
}
