package org.quorate.cman.group;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * What this host is called is no question for a name server. JGroups asks it once, when it is loaded, and makes no use
 * of the answer: with a name server that is dead that would hold up the start by seconds.
 *
 * <p>Found by the JDK in {@code META-INF/services}; outside of {@link #answeredBy} it is as if it were not there.
 */
public final class OwnName extends InetAddressResolverProvider {
    private static final ScopedValue<InetAddress> ANSWER = ScopedValue.newInstance();

    /** Does something in which this host's name stands for one of its addresses, and nobody is asked for it. */
    static void answeredBy(InetAddress address, Runnable deed) {
        ScopedValue.where(ANSWER, address).run(deed);
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Answering(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "quorate";
    }

    private record Answering(InetAddressResolver usual) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return ANSWER.isBound() ? Stream.of(ANSWER.get()) : usual.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return usual.lookupByAddress(address);
        }
    }
}
