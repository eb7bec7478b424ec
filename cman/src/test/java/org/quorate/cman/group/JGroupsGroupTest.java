package org.quorate.cman.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quorate.cman.core.CmanWire;
import org.quorate.cman.core.MembershipEvent;
import org.quorate.cman.core.MembershipEvent.Received;
import org.quorate.cman.core.MembershipEvent.ViewInstalled;

/** Real channels that multicast on the loopback interface. */
class JGroupsGroupTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final SecretKey OURS = key(1);

    private final List<Group> open = new ArrayList<>();

    /** A channel and what it told. */
    private record Heard(JGroupsGroup group, List<MembershipEvent> events) {
        Optional<ViewInstalled> view() {
            return events.stream().filter(ViewInstalled.class::isInstance).map(ViewInstalled.class::cast)
                    .reduce((first, second) -> second);
        }

        List<CmanWire> messages() {
            return events.stream().filter(Received.class::isInstance).map(event -> ((Received) event).message())
                    .toList();
        }
    }

    @AfterEach
    void leave() {
        open.forEach(Group::close);
    }

    @Test
    void whoHasTheKeyMeetsAndMessagesComeInTheSendersOrder() throws Exception {
        var one = join("one", Optional.of(OURS));
        var two = join("two", Optional.of(OURS));
        await().atMost(LIMIT).until(() -> sees(one, two) && sees(two, one));
        assertThat(one.view().orElseThrow().view()).isEqualTo(two.view().orElseThrow().view());
        for (int i = 0; i < 200; i++) {
            one.group().multicast(new CmanWire.Activate(i));
        }
        one.group().sendTo(two.group().self(), new CmanWire.Activate(200));
        await().atMost(LIMIT).until(() -> two.messages().size() == 201 && one.messages().size() == 200);
        for (int i = 0; i < 200; i++) {
            assertThat(one.messages().get(i)).isEqualTo(new CmanWire.Activate(i));
        }
        assertThat(two.messages().stream().filter(m -> !m.equals(new CmanWire.Activate(200))))
                .isEqualTo(one.messages());
    }

    @Test
    void whoHasAnotherKeyOrNoneIsNotHeard() throws Exception {
        var one = join("one", Optional.of(OURS));
        var stranger = join("stranger", Optional.of(key(2)));
        var naked = join("naked", Optional.empty());
        var two = join("two", Optional.of(OURS));
        // When a late friend was found, strangers who came before had the same chance.
        await().atMost(LIMIT).until(() -> sees(one, two) && sees(two, one));
        assertThat(one.view().orElseThrow().members()).hasSize(2);
        assertThat(stranger.view().orElseThrow().members()).hasSize(1);
        assertThat(naked.view().orElseThrow().members()).hasSize(1);
    }

    @Test
    void aClosedChannelIsMissedAtOnce() throws Exception {
        var one = join("one", Optional.of(OURS));
        var two = join("two", Optional.of(OURS));
        await().atMost(LIMIT).until(() -> sees(one, two));
        two.group().close();
        await().atMost(LIMIT).until(() -> one.view().orElseThrow().members().size() == 1);
    }

    private static boolean sees(Heard one, Heard other) {
        return one.view().filter(view -> view.members().contains(other.group().self())).isPresent();
    }

    private Heard join(String node, Optional<SecretKey> key) throws Exception {
        var group = JGroupsGroup.prepare(new GroupSettings("test", node, NetworkInterface.getByInetAddress(LOOPBACK),
                LOOPBACK, LOOPBACK, InetAddress.ofLiteral("239.192.77.1"), 5477, 0, Duration.ofSeconds(10), key));
        open.add(group);
        var heard = new Heard(group, new CopyOnWriteArrayList<>());
        group.connect(heard.events()::add);
        return heard;
    }

    private static SecretKey key(int secret) {
        var bytes = new byte[32];
        bytes[0] = (byte) secret;
        return new SecretKeySpec(bytes, "AES");
    }
}
