package org.quorate.dist.build;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A run of a program for the start-up cache to learn from: loads the classes that runs of it were seen to need, and
 * then runs a program of the suite.
 *
 * <p>So one cache can serve programs that no single run shows all together, such as the commands, and remember what a
 * program needs that does not end in a way the cache could be made after.
 *
 * <p>{@code Rehearsal FILE-WITH-CLASS-NAMES [MAIN-CLASS ARGUMENT...]}
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** Loads, then runs. */
    public static void main(String[] words) throws Throwable {
        int loaded = load(Path.of(words[0]));
        System.err.println("rehearsed with " + loaded + " classes");
        if (words.length > 1) {
            var type = Class.forName(words[1]);
            String[] arguments = Arrays.copyOfRange(words, 2, words.length);
            var taking = MethodType.methodType(void.class, String[].class);
            var main = MethodHandles.lookup().findStatic(type, "main", taking);
            main.invokeExact(arguments);
        }
    }

    private static int load(Path names) throws IOException {
        int loaded = 0;
        for (String name : Files.readAllLines(names)) {
            try {
                // Not initialised: that is the real run's affair.
                Class.forName(name, false, Rehearsal.class.getClassLoader());
                loaded++;
            } catch (ClassNotFoundException | LinkageError unusable) {
                // Made at run time, or by another loader: nothing that a cache could hold.
                System.err.println("not rehearsed: " + name);
            }
        }
        return loaded;
    }
}
