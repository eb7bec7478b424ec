package org.quorate.ccsd.peer;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.quorate.api.ccs.CcsProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node without a cluster.conf finds others that have one: it asks by multicast who is there, and hears addresses,
 * nothing more. What it takes over comes by a link on which both sides prove the cluster key.
 */
public final class Discovery implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    /** As the original's search did by multicast. */
    private static final String GROUP = "224.0.2.5";
    private static final byte[] QUESTION = "quorate ccsd?".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = "quorate ccsd!".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 64;

    private final MulticastSocket socket;

    private Discovery(MulticastSocket socket) {
        this.socket = socket;
    }

    /**
     * Answers whoever asks, until it is closed.
     *
     * @throws IOException when the port cannot be had
     */
    public static Discovery answering() throws IOException {
        var socket = new MulticastSocket(CcsProtocol.DISCOVERY_PORT);
        for (var device : devices()) {
            try {
                socket.joinGroup(new InetSocketAddress(GROUP, CcsProtocol.DISCOVERY_PORT), device);
            } catch (IOException without) {
                LOG.debug("{}: no multicast: {}", device.getName(), without.getMessage());
            }
        }
        var discovery = new Discovery(socket);
        Thread.ofVirtual().name("discovery").start(discovery::answer);
        return discovery;
    }

    private void answer() {
        while (!socket.isClosed()) {
            try {
                var asked = receive(socket);
                if (is(asked, QUESTION)) {
                    socket.send(new DatagramPacket(ANSWER, ANSWER.length, asked.getSocketAddress()));
                }
            } catch (IOException failed) {
                LOG.debug("discovery: {}", failed.getMessage());
            }
        }
    }

    /** Asks on all interfaces, and gives who answered within the limit. */
    public static List<InetAddress> ask(Duration limit) throws IOException {
        var found = new ArrayList<InetAddress>();
        try (var socket = new MulticastSocket()) {
            for (var device : devices()) {
                try {
                    socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, device);
                    socket.send(new DatagramPacket(QUESTION, QUESTION.length,
                            new InetSocketAddress(GROUP, CcsProtocol.DISCOVERY_PORT)));
                } catch (IOException without) {
                    LOG.debug("{}: no multicast: {}", device.getName(), without.getMessage());
                }
            }
            long until = System.nanoTime() + limit.toNanos();
            for (long left = limit.toMillis(); left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                socket.setSoTimeout(Math.toIntExact(left));
                var answer = receive(socket);
                if (is(answer, ANSWER) && !found.contains(answer.getAddress())) {
                    found.add(answer.getAddress());
                }
            }
        } catch (SocketTimeoutException over) {
            LOG.debug("asked who is there: {}", found);
        }
        return found;
    }

    private static List<NetworkInterface> devices() throws IOException {
        var devices = new ArrayList<NetworkInterface>();
        for (var device : NetworkInterface.networkInterfaces().toList()) {
            if (device.isUp() && device.supportsMulticast() && !device.isLoopback()) {
                devices.add(device);
            }
        }
        return devices;
    }

    private static DatagramPacket receive(MulticastSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        socket.receive(packet);
        return packet;
    }

    private static boolean is(DatagramPacket packet, byte[] text) {
        return Arrays.equals(Arrays.copyOf(packet.getData(), packet.getLength()), text);
    }

    @Override
    public void close() {
        socket.close();
    }
}
