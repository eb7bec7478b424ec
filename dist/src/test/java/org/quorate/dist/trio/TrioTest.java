package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rgmanager promises, case by case, and at no moment anything runs on two of the three nodes.
 *
 * <p>One site for all cases, because booting it is the most of each. What the nodes logged is in {@code target/trio}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrioTest implements RequestCases, PolicyCases, GuestCases, UpdateCases, CentralCases {
    @TempDir
    private static Path folder;
    private static Trio trio;

    @BeforeAll
    static void boot() throws IOException {
        trio = Trio.boot(folder);
        try {
            trio.settle();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @AfterEach
    void nothingWasOnTwoBlades() {
        assertThat(trio.counter().twice()).isEmpty();
    }

    @AfterAll
    static void close() throws IOException {
        if (trio != null) {
            try (Trio ending = trio) {
                ending.report(Path.of("target", "trio"));
                System.out.println("on two blades: " + ending.counter().twice().size() + " of "
                        + ending.counter().looks() + " looks");
            }
        }
    }

    @Override
    public Trio trio() {
        return trio;
    }
}
