package org.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.quorate.api.ccs.CcsPeerRequest;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.Change;
import org.quorate.config.ClusterFile;
import org.quorate.wire.Frame.Kind;

class FrameTest {
    @Test
    void aFrameComesBackAsItWas() throws Exception {
        for (var kind : Kind.values()) {
            var frame = new Frame(kind, 65535, Long.MIN_VALUE + 1, new byte[] {1, 2, 3});
            var bytes = frame.bytes().array();
            var back = Frame.parse(Arrays.copyOfRange(bytes, 4, bytes.length));
            assertThat(back.kind()).isEqualTo(kind);
            assertThat(back.type()).isEqualTo(65535);
            assertThat(back.id()).isEqualTo(Long.MIN_VALUE + 1);
            assertThat(back.payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void itsLengthCountsWhatFollowsIt() {
        var bytes = new Frame(Kind.EVENT, 1, 0, new byte[10]).bytes();
        assertThat(bytes.getInt(0)).isEqualTo(bytes.remaining() - 4);
    }

    @Test
    void whateverAStrangerSendsIsAFrameOrMalformed() {
        var random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 10_000; i++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(Frame.parse(bytes).payload()).hasSizeLessThanOrEqualTo(bytes.length);
            } catch (MalformedFrameException malformed) {
                assertThat(malformed).hasMessageMatching("a frame of .*|unknown kind.*");
            }
        }
    }

    @Test
    void theLargestFileFitsIntoAFrameWithWhatIsSaidAboutIt() {
        var change = new Change(1, "d".repeat(64), ClusterFile.LARGEST, 1, "n".repeat(254), "b".repeat(1000),
                "h".repeat(1000));
        var frame = CcsProtocol.PEER.requests().pack(new CcsPeerRequest.Stage(1, "u".repeat(1000), 1,
                new byte[ClusterFile.LARGEST], false, change));
        assertThat(frame.length).isLessThan(Frame.MAXIMUM_BYTES);
    }

    @Test
    void aMessageThatIsTooLongIsNotMade() {
        var frame = new Frame(Kind.REPLY, 1, 0, new byte[Frame.MAXIMUM_BYTES]);
        assertThatThrownBy(frame::bytes).isInstanceOf(IllegalArgumentException.class);
    }
}
