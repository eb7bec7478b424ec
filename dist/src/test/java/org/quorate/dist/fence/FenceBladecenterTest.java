package org.quorate.dist.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.dist.site.BladeCenter;
import org.quorate.dist.site.TwoBlades;

class FenceBladecenterTest {
    private final TwoBlades chassis = new TwoBlades();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private BladeCenter module;

    @BeforeEach
    void aModule() throws IOException {
        module = new BladeCenter(0, chassis, "USERID", "PASSW0RD");
        Thread.ofVirtual().start(module::serve);
    }

    @AfterEach
    void noModule() throws IOException {
        module.close();
    }

    @ParameterizedTest(name = "{0}: {2}, {3}")
    @CsvSource(delimiter = '|', textBlock = """
        # told                                | status | said                    | switched
          action=off plug=1                   | 0      | Success: Powered OFF    | 1 off
          option=off port=1                   | 0      | Success: Powered OFF    | 1 off
          action=off blade=2                  | 0      | Success: Powered OFF    | 2 off
          action=OFF nodename=1               | 0      | Success: Powered OFF    | 1 off
          action=off plug=1,2                 | 0      | Success: Powered OFF    | 1 off 2 off
          action=on plug=1                    | 0      | Success: Already ON     |
          plug=2                              | 0      | Success: Rebooted       | 2 off 2 on
          action=status plug=1                | 0      | Status: ON              |
          action=status plug=3                | 1      |                         |
          action=off plug=3                   | 1      |                         |
          action=off plug=3 missing_as_off=1  | 0      | Success: Already OFF    |
          action=off plug=am1                 | 1      |                         |
          action=off                          | 1      |                         |
          action=off plug=1 power_wait=soon   | 1      |                         |
          action=off plug=1 secure=1          | 1      |                         |
          action=explode plug=1               | 1      |                         |
          action=monitor                      | 0      | 1,am1 2,am2             |
          action=list                         | 0      | 1,am1 2,am2             |
          action=list-status                  | 0      | 1,am1,ON 2,am2,ON       |
        """)
    void doesWhatItIsToldOnStandardInput(String told, int status, String said, String switched) {
        assertThat(run(told + " ip=127.0.0.1 username=USERID password=PASSW0RD ipport=" + module.port()))
                .isEqualTo(status);
        assertThat(text(out).strip().replaceAll("\\s+", " ")).isEqualTo(said == null ? "" : said);
        assertThat(chassis.switched().strip()).isEqualTo(switched == null ? "" : switched);
        assertThat(text(err).isEmpty()).isEqualTo(status == 0);
    }

    @Test
    void aBladeThatIsOffGivesStatusTwo() {
        chassis.power(1, false);
        assertThat(run("action=status plug=1 ip=127.0.0.1 login=USERID passwd=PASSW0RD ipport=" + module.port()))
                .isEqualTo(2);
    }

    @Test
    void doesWhatItIsToldByOptions() {
        assertThat(agent().run(List.of("-a", "127.0.0.1", "--ipport=" + module.port(), "-l", "USERID", "-p", "PASSW0RD",
                "-n", "1", "-o", "off"), InputStream.nullInputStream())).isZero();
        assertThat(chassis.switched()).isEqualTo("1 off ");
        assertThat(agent().run(List.of("-x"), InputStream.nullInputStream())).isEqualTo(1);
        assertThat(text(err)).contains("unknown option -x");
    }

    @Test
    void aWrongPasswordFailsAndSwitchesNothing() {
        assertThat(run("action=off plug=1 ip=127.0.0.1 login=USERID passwd=WRONG ipport=" + module.port()))
                .isEqualTo(1);
        assertThat(text(err)).contains("refuses user USERID").doesNotContain("WRONG");
        assertThat(chassis.switched()).isEmpty();
    }

    @Test
    void aModuleThatIsNotThereOrSilentIsAFailure() throws IOException {
        String who = "action=off plug=1 ip=127.0.0.1 login=U passwd=P login_timeout=1 ipport=";
        int port;
        try (ServerSocket silent = new ServerSocket(0)) {
            port = silent.getLocalPort();
            assertThat(run(who + port)).isEqualTo(1);
            assertThat(text(err)).contains("no answer from the module within 1 s");
        }
        assertThat(run(who + port)).isEqualTo(1);
        assertThat(text(err)).contains("cannot call");
    }

    @Test
    void describesItselfAsAllAgentsDo() throws Exception {
        assertThat(run("action=metadata")).isZero();
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()));
        assertThat(document.getDocumentElement().getAttribute("name")).isEqualTo("fence_bladecenter");
        assertThat(document.getElementsByTagName("parameter").getLength()).isGreaterThan(10);
        assertThat(text(out)).contains("<parameter name=\"plug\"", "<action name=\"off\"");
    }

    private FenceBladecenter agent() {
        return new FenceBladecenter(new PrintStream(out, true), new PrintStream(err, true));
    }

    private int run(String told) {
        byte[] lines = ("# from fenced\n" + told.replace(' ', '\n') + "\n").getBytes(StandardCharsets.UTF_8);
        return agent().run(List.of(), new ByteArrayInputStream(lines));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
