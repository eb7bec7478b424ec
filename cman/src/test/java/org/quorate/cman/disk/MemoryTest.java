package org.quorate.cman.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.cman.core.Remembered;
import org.quorate.system.Paths;

class MemoryTest {
    @TempDir
    Path root;

    @Test
    void aLaterStartIsGreaterEvenWhenTheClockWasSetBack() throws Exception {
        var paths = new Paths(root);
        assertThat(Memory.begin(paths, 5000).incarnation()).isEqualTo(5000);
        assertThat(Memory.begin(paths, 4000).incarnation()).isEqualTo(5001);
        assertThat(Memory.begin(paths, 9000).incarnation()).isEqualTo(9000);
    }

    @Test
    void theLargestNumbersAreRemembered() throws Exception {
        var paths = new Paths(root);
        var memory = Memory.begin(paths, 1);
        assertThat(memory.remembered()).isEqualTo(Remembered.NOTHING);
        memory.remember(new Remembered(7, 5));
        memory.remember(new Remembered(6, 6));
        assertThat(Memory.begin(paths, 2).remembered()).isEqualTo(new Remembered(7, 6));
    }

    @Test
    void aFileThatIsNoneOfOursStopsNobody() throws Exception {
        var paths = new Paths(root);
        Files.createDirectories(paths.stateFolder());
        Files.writeString(paths.stateFolder().resolve("cmand.memory"), "what?");
        assertThat(Memory.begin(paths, 3).remembered()).isEqualTo(Remembered.NOTHING);
    }

    @Test
    void aNodeThatEndedWithStateMustNotJoinInTheSameBoot() throws Exception {
        var mark = new StateMark(new Paths(root));
        assertThat(mark.whyNot()).isEmpty();
        mark.set(true);
        assertThat(mark.whyNot()).hasValueSatisfying(why ->
                assertThat(why).contains("reboot the node").contains("cmand.state"));
        Files.writeString(new Paths(root).runFolder().resolve("cmand.state"), "another boot\n");
        assertThat(mark.whyNot()).isEmpty();
        mark.set(false);
        assertThat(new Paths(root).runFolder().resolve("cmand.state")).doesNotExist();
    }
}
