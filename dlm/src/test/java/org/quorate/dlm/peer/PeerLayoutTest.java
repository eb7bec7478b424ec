package org.quorate.dlm.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;
import org.quorate.dlm.core.Basis;
import org.quorate.dlm.core.HeldLock;
import org.quorate.dlm.core.PeerMessage;
import org.quorate.dlm.core.Region;
import org.quorate.dlm.core.StoredValue;
import org.quorate.wire.MalformedFrameException;

class PeerLayoutTest {
    private static final LockResource NAME = LockResource.of("rgmanager", "rg=\"service:Büro\"");
    private static final StoredValue VALUE = new StoredValue(7, ValueBlock.of("seven"), false, true);

    private static TreeSet<NodeId> nodes(int... numbers) {
        var nodes = new TreeSet<NodeId>();
        Arrays.stream(numbers).forEach(number -> nodes.add(new NodeId(number)));
        return nodes;
    }

    static List<PeerMessage> messages() {
        return List.of(
                new PeerMessage.Here(new Basis(3, 1), Basis.NONE, true),
                new PeerMessage.Report(List.of(NAME), List.of(new PeerMessage.Lost(NAME, nodes(2, 3))),
                        List.of(new HeldLock(5, 2, NAME, LockMode.PR, LockMode.EX,
                                LockFlags.of(LockFlag.VALBLK), true, VALUE, -4, true, false)),
                        List.of(new Region(nodes(1, 2, 3), nodes(3), nodes(3))), List.of("rgmanager"), true),
                new PeerMessage.Ready(),
                new PeerMessage.Lookup(NAME),
                new PeerMessage.Master(NAME, new NodeId(9)),
                new PeerMessage.Remove(NAME),
                new PeerMessage.Operate(PeerMessage.Kind.CONVERT, 5, 3, NAME, LockMode.CW,
                        LockFlags.of(LockFlag.VALBLK, LockFlag.CONVERT), ValueBlock.of("x")),
                new PeerMessage.Answer(5, 3, LockStatus.ECANCEL, LockMode.IV, 6, StoredValue.NONE, 11),
                new PeerMessage.Blocking(5, LockMode.EX),
                new PeerMessage.NotMaster(5, 1),
                new PeerMessage.Spaces(List.of()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void eachMessageComesOutAsItWentIn(PeerMessage message) throws Exception {
        var layout = new PeerLayout();
        var numbered = new Numbered(12, 34, message);
        assertThat(layout.read(layout.write(numbered))).isEqualTo(numbered);
    }

    @Test
    void whateverTheBytesReadingThemEndsInAMessageOrARefusal() {
        var layout = new PeerLayout();
        var random = new Random(1);
        for (var message : messages()) {
            var good = layout.write(new Numbered(1, 2, message));
            for (int i = 0; i < 300; i++) {
                var bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
                if (bad.length > 0) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(layout.read(bad)).isNotNull();
                } catch (MalformedFrameException refused) {
                    assertThat(refused).hasMessageContaining("none");
                }
            }
        }
        assertThatThrownBy(() -> layout.read(new byte[0])).isInstanceOf(MalformedFrameException.class);
    }
}
