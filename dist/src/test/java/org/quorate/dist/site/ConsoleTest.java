package org.quorate.dist.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final TwoBlades chassis = new TwoBlades();
    private final Console console = new Console(chassis, "USERID", "PASSW0RD");

    @Test
    void aBladeIsSwitchedOffAndOn() {
        login();
        assertThat(console.answer("env -T system:blade[1]")).isEqualTo("OK\r\nsystem:blade[1]> ");
        assertThat(console.answer("power -state")).isEqualTo("On\r\nsystem:blade[1]> ");
        assertThat(console.answer("power -off")).isEqualTo("OK\r\nsystem:blade[1]> ");
        assertThat(console.answer("power -state")).isEqualTo("Off\r\nsystem:blade[1]> ");
        assertThat(console.answer("power -on")).isEqualTo("OK\r\nsystem:blade[1]> ");
        assertThat(console.answer("env -T system")).isEqualTo("OK\r\nsystem> ");
        assertThat(chassis.switched()).isEqualTo("1 off 1 on ");
    }

    @Test
    void aBayWithoutABladeDoesNotBecomeTheTarget() {
        login();
        assertThat(console.answer("env -T system:blade[3]")).endsWith("\r\nsystem> ");
        assertThat(console.answer("power -off")).startsWith("Usage:");
        assertThat(chassis.switched()).isEmpty();
    }

    @Test
    void theListNamesTheBlades() {
        login();
        assertThat(console.answer("list -l 2").split("\r\n")).contains("  blade[1]      am1", "  blade[2]      am2");
    }

    @Test
    void aWrongPasswordIsAskedForThreeTimes() {
        for (int i = 0; i < 3; i++) {
            assertThat(console.stage()).isEqualTo(Console.Stage.USER);
            console.answer("USERID");
            assertThat(console.answer("PASSWORD")).contains("Invalid login");
        }
        assertThat(console.stage()).isEqualTo(Console.Stage.OVER);
    }

    @Test
    void nothingIsSwitchedBeforeTheLogin() {
        console.answer("env -T system:blade[1]");
        console.answer("power -off");
        assertThat(chassis.switched()).isEmpty();
    }

    @Test
    void linesEndInEveryWayThatCallersEndThem() throws IOException {
        Telnet telnet = telnet("one\r\0two\r\nthree\nfour\r\0\nfive\r\r\n", new ByteArrayOutputStream());
        for (String line : new String[] {"one", "two", "three", "four", "five", "", null}) {
            assertThat(telnet.line(true)).isEqualTo(line);
        }
    }

    @Test
    void theProtocolsOwnBytesAreNoPartOfALineAndEveryOfferIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // DO TRANSMIT-BINARY, WILL TERMINAL-TYPE, DO ECHO (which was offered), a subnegotiation
        Telnet telnet = telnet("a\u00ff\u00fd\u0000\u00ff\u00fb\u0018\u00ff\u00fd\u0001"
                + "\u00ff\u00fa\u0018\u0000\u00ff\u00f0b\r", out);
        assertThat(telnet.line(false)).isEqualTo("ab");
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo("\u00ff\u00fc\u0000\u00ff\u00fe\u0018\r\n");
    }

    @Test
    void aLineThatNeverEndsEndsTheCall() throws IOException {
        assertThat(telnet("x".repeat(5000), new ByteArrayOutputStream()).line(true)).isNull();
    }

    private static Telnet telnet(String received, ByteArrayOutputStream out) {
        return new Telnet(new ByteArrayInputStream(received.getBytes(StandardCharsets.ISO_8859_1)), out);
    }

    private void login() {
        assertThat(console.greeting()).endsWith("username: ");
        assertThat(console.answer("USERID")).isEqualTo("password: ");
        assertThat(console.answer("PASSW0RD")).endsWith("\r\nsystem> ");
    }
}
