package org.quorate.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a machine knows of itself: its name, its addresses, and what names mean to it.
 *
 * @param name      {@code uname -n}
 * @param addresses of all its interfaces
 * @param resolver  how names become addresses
 */
public record LocalHost(String name, List<Address> addresses, Resolver resolver) {
    private static final Path NODENAME = Path.of("/proc/sys/kernel/hostname");

    public LocalHost {
        addresses = List.copyOf(addresses);
    }

    /**
     * An address of this machine.
     *
     * @param networkInterface that has it
     * @param address          of it
     */
    public record Address(String networkInterface, InetAddress address) {}

    /** How names become addresses. */
    @FunctionalInterface
    public interface Resolver {
        /** All addresses of a name, the preferred first; none when it is unknown. May take seconds. */
        List<InetAddress> addresses(String name);
    }

    /** This machine, by its kernel, its interfaces and its resolver (/etc/hosts, DNS). */
    public static LocalHost ofSystem() throws IOException {
        List<Address> addresses = NetworkInterface.networkInterfaces()
                .flatMap(each -> Stream.concat(Stream.of(each), each.subInterfaces()))
                .flatMap(each -> Collections.list(each.getInetAddresses()).stream()
                        .map(address -> new Address(each.getName(), address)))
                .distinct()
                .toList();
        // Not InetAddress.getLocalHost(): that fails when the name does not resolve, which is no matter here.
        return new LocalHost(Files.readString(NODENAME).strip(), addresses, LocalHost::resolve);
    }

    private static List<InetAddress> resolve(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}
