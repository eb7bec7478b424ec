package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** clulog, clufindhostname and clubufflush, which agents and scripts call. */
class SmallCommandsTest {
    @TempDir
    Path root;

    private Path log;

    /** A logger that writes down what it was told: where a test runs there may be no syslog. */
    @BeforeEach
    void listen() throws IOException {
        var bin = Files.createDirectories(root.resolve("bin"));
        var logger = bin.resolve("logger");
        Files.writeString(logger, "#!/bin/sh\nfor word; do printf '%s|' \"$word\"; done >> " + root + "/syslog\n");
        Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwxr-xr-x"));
        log = root.resolve("rgmanager.log");
    }

    private void settings(String facility, int syslog, int fileSeverity) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("run/cluster")).resolve("rgmanager.logging"),
                "facility=" + facility + "\nsyslog=" + syslog + "\nfile=" + log + "\nfile_severity=" + fileSeverity
                        + "\n");
    }

    private Outcome clulog(String... words) {
        return run("clulog", words);
    }

    private Outcome run(String command, String... words) {
        var line = new ArrayList<>(List.of(Program.SBIN.resolve(command).toString()));
        line.addAll(List.of(words));
        return Program.run(line, Map.of("QUORATE_ROOT", root.toString(),
                "PATH", root + "/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    private String heard() throws IOException {
        return Files.exists(root.resolve("syslog")) ? Files.readString(root.resolve("syslog")) : "";
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            -s 5                             ; -t|rgmanager|-p|local4.5|--|switched over|
            -s notice                        ; -t|rgmanager|-p|local4.5|--|switched over|
            -l err                           ; -t|rgmanager|-p|local4.3|--|switched over|
            -m web -s 4                      ; -t|rgmanager|-p|local4.4|--|[web] switched over|
            -s 6 -l 6                        ; -t|rgmanager|-p|local4.6|--|switched over|
            -s 5 -n amapp -p 17 -f local0    ; --id=17|-t|amapp|-p|local0.5|--|switched over|
            ''                               ; -t|rgmanager|-p|local4.5|--|switched over|
            -s 6                             ; ''
            -s debug                         ; ''
            -s 5 -l 4                        ; ''
            """)
    void itLogsAsRgmanagerDoes(String options, String expected) throws IOException {
        settings("local4", 5, 5);
        var words = new ArrayList<>(options.isEmpty() ? List.of() : List.of(options.split(" ")));
        words.add("switched over");
        assertThat(clulog(words.toArray(String[]::new))).isEqualTo(new Outcome(0, ""));
        assertThat(expected.isEmpty() ? heard().isEmpty() : heard().endsWith(expected)).as(heard()).isTrue();
        assertThat(Files.exists(log)).isEqualTo(!expected.isEmpty());
    }

    @Test
    void theFileGetsALineLikeTheDaemonsOwn() throws IOException {
        settings("daemon", -1, 7);
        clulog("-s", "warning", "-m", "web", "low on \"memory\"");
        assertThat(log).content().matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} "
                + "rgmanager WARN  \\[web] low on \"memory\"\n");
        assertThat(heard()).as("cluster.conf wants nothing in syslog").isEmpty();
    }

    @Test
    void withoutADaemonTheMessageIsLoggedAllTheSame() throws IOException {
        clulog("-s", "6", "hello");
        assertThat(heard()).endsWith("-t|rgmanager|-p|daemon.6|--|hello|");
    }

    @Test
    void aWrongSeverityIsToldAndCostsNoMessage() throws IOException {
        assertThat(clulog("-s", "loud", "hello").output())
                .isEqualTo("clulog: -s loud: no severity; give 0 to 7, or a word as err, notice, debug\n");
        assertThat(heard()).endsWith("daemon.6|--|hello|");
    }

    @Test
    void withoutAMessageItTellsHowItIsUsed() {
        assertThat(clulog()).satisfies(said -> {
            assertThat(said.status()).isZero();
            assertThat(said.output()).startsWith("usage: clulog ");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            -i 127.0.0.1    ; 0 ; localhost
            -n localhost    ; 0 ; localhost
            -i 192.0.2.1    ; 2 ; ''
            -n no.such.name.invalid ; 2 ; ''
            -i              ; 1 ; Usage: clufindhostname [-i ip_addr] [-n ip_name]
            -x y            ; 0 ; Usage: clufindhostname [-i ip_addr] [-n ip_name]
            """)
    void namesAreFound(String words, int status, String said) {
        var outcome = run("clufindhostname", words.split(" "));
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.output().strip()).isEqualTo(said);
    }

    @Test
    void aDeviceIsFlushedAndAnythingElseRefused() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may flush a device");
        assertThat(run("clubufflush", "-h")).isEqualTo(new Outcome(0, "Usage: clubufflush [-h] [-f device]\n"));
        assertThat(run("clubufflush")).isEqualTo(new Outcome(1, "Usage: clubufflush [-h] [-f device]\n"));
        assertThat(run("clubufflush", "-f", "/dev/nowhere")).isEqualTo(new Outcome(1,
                "Cannot open /dev/nowhere for flushing: No such file or directory\n"));
        var file = Files.writeString(root.resolve("file"), "no device");
        assertThat(run("clubufflush", "-f", file.toString()).output())
                .startsWith("Cannot flush " + file + ": Inappropriate ioctl");
        assumeTrue(Files.exists(Path.of("/dev/loop0")), "no loop device here");
        assertThat(run("clubufflush", "-f", "/dev/loop0")).isEqualTo(new Outcome(0, ""));
    }
}
