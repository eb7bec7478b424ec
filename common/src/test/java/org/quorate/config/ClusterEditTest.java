package org.quorate.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterEditTest {
    private static final String FILE = """
            <?xml version="1.0"?>
            <!-- ours -->
            <cluster config_version = '1' name="c">
            \t<clusternodes>
            \t\t<clusternode name="a"   nodeid="1"/>   <!-- first -->
            \t\t<clusternode name="b" nodeid="2"></clusternode>
            \t\t<!-- last -->
            \t</clusternodes>
            \t<fencedevices/>
            </cluster>
            """;

    @Test
    void nothingChangedIsNothingChanged() {
        assertThat(edited(FILE, UTF_8, _ -> { })).isEqualTo(FILE);
    }

    @Test
    void anAttributeIsChangedWhereItStandsAndAddedBehindTheOthers() {
        assertThat(edited(FILE, UTF_8, edit -> {
            edit.set(edit.root(), "config_version", "2");
            edit.set(edit.root(), "alias", "say \"<&>\"");
            edit.set(edit.root().child("fencedevices").orElseThrow(), "x", "\n");
        })).isEqualTo(FILE.replace("config_version = '1' name=\"c\"",
                "config_version = '2' name=\"c\" alias=\"say &quot;&lt;&amp;&gt;&quot;\"")
                .replace("<fencedevices/>", "<fencedevices x=\"&#10;\"/>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aChildIsLaidOutAsItsSiblingsAre(String lineEnd) {
        String file = FILE.replace("\n", lineEnd);
        assertThat(edited(file, UTF_8, edit -> {
            Element nodes = edit.root().child("clusternodes").orElseThrow();
            edit.append(nodes, NewElement.of("clusternode").with("name", "c").with(NewElement.of("fence")));
            edit.append(nodes, NewElement.of("clusternode").with("name", "d"));
            edit.append(edit.root().child("fencedevices").orElseThrow(), NewElement.of("fencedevice"));
        })).isEqualTo(file.replace("\t</clusternodes>" + lineEnd, """
                \t\t<clusternode name="c">
                \t\t\t<fence/>
                \t\t</clusternode>
                \t\t<clusternode name="d"/>
                \t</clusternodes>
                """.replace("\n", lineEnd)).replace("\t<fencedevices/>" + lineEnd, """
                \t<fencedevices>
                \t\t<fencedevice/>
                \t</fencedevices>
                """.replace("\n", lineEnd)));
    }

    @Test
    void aFileInOneLineStaysAsItIsButForWhatIsAdded() {
        assertThat(edited("<a><b/><c></c></a>", UTF_8, edit -> {
            edit.append(edit.root().child("b").orElseThrow(), NewElement.of("x"));
            edit.append(edit.root().child("c").orElseThrow(), NewElement.of("y"));
        })).isEqualTo("<a><b>\n  <x/>\n</b><c>\n  <y/>\n</c></a>");
    }

    @Test
    void anElementGoesWithItsLineUnlessOthersStandInIt() {
        assertThat(edited(FILE, UTF_8, edit -> edit.root().child("clusternodes").orElseThrow().children()
                .forEach(edit::remove))).isEqualTo(FILE
                .replace("<clusternode name=\"a\"   nodeid=\"1\"/>", "")
                .replace("\t\t<clusternode name=\"b\" nodeid=\"2\"></clusternode>\n", ""));
        assertThat(edited("<a><b/><c/></a>", UTF_8, edit -> edit.remove(edit.root().child("b").orElseThrow())))
                .isEqualTo("<a><c/></a>");
    }

    @Test
    void whatLooksLikeATagInsideOthersIsNone() {
        String file = "<a x='/>\"'><!-- </a> --><![CDATA[</a>]]><?p </a> ?>\n</a>";
        assertThat(edited(file, UTF_8, edit -> edit.append(edit.root(), NewElement.of("b"))))
                .isEqualTo(file.replace("\n</a>", "\n  <b/>\n</a>"));
    }

    @Test
    void theEncodingStays() {
        String latin = "<?xml version='1.0' encoding='ISO-8859-1'?><a b='ä'/>";
        assertThat(edited(latin, ISO_8859_1, edit -> edit.set(edit.root(), "c", "ö€")))
                .isEqualTo(latin.replace("/>", " c=\"ö&#8364;\"/>"));
        assertThat(edited("<a b='ä'/>", UTF_16, edit -> edit.set(edit.root(), "b", "€'")))
                .isEqualTo("<a b='€&apos;'/>");
        byte[] marked = "\ufeff<a/>".getBytes(UTF_8);
        assertThat(ClusterEdit.of(marked).orElseThrow().bytes()).isEqualTo(marked);
    }

    @Test
    void whatXmlCannotHoldIsRefused() {
        assertThat(ClusterEdit.of("<a>".getBytes(UTF_8))).isEmpty();
        ClusterEdit edit = ClusterEdit.of("<a/>".getBytes(UTF_8)).orElseThrow();
        assertThatThrownBy(() -> edit.set(edit.root(), "b", "\u0001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> edit.set(edit.root(), "b c", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whateverIsChangedTheRestStays() {
        String[] blanks = {"", " ", "\n", "\n\t", "<!-- </x> -->", "\r\n   ", "<![CDATA[<x>]]>", "<?p x?>"};
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder("<r k='0'>");
            for (int i = 0; i < 6; i++) {
                text.append(blanks[random.nextInt(blanks.length)]).append(random.nextBoolean() ? "<e a='" + i + "'/>"
                        : "<e a=\"" + i + "\">" + blanks[random.nextInt(blanks.length)] + "</e>");
            }
            text.append(blanks[random.nextInt(blanks.length)]).append("</r>");
            ClusterEdit edit = ClusterEdit.of(text.toString().getBytes(UTF_8)).orElseThrow();
            int gone = random.nextInt(6);
            int grown = random.nextInt(6);
            edit.set(edit.root(), "k", "1");
            edit.append(edit.root(), NewElement.of("e").with("a", "6"));
            if (gone != grown) {
                edit.append(edit.root().children().get(grown), NewElement.of("f"));
            }
            edit.remove(edit.root().children().get(gone));
            Element after = ClusterFile.parse(edit.bytes()).root().orElseThrow();
            assertThat(after.attribute("k")).contains("1");
            assertThat(after.children()).hasSize(6).extracting(e -> e.attribute("a", ""))
                    .doesNotContain(Integer.toString(gone)).endsWith("6");
        }
    }

    private static String edited(String text, Charset charset, Consumer<ClusterEdit> changes) {
        ClusterEdit edit = ClusterEdit.of(text.getBytes(charset)).orElseThrow();
        changes.accept(edit);
        return new String(edit.bytes(), charset);
    }
}
