package org.quorate.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFileTest {
    @Test
    void everyElementAndAttributeHasItsPlaceInTheFile() {
        ClusterFile file = parse("""
                <?xml version="1.0" ?>
                <!-- a > and a "quote" -->
                <cluster name="a"
                    config_version = '1'>
                \t<cman/><x y="&lt;&#65;&gt;"
                  z='"'> text <![CDATA[<more>]]>
                  <inner/> </x>
                </cluster>
                """);
        assertThat(file.problems()).isEmpty();
        assertThat(outline(file.root().orElseThrow())).isEqualTo("""
                cluster 3:1 name=a@3:10 config_version=1@4:5
                 cman 5:2
                 x 5:9 y=<A>@5:12 z="@6:3 text <more>
                  inner 7:3
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void otherLineEndsCountAsLinesToo(String lineEnd) {
        ClusterFile file = parse("<cluster\n  name=\"a\">\n  <cman/>\n</cluster>\n".replace("\n", lineEnd));
        assertThat(outline(file.root().orElseThrow())).isEqualTo("""
                cluster 1:1 name=a@2:3
                 cman 3:3
                """);
    }

    @Test
    void theEncodingIsTheOneOfTheMarkOrTheDeclaration() {
        String text = "<cluster name=\"käse\"/>";
        assertThat(name(text.getBytes(UTF_8))).isEqualTo("käse");
        assertThat(name(("\ufeff" + text).getBytes(UTF_8))).isEqualTo("käse");
        assertThat(name(text.getBytes(UTF_16))).isEqualTo("käse");
        assertThat(name(text.getBytes(UTF_16LE))).isEqualTo("käse");
        assertThat(name(("<?xml version='1.0' encoding='ISO-8859-1'?>" + text).getBytes(ISO_8859_1)))
                .isEqualTo("käse");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        # file                             | problem
          ' '                              | 1:1: error: the file is empty [xml-empty]
          <!-- nothing -->                 | 1:1: error: the file is empty: it has no root element [xml-empty]
          <!-- nothing                     | 1:12: error: not well-formed XML: Unexpected end of input block in \
        comment [xml-syntax]
          <cluster><cman></cluster>        | 1:24: error: not well-formed XML: Unexpected close tag </cluster>; \
        expected </cman>. (cman was opened in line 1) [xml-syntax]
          <cluster><cman/>                 | 1:16: error: not well-formed XML: Unexpected EOF; was expecting a close \
        tag for element <cluster> (cluster was opened in line 1) [xml-syntax]
          <cluster a="1" a="2"/>           | 1:22: error: not well-formed XML: Duplicate attribute 'a'. [xml-syntax]
          <cluster a="<"/>                 | 1:13: error: not well-formed XML: Unexpected character '<' (code 60) in \
        attribute value [xml-syntax]
          <cluster/><cluster/>             | 1:12: error: not well-formed XML: Illegal to have multiple roots (start \
        tag in epilog?). [xml-syntax]
          <cluster>&passwords;</cluster>   | 1:20: error: not well-formed XML: Undeclared general entity "passwords" \
        (cluster was opened in line 1) [xml-syntax]
          <!DOCTYPE cluster><cluster/>     | 1:1: error: DOCTYPE is not allowed in cluster.conf; nothing it names \
        was read; remove it [xml-doctype]
          <cluster xmlns="urn:x"/>         | 1:1: error: xmlns is not used in cluster.conf; remove it [namespace]
          <?xml version="1.0" encoding="x"?><cluster/> | 1:1: error: not well-formed XML: encoding "x" is not known; \
        save the file as UTF-8 [xml-syntax]
          <?xml version="1.0" encoding="UTF-16"?><cluster/> | 1:1: error: not well-formed XML: encoding "UTF-16" is \
        declared, but the file is not in it; save the file as UTF-8 [xml-syntax]
        """)
    void whatIsNotWellFormedIsOneLine(String text, String problem) {
        ClusterFile file = parse(text);
        assertThat(file.problems()).extracting(Problem::toString).containsExactly("cluster.conf:" + problem);
    }

    @Test
    void aFileThatEndsTooEarlyEndsInItsLastColumn() {
        assertThat(parse("<cluster>\n<rm>\n").problems()).extracting(Problem::toString).containsExactly(
                "cluster.conf:3:1: error: not well-formed XML: Unexpected EOF; was expecting a close tag for element "
                + "<rm> (rm was opened in line 2) [xml-syntax]");
    }

    @Test
    void aByteThatIsNotUtf8IsFoundWhereItStands() {
        byte[] bytes = "<cluster>\n <cman name='k_'/></cluster>".getBytes(UTF_8);
        bytes[new String(bytes, UTF_8).indexOf('_')] = (byte) 0xE4;
        assertThat(ClusterFile.parse(bytes).problems()).extracting(Problem::toString).containsExactly(
                "cluster.conf:2:15: error: not well-formed XML: byte 0xE4 is not UTF-8; "
                + "save the file as UTF-8, or declare the encoding it has [xml-syntax]");
    }

    @Test
    void anEntityBombIsRefusedBeforeItIsRead() {
        String bomb = "<!DOCTYPE cluster [<!ENTITY a \"aaaaaaaaaa\">" + IntStream.range(0, 20)
                .mapToObj(i -> "<!ENTITY " + (char) ('b' + i) + " '" + ("&" + (char) ('a' + i) + ";").repeat(10) + "'>")
                .collect(Collectors.joining()) + "]><cluster name='&u;'/>";
        assertThat(parse("<?xml version='1.0'?>\n<!-- x -->" + bomb).problems()).singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("xml-doctype"))
                .satisfies(problem -> assertThat(problem.at()).isEqualTo(new Location(2, 11)));
    }

    @Test
    void nothingThatADoctypeNamesIsFetched(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "<!ENTITY % broken");
        for (String doctype : new String[] {
            "<!DOCTYPE cluster SYSTEM '" + secret.toUri() + "'><cluster/>",
            "<!DOCTYPE cluster [<!ENTITY % x SYSTEM '" + secret.toUri() + "'> %x;]><cluster/>",
            "<!DOCTYPE cluster [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><cluster>&x;</cluster>"}) {
            assertThat(parse(doctype).problems()).extracting(Problem::code).containsExactly("xml-doctype");
        }
        assertThat(parse("<cluster/><!DOCTYPE cluster SYSTEM '" + secret.toUri() + "'>").problems())
                .extracting(Problem::code).containsExactly("xml-syntax");
    }

    @Test
    void nestingHasALimit() {
        int most = ClusterFile.DEEPEST;
        assertThat(parse("<a>".repeat(most) + "</a>".repeat(most)).problems()).isEmpty();
        assertThat(parse("<a>".repeat(most + 1) + "</a>".repeat(most + 1)).problems())
                .extracting(Problem::toString).containsExactly("cluster.conf:1:301: error: elements are nested more "
                + "than 100 deep [xml-too-deep]");
        assertThat(parse("<a>".repeat(1_000_000)).problems()).extracting(Problem::code)
                .containsExactly("xml-too-deep");
    }

    @Test
    void anAttributeHasALimitAndIsNotRepeated() {
        int most = ClusterFile.LONGEST_ATTRIBUTE;
        assertThat(parse("<a b='" + "x".repeat(most) + "'/>").problems()).isEmpty();
        assertThat(parse("<a>\n<c b='" + "x".repeat(2 << 20) + "'/></a>").problems())
                .extracting(Problem::toString).containsExactly("cluster.conf:2:1: error: attribute b of c is "
                + "2097152 characters long; the limit is 65536 [xml-attribute-too-large]");
    }

    @Test
    void aFileHasALimit(@TempDir Path folder) throws Exception {
        byte[] bytes = new byte[17_000_000];
        Arrays.fill(bytes, (byte) ' ');
        assertThat(ClusterFile.parse(bytes).problems()).extracting(Problem::toString)
                .containsExactly("cluster.conf:1:1: error: the file is larger than 16777216 bytes [xml-too-large]");
        assertThat(ClusterFile.read(Files.write(folder.resolve("large"), bytes)).problems())
                .extracting(Problem::code).containsExactly("xml-too-large");
        assertThat(ClusterFile.read(Path.of("/dev/zero")).problems())
                .extracting(Problem::code).containsExactly("xml-too-large");
    }

    @Test
    void aFileThatCannotBeReadIsAProblemToo(@TempDir Path folder) {
        assertThat(ClusterFile.read(folder.resolve("none")).problems()).extracting(Problem::code)
                .containsExactly("unreadable");
    }

    @Test
    void aMessageStaysOnOneLine() {
        Problem problem = new Problem(new Location(1, 2), Problem.Severity.WARNING, "a\nb\u001b[1m", "c\rd", "x");
        assertThat(problem.line("f")).isEqualTo("f:1:2: warning: a?b?[1m; c?d [x]");
        assertThat(Problem.quoted("y".repeat(61))).isEqualTo('"' + "y".repeat(60) + "...\"");
    }

    @Test
    void damagedFilesNeverThrow() {
        byte[] whole = """
                <?xml version="1.0" encoding="UTF-8"?>
                <cluster name="a" config_version="1"><!-- c --><cman two_node='1'/>&amp;&#65;<![CDATA[x]]>
                <clusternodes><clusternode name="ä" nodeid="1"/></clusternodes></cluster>
                """.getBytes(UTF_8);
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextBoolean() ? whole.length : random.nextInt(whole.length));
            for (int hit = random.nextInt(3); hit >= 0 && damaged.length > 0; hit--) {
                String some = "<>&;'\"=!-[]? /\n\0";
                damaged[random.nextInt(damaged.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256) : (byte) some.charAt(random.nextInt(some.length()));
            }
            ClusterFile file = ClusterFile.parse(damaged);
            assertThat(file.root().isEmpty() && file.problems().isEmpty()).isFalse();
        }
    }

    private static ClusterFile parse(String text) {
        return ClusterFile.parse(text.getBytes(UTF_8));
    }

    private static String name(byte[] bytes) {
        return ClusterFile.parse(bytes).root().orElseThrow().attribute("name").orElseThrow();
    }

    private static String outline(Element element) {
        String attributes = element.attributes().stream()
                .map(a -> " " + a.name() + "=" + a.value() + "@" + a.at()).collect(Collectors.joining());
        String text = element.text().isEmpty() ? "" : " " + element.text();
        return element.name() + " " + element.at() + attributes + text + "\n"
                + element.children().stream().map(child -> outline(child).indent(1)).collect(Collectors.joining());
    }
}
