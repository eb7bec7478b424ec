package org.quorate.cman.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OwnNameTest {
    @Test
    void nobodyIsAskedForTheNameOfThisHostWhileItIsKnown() throws UnknownHostException {
        InetAddress own = InetAddress.getByName("192.0.2.7");
        OwnName.answeredBy(own, () -> assertThat(lookUp("a-host-nobody-knows")).isEqualTo(own));
    }

    @Test
    void otherwiseNamesAreLookedUpAsEver() throws UnknownHostException {
        assertThat(InetAddress.getByName("localhost").isLoopbackAddress()).isTrue();
        assertThatThrownBy(() -> InetAddress.getByName("not a name")).isInstanceOf(UnknownHostException.class);
    }

    private static InetAddress lookUp(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException asked) {
            throw new UncheckedIOException(asked);
        }
    }
}
