package org.quorate.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are damaged by chance: reading, judging and changing them ends without an exception, whatever they are.
 * A failure names its seed and round; {@code -Dquorate.fuzz.rounds} makes a longer run.
 */
@Timeout(60)
class ClusterFuzzTest {
    private static final int ROUNDS = Integer.getInteger("quorate.fuzz.rounds", 4_000);
    private static final List<String> DICTIONARY = List.of("<", ">", "/>", "</", "\"", "'", "&", "&lt;", "&#10;",
            "&#x1F600;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE x>", "\r", "\r\n", "\n", "\t", "=",
            " name=\"\"", "config_version=\"-1\"", "99999999999", "\u0000", "\ufeff", "\u00e4", "\u2028",
            "\ud83d\ude00", "<rm>", "</rm>", "<service name='x'/>", "<fs ref='data'/>", "<a>".repeat(99),
            "<?xml version='1.1'?>",
            "xmlns:x='y'", "x:", "<clusternode name='n' nodeid='7'/>", "\u0085", "encoding='UTF-16'");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aDamagedFileIsReadAndJudgedWithoutAnException(int seed) throws Exception {
        List<byte[]> corpus = corpus();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(corpus, random);
            try {
                judge(bytes);
            } catch (RuntimeException | AssertionError wrong) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + new String(bytes, ISO_8859_1),
                        wrong);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void anEditChangesWhatItShouldAndNothingElse(int seed) throws Exception {
        List<byte[]> corpus = corpus();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS / 2; round++) {
            byte[] bytes = random.nextInt(4) == 0 ? corpus.get(random.nextInt(corpus.size())) : damaged(corpus, random);
            try {
                edit(bytes, random);
            } catch (RuntimeException | AssertionError wrong) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + new String(bytes, ISO_8859_1),
                        wrong);
            }
        }
    }

    @Test
    void theCorpusHasFilesThatCanBeEdited() throws Exception {
        assertThat(corpus()).allSatisfy(bytes -> assertThat(ClusterEdit.of(bytes)).isPresent());
    }

    private static void judge(byte[] bytes) {
        ClusterFile file = ClusterFile.parse(bytes);
        ClusterValidation validation = ClusterValidation.of(file);
        assertThat(ClusterReading.of(file).accepted()).isIn(validation.accepted(), true);
        assertThat(validation.accepted()).isEqualTo(validation.problems().stream().noneMatch(Problem::isError));
        assertThat(file.root().isPresent() || !file.problems().isEmpty()).isTrue();
        int lines = lines(bytes);
        for (Problem problem : validation.problems()) {
            assertThat(problem.toString()).doesNotContain("\n", "\r").hasSizeLessThan(1_000);
            assertThat(problem.at().line()).isBetween(1, lines);
            assertThat(problem.at().column()).isBetween(1, bytes.length + 2);
        }
    }

    /** Line ends of XML 1.0; a file of 16 bits a character has no more of them than this counts. */
    private static int lines(byte[] bytes) {
        int lines = 1;
        for (byte one : bytes) {
            lines += one == '\n' || one == '\r' ? 1 : 0;
        }
        return lines;
    }

    private static void edit(byte[] bytes, Random random) {
        ClusterEdit edit = ClusterEdit.of(bytes).orElse(null);
        if (edit == null) {
            return;
        }
        List<Element> all = all(edit.root()).toList();
        Element chosen = all.get(random.nextInt(all.size()));
        Element expected;
        boolean exact = true;
        switch (random.nextInt(3)) {
            case 0 -> {
                NewElement child = NewElement.of("added").with("a", "<&'\">\u00e4\n");
                edit.append(chosen, child);
                expected = replaced(edit.root(), chosen, List.of(with(chosen, child)));
            }
            case 1 -> {
                String name = chosen.attributes().isEmpty() || random.nextBoolean() ? "added"
                        : chosen.attributes().get(random.nextInt(chosen.attributes().size())).name();
                edit.set(chosen, name, "&\"'<\t");
                expected = replaced(edit.root(), chosen, List.of(with(chosen, name, "&\"'<\t")));
                exact = chosen.attribute(name).isEmpty();
            }
            default -> {
                if (chosen == edit.root()) {
                    return;
                }
                edit.remove(chosen);
                expected = replaced(edit.root(), chosen, List.of());
                exact = false;
            }
        }
        byte[] after = edit.bytes();
        Element read = ClusterFile.parse(after).root().orElseThrow();
        assertThat(shape(read)).isEqualTo(shape(expected));
        assertThat(common(bytes, after)).as("what is not changed stays byte for byte")
                .isGreaterThanOrEqualTo(exact ? bytes.length - 2 : Math.min(bytes.length, after.length) - 300 * 80);
    }

    /** How many bytes at the beginning and at the end are the same. */
    private static int common(byte[] before, byte[] after) {
        int start = Math.max(0, Arrays.mismatch(before, after));
        int end = 0;
        int most = Math.min(before.length, after.length) - start;
        while (end < most && before[before.length - 1 - end] == after[after.length - 1 - end]) {
            end++;
        }
        return start + end;
    }

    private static Stream<Element> all(Element element) {
        return Stream.concat(Stream.of(element), element.children().stream().flatMap(ClusterFuzzTest::all));
    }

    private static Element with(Element parent, NewElement child) {
        List<Element> children = new ArrayList<>(parent.children());
        children.add(new Element(child.name(), child.attributes().stream()
                .map(a -> new Element.Attribute(a.name(), a.value(), Location.NOWHERE)).toList(), List.of(), "",
                Location.NOWHERE));
        return new Element(parent.name(), parent.attributes(), children, parent.text(), parent.at());
    }

    private static Element with(Element element, String name, String value) {
        List<Element.Attribute> attributes = new ArrayList<>(element.attributes());
        attributes.replaceAll(a -> a.name().equals(name) ? new Element.Attribute(name, value, a.at()) : a);
        if (element.attribute(name).isEmpty()) {
            attributes.add(new Element.Attribute(name, value, Location.NOWHERE));
        }
        return new Element(element.name(), attributes, element.children(), element.text(), element.at());
    }

    private static Element replaced(Element tree, Element old, List<Element> fresh) {
        if (tree == old) {
            return fresh.getFirst();
        }
        List<Element> children = new ArrayList<>();
        for (Element child : tree.children()) {
            if (child == old) {
                children.addAll(fresh);
            } else {
                children.add(replaced(child, old, fresh));
            }
        }
        return new Element(tree.name(), tree.attributes(), children, tree.text(), tree.at());
    }

    /** All of an element but places and the blanks of its text, which an edit may move. */
    private static String shape(Element element) {
        return element.name() + element.attributes().stream().map(a -> a.name() + "=" + a.value()).toList()
                + element.text().replaceAll("\\s", "")
                + element.children().stream().map(ClusterFuzzTest::shape).collect(Collectors.joining(",", "{", "}"));
    }

    private static byte[] damaged(List<byte[]> corpus, Random random) {
        byte[] bytes = corpus.get(random.nextInt(corpus.size()));
        int hits = 1 + random.nextInt(4);
        for (int hit = 0; hit < hits && bytes.length > 0; hit++) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + random.nextInt(40));
            byte[] fresh = switch (random.nextInt(6)) {
                case 0 -> new byte[0];
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> Arrays.copyOfRange(bytes, from, bytes.length);
                case 3 -> {
                    byte[] other = corpus.get(random.nextInt(corpus.size()));
                    int start = random.nextInt(other.length);
                    yield Arrays.copyOfRange(other, start, Math.min(other.length, start + random.nextInt(400)));
                }
                default -> DICTIONARY.get(random.nextInt(DICTIONARY.size())).getBytes(UTF_8);
            };
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(bytes, 0, from);
            all.writeBytes(fresh);
            int rest = random.nextBoolean() ? from : to;
            all.write(bytes, rest, bytes.length - rest);
            bytes = all.toByteArray();
        }
        return bytes;
    }

    private static List<byte[]> corpus() throws Exception {
        List<byte[]> corpus = new ArrayList<>();
        for (String name : List.of("findings/r4.conf", "findings/r5.conf", "findings/r6.conf", "everything.conf",
                "two-blades.conf")) {
            try (InputStream in = ClusterFuzzTest.class.getResourceAsStream(name)) {
                corpus.add(in.readAllBytes());
            }
        }
        String r5 = new String(corpus.get(1), UTF_8);
        corpus.add(r5.replace("\n", "\r\n").getBytes(UTF_8));
        corpus.add(r5.replace("\n", "\r").getBytes(UTF_8));
        corpus.add(r5.replace("\n", "").getBytes(UTF_8));
        corpus.add(("\ufeff" + r5).getBytes(UTF_8));
        corpus.add(("\ufeff" + r5).getBytes("UTF-16LE"));
        corpus.add(r5.replace("?>", " encoding='ISO-8859-1'?>").replace("mill", "m\u00fchle").getBytes(ISO_8859_1));
        return corpus;
    }
}
