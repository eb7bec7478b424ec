package org.quorate.dist.site;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;

/** A program that says something to a multicast group, or hears whether somebody does. */
final class Multicast {
    private static final InetSocketAddress GROUP = new InetSocketAddress("225.0.0.1", 5405);
    private static final int LONG_ENOUGH_MILLIS = 1500;

    private Multicast() { }

    /** {@code hear ADDRESS} or {@code say ADDRESS}, the address being that of the interface to use. */
    public static void main(String[] words) throws IOException {
        NetworkInterface here = NetworkInterface.getByInetAddress(InetAddress.getByName(words[1]));
        try (MulticastSocket socket = new MulticastSocket(GROUP.getPort())) {
            socket.setNetworkInterface(here);
            if (words[0].equals("say")) {
                socket.send(new DatagramPacket(new byte[] {'!'}, 1, GROUP));
            } else {
                socket.joinGroup(GROUP, here);
                socket.setSoTimeout(LONG_ENOUGH_MILLIS);
                System.out.println("listening");
                DatagramPacket heard = new DatagramPacket(new byte[1], 1);
                do {                                        // one's own words come back too
                    socket.receive(heard);
                } while (heard.getAddress().getHostAddress().equals(words[1]));
            }
        } catch (SocketTimeoutException e) {
            System.exit(1);
        }
    }
}
