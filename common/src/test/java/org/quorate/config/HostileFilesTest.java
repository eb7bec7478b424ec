package org.quorate.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that nobody wrote to describe a cluster: refused soon, in little memory, by one finding. */
@Timeout(20)
class HostileFilesTest {
    private static final String OPEN = "<cluster name='c' config_version='1'>";

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # text                                                                      | place | code
        <?xml version="1.0"?>                                                       | 1:1  | xml-empty
        <!-- nothing -->                                                            | 1:1  | xml-empty
        <!-- <cluster/>                                                             | 1:16 | xml-syntax
        ` <?xml version="1.0"?><cluster/>`                                          | 1:2  | xml-syntax
        <!-- c --><?xml version="1.0"?><cluster/>                                   | 1:12 | xml-syntax
        <!DOCTYPE cluster SYSTEM "http://192.0.2.1/cluster.dtd"><cluster/>          | 1:1  | xml-doctype
        <!-- c --><?pi?>\\n<!DOCTYPE cluster [<!ENTITY a "a">]><cluster/>           | 2:1  | xml-doctype
        <?xml version="1.0" encoding="latin-99"?><cluster/>                         | 1:1  | xml-syntax
        <?xml version="1.0" encoding="UTF-16"?><cluster/>                           | 1:1  | xml-syntax
        <?xml version="1.0" encoding="../../etc/passwd"?><cluster/>                 | 1:1  | xml-syntax
        <?xml version="3.0"?><cluster/>                                             | 1:1  | xml-syntax
        <cluster/><cluster/>                                                        | 1:11 | xml-syntax
        <cluster/>text                                                              | 1:11 | xml-syntax
        text<cluster/>                                                              | 1:1  | xml-syntax
        <cluster a='1' a='2'/>                                                      | 1:1  | xml-syntax
        <cluster a=1/>                                                              | 1:1  | xml-syntax
        <cluster a='1'b='2'/>                                                       | 1:1  | xml-syntax
        <cluster a='<'/>                                                            | 1:1  | xml-syntax
        <cluster a='&unknown;'/>                                                    | 1:1  | xml-syntax
        <cluster>&unknown;</cluster>                                                | 1:10 | xml-syntax
        <cluster>&#0;</cluster>                                                     | 1:1  | xml-syntax
        <cluster>&#xD800;</cluster>                                                 | 1:1  | xml-syntax
        <cluster>&#99999999999;</cluster>                                           | 1:1  | xml-syntax
        <cluster>]]></cluster>                                                      | 1:1  | xml-syntax
        <cluster><!-- a -- b --></cluster>                                          | 1:1  | xml-syntax
        <cluster><a></b></cluster>                                                  | 1:1  | xml-syntax
        <cluster>                                                                   | 1:1  | xml-syntax
        <cluster name='                                                             | 1:1  | xml-syntax
        <cluster \u0000/>                                                           | 1:1  | xml-syntax
        <1cluster/>                                                                 | 1:1  | xml-syntax
        {"cluster": 1}                                                              | 1:1  | xml-syntax
        """)
    void whatIsNoXmlIsToldOnce(String text, String place, String code) {
        String written = text.replace("\\n", "\n");
        ClusterFile file = ClusterFile.parse(written.getBytes(UTF_8));
        assertThat(file.root()).isEmpty();
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.toString()).doesNotContain("\n").hasSizeLessThan(500);
            assertThat(problem.at().column()).isBetween(1, written.length() + 1);
            if (!code.equals("xml-syntax") || place.startsWith("2")) {
                assertThat(problem.at()).hasToString(place);
            }
        });
    }

    @Test
    void aFileIsReadInTheEncodingThatItHas() {
        String text = OPEN.replace("'c'", "'h\u00e4fen'") + "<clusternodes/></cluster>";
        for (Charset charset : List.of(UTF_8, UTF_16, UTF_16LE, ISO_8859_1)) {
            String declared = "<?xml version='1.0' encoding='" + charset.name().replace("LE", "") + "'?>" + text;
            assertThat(name(declared.getBytes(charset))).as(charset.name()).isEqualTo("h\u00e4fen");
        }
        assertThat(name(("\ufeff" + text).getBytes(UTF_8))).isEqualTo("h\u00e4fen");
        assertThat(name(("\ufeff" + text).getBytes(UTF_16LE))).isEqualTo("h\u00e4fen");
    }

    @Test
    void aFileThatIsNotInItsEncodingIsRefused() {
        String text = OPEN.replace("'c'", "'h\u00e4fen'") + "</cluster>";
        assertThat(code(text.getBytes(ISO_8859_1))).isEqualTo("1:17 xml-syntax");
        assertThat(code(("<?xml version='1.0' encoding='UTF-8'?>" + text).getBytes(UTF_16)))
                .isEqualTo("1:1 xml-syntax");
        assertThat(code(("\ufeff<?xml version='1.0' encoding='ISO-8859-1'?>" + text).getBytes(UTF_8)))
                .isEqualTo("1:1 xml-syntax");
        assertThat(code(("<?xml version='1.0' encoding='US-ASCII'?>\n" + text).getBytes(UTF_8)))
                .isEqualTo("2:17 xml-syntax");
        assertThat(code(text.getBytes(Charset.forName("UTF-32BE")))).endsWith("xml-syntax");
        assertThat(code(new byte[100])).isEqualTo("1:1 xml-syntax");
    }

    @Test
    void whatTakesMuchMemoryForFewBytesIsRefused() {
        assertThat(code(OPEN + "<a/>".repeat(1_100_000) + "</cluster>")).endsWith("xml-too-large");
        assertThat(code(OPEN + "<a>".repeat(1_000_000))).isEqualTo("1:335 xml-too-deep");
        assertThat(code("<cluster " + IntStream.range(0, 200_000).mapToObj(i -> "a" + i + "='1' ")
                .collect(Collectors.joining()) + "/>")).isEqualTo("1:1 xml-too-large");
        assertThat(code(OPEN + "<" + "a".repeat(256) + "/></cluster>")).isEqualTo("1:38 xml-too-large");
        assertThat(code(OPEN + "<cman " + "a".repeat(256) + "='1'/></cluster>")).isEqualTo("1:38 xml-too-large");
        assertThat(code(" ".repeat(ClusterFile.LARGEST + 1))).isEqualTo("1:1 xml-too-large");
        assertThat(code(OPEN + "<cman " + "a".repeat(255) + "='1'/></cluster>")).isEmpty();
    }

    @Test
    void aThousandAttributesAreTheMost() {
        String attributes = IntStream.range(0, 998).mapToObj(i -> " a" + i + "='1'").collect(Collectors.joining());
        assertThat(code(OPEN.replace(">", attributes + "/>"))).isEmpty();
        assertThat(code(OPEN.replace(">", attributes + " b='1'/>"))).isEqualTo("1:1 xml-too-large");
    }

    @Test
    void aMessageIsShortWhateverStandsInTheFile() {
        String longWord = "x".repeat(60_000);
        String text = OPEN.replace("'c'", "'" + longWord + "'") + "<cman transport='" + longWord + "' cluster_id='"
                + longWord + "'/><clusternodes><clusternode name='" + longWord + "' nodeid='" + "9".repeat(60_000)
                + "'><fence><method name='" + longWord + "'><device name='" + longWord + "2'/></method></fence>"
                + "</clusternode></clusternodes><rm><service name='" + longWord + "' domain='" + longWord
                + "' depend='" + longWord + "' recovery='" + longWord + "'/></rm></cluster>";
        List<Problem> problems = ClusterValidation.of(ClusterFile.parse(text.getBytes(UTF_8))).problems();
        assertThat(problems).hasSizeGreaterThan(8)
                .allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(500));
    }

    @Test
    void thousandsOfFaultsAreToldUpToALimitAndErrorsAreNotDrownedByWarnings() {
        String nodes = IntStream.range(0, 30_000).mapToObj(i -> "<clusternode name='n" + i + "' nodeid='" + (i + 1)
                + "' vote='1'/>").collect(Collectors.joining());
        String text = OPEN + "<clusternodes>" + nodes + "</clusternodes><rm><failoverdomains><failoverdomain name='d'>"
                + nodes.replace("clusternode", "failoverdomainnode").replace("'n", "'m")
                + "</failoverdomain></failoverdomains><service/></rm></cluster>";
        long start = System.nanoTime();
        ClusterValidation validation = ClusterValidation.of(ClusterFile.parse(text.getBytes(UTF_8)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(validation.accepted()).isFalse();
        assertThat(validation.problems()).filteredOn(Problem::isError).extracting(Problem::code)
                .containsExactly("parameter-missing");
        assertThat(validation.problems()).filteredOn(p -> p.severity() == Problem.Severity.WARNING).hasSize(10_000)
                .filteredOn(p -> p.code().equals("too-many-findings")).hasSize(1);
    }

    @Test
    void whatIsNoFileIsRefusedUnread(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        for (Path other : List.of(pipe, folder, folder.resolve("none"))) {
            ClusterFile file = ClusterFile.read(other);
            assertThat(file.problems()).singleElement().extracting(Problem::code).isEqualTo("unreadable");
            assertThatThrownBy(() -> ClusterFile.bytes(other)).isInstanceOf(IOException.class)
                    .hasMessageContaining(other.toString());
        }
        assertThat(ClusterFile.read(Path.of("/dev/null")).problems()).singleElement().extracting(Problem::code)
                .isEqualTo("xml-empty");
        Path large = folder.resolve("large");
        try (var channel = Files.newByteChannel(Files.createFile(large), StandardOpenOption.WRITE)) {
            channel.position(1L << 40).write(ByteBuffer.wrap(new byte[1]));
        }
        assertThat(ClusterFile.read(large).problems()).singleElement().extracting(Problem::code)
                .isEqualTo("xml-too-large");
    }

    private static String name(byte[] bytes) {
        ClusterFile file = ClusterFile.parse(bytes);
        assertThat(file.problems()).isEmpty();
        return file.root().orElseThrow().attribute("name", "");
    }

    private static String code(String text) {
        return code(text.getBytes(UTF_8));
    }

    private static String code(byte[] bytes) {
        return ClusterFile.parse(bytes).problems().stream().map(p -> p.at() + " " + p.code())
                .collect(Collectors.joining(", "));
    }
}
