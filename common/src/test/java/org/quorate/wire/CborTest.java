package org.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How records travel. The bytes stand here: they are what versions of this program understand each other by. */
class CborTest {
    enum Colour { RED, GREEN }

    record Number(int value) implements Bare {
        Number {
            if (value < 0) {
                throw new IllegalArgumentException("a number is no less than 0, not " + value);
            }
        }
    }

    record Pair(Number one, String two) implements Tuple {}

    record Everything(boolean yes, int small, long large, Integer boxed, String text, byte[] bytes, Colour colour,
            Number number, List<Pair> pairs, List<String> words, SortedMap<String, Long> byName,
            Map<Integer, Number> byNumber) {}

    record Newer(int small, String added, List<Pair> more, long large) {}

    record Older(long large) {}

    record Longer(Number one, String two, long three) implements Tuple {}

    private static final Everything EVERYTHING = new Everything(true, -7, 1L << 40, 300, "äß", new byte[] {1, 2},
            Colour.GREEN, new Number(5), List.of(new Pair(new Number(1), "a"), new Pair(new Number(2), null)),
            List.of("x", "y"), new TreeMap<>(Map.of("dlm", 3L, "fence", 1L)), new TreeMap<>(Map.of(4, new Number(6))));

    private static final String ITS_BYTES = ""
            + "bf63796573f565736d616c6c26656c617267651b000001000000000065626f78656419012c647465787464c3a4c39f656279"
            + "74657342010266636f6c6f757265475245454e666e756d62657205657061697273829f016161ff9f02f6ff65776f72647382"
            + "617861796662794e616d65bf63646c6d036566656e636501ff6862794e756d626572bf0406ffff";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void aRecordHasTheseBytes() {
        assertThat(HexFormat.of().formatHex(Cbor.write(EVERYTHING))).isEqualTo(ITS_BYTES);
    }

    @Test
    void itComesBackAsItWas() throws Exception {
        assertThat(Cbor.read(Cbor.write(EVERYTHING), Everything.class)).usingRecursiveComparison()
                .isEqualTo(EVERYTHING);
    }

    @Test
    void whatIsMissingIsNothing() throws Exception {
        var nothing = Cbor.read(bytes("bfff"), Everything.class);
        assertThat(nothing).isEqualTo(new Everything(false, 0, 0, null, null, null, null, null, null, null, null,
                null));
        assertThat(Cbor.read(Cbor.write(nothing), Everything.class)).isEqualTo(nothing);
    }

    @Test
    void whatIsNotKnownIsPassedOver() throws Exception {
        var newer = new Newer(3, "new", List.of(new Pair(new Number(1), "a")), 9);
        assertThat(Cbor.read(Cbor.write(newer), Older.class)).isEqualTo(new Older(9));
    }

    @Test
    void aTupleMayGrowAtItsEnd() throws Exception {
        var pair = new Pair(new Number(1), "a");
        assertThat(Cbor.read(Cbor.write(pair), Longer.class)).isEqualTo(new Longer(new Number(1), "a", 0));
        assertThat(Cbor.read(Cbor.write(new Longer(new Number(1), "a", 5)), Pair.class)).isEqualTo(pair);
    }

    @Test
    void listsAndMapsMayBeOfEitherForm() throws Exception {
        // {"words": ["x"]} with lengths in front, and without.
        var counted = Cbor.read(bytes("a165776f726473816178"), Everything.class);
        assertThat(counted.words()).containsExactly("x");
        assertThat(Cbor.read(bytes("bf65776f7264739f6178ffff"), Everything.class)).isEqualTo(counted);
    }

    @Test
    void nonsenseIsRefusedInOneLine() {
        assertMalformed("", "an empty Everything");
        assertMalformed("bf", "no Everything: .*");
        assertMalformed("f6", "VALUE_NULL where a record is awaited");
        assertMalformed("bf65736d616c6c6178ff", "VALUE_STRING where a number is awaited");
        assertMalformed("bf65736d616c6c1b7fffffffffffffffff", "no Everything: .*out of range of int.*");
        assertMalformed("bf66636f6c6f757264424c5545ff", "VALUE_STRING where a Colour is awaited");
        assertMalformed("bf666e756d62657220ff", "no Number: a number is no less than 0, not -1");
        assertMalformed("bf68" + HexFormat.of().formatHex("byNumber".getBytes()) + "bf616101ffff", "no Everything: .*");
    }

    private static void assertMalformed(String hex, String why) {
        assertThatThrownBy(() -> Cbor.read(bytes(hex), Everything.class)).isInstanceOf(MalformedFrameException.class)
                .hasMessageMatching(why);
    }

    @Test
    void whateverAStrangerSendsIsARecordOrMalformed() {
        var random = RandomGenerator.of("L64X128MixRandom");
        var right = Cbor.write(EVERYTHING);
        for (int i = 0; i < 20_000; i++) {
            var wrong = Arrays.copyOf(right, random.nextInt(right.length + 1));
            for (int changes = random.nextInt(4); changes > 0 && wrong.length > 0; changes--) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(Cbor.read(wrong, Everything.class)).isNotNull();
            } catch (MalformedFrameException malformed) {
                assertThat(malformed.getMessage().lines()).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void whatMessagesCannotHoldIsFoundAtOnce() {
        record Odd(Object anything) {}

        assertThatThrownBy(() -> Cbor.write(new Odd("x"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("messages cannot hold a java.lang.Object");
    }
}
