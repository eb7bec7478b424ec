package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.agents.Program.Outcome;

class ScriptAgentTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} ending with {1} is {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        # action | script's status | agent's | because
          start  | 0               | 0       | it runs
          start  | 1               | 1       | it does not
          start  | 7               | 1       | no failure of a start is good
          stop   | 0               | 0       | it is stopped
          stop   | 7               | 0       | LSB's 'not running' is what was wanted
          stop   | 1               | 1       | nobody knows what still runs
          stop   | 3               | 1       | 'not implemented' stopped nothing
          status | 0               | 0       | it runs
          status | 1               | 7       | LSB: dead, a pid file is left
          status | 2               | 7       | LSB: dead, a lock file is left
          status | 3               | 7       | LSB: not running
          status | 4               | 1       | LSB: unknown
          monitor | 3              | 7       | monitor is another name for status
        """)
    void theScriptsStatusIsReadAsTheStandardSays(String action, int scripts, int agents, String because)
            throws IOException {
        var file = script("echo called $1; exit " + scripts);
        var outcome = agent(action, Map.of("OCF_RESKEY_file", file.toString()));
        assertThat(outcome.status()).as(because).isEqualTo(agents);
        assertThat(outcome.output()).contains("called " + (action.equals("monitor") ? "status" : action));
    }

    @Test
    void aMissingScriptHasNothingToStopButCannotBeStarted() {
        var missing = Map.of("OCF_RESKEY_file", folder.resolve("none").toString());
        assertThat(agent("stop", missing).status()).isZero();
        assertThat(agent("start", missing).status()).isEqualTo(5);
        assertThat(agent("status", missing).status()).isEqualTo(5);
        assertThat(agent("validate-all", missing).output()).contains("does not exist");
    }

    @Test
    void aScriptThatCannotBeRunIsNotTakenForStopped() throws IOException {
        var file = Files.writeString(folder.resolve("service"), "#!/bin/sh\n");
        assertThat(agent("stop", Map.of("OCF_RESKEY_file", file.toString())).status()).isEqualTo(4);
        assertThat(agent("start", Map.of("OCF_RESKEY_file", "service")).status()).isEqualTo(2);
    }

    @Test
    void theScriptFindsThePathAndItsServiceThoughTheAgentWasGivenNoEnvironment() throws IOException {
        var file = script("read -r line; echo \"<$PATH> <$OCF_RESKEY_service_name> <$line>\"");
        var outcome = agent("start", Map.of("OCF_RESKEY_file", file.toString(), "OCF_RESKEY_service_name", "web"));
        assertThat(outcome).isEqualTo(new Outcome(0, "</usr/sbin:/usr/bin:/sbin:/bin> <web> <>\n"));
    }

    private Path script(String body) throws IOException {
        var file = Files.writeString(folder.resolve("service"), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static Outcome agent(String action, Map<String, String> attributes) {
        return Program.run(List.of(Program.agent("script"), action), attributes);
    }
}
