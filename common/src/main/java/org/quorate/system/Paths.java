package org.quorate.system;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where every file of the suite lies, all under one root so that several nodes fit on one machine.
 *
 * <p>The root is {@code /} unless the system property {@code quorate.root} or, where that is absent, the environment
 * variable {@code QUORATE_ROOT} names another folder. Nothing is created or looked at here.
 *
 * @param root absolute; {@code /} on an installed system
 */
public record Paths(Path root) {
    /** The system property that names the root. */
    public static final String PROPERTY = "quorate.root";

    /** The environment variable that names the root where the property does not. */
    public static final String ENVIRONMENT = "QUORATE_ROOT";

    public Paths {
        root = root.toAbsolutePath().normalize();
    }

    /** The paths of this process. */
    public static Paths ofSystem() {
        return of(Optional.ofNullable(System.getProperty(PROPERTY)), Optional.ofNullable(System.getenv(ENVIRONMENT)));
    }

    /** The paths by what property and environment say; an empty text counts as absent. */
    static Paths of(Optional<String> property, Optional<String> environment) {
        String root = property.filter(text -> !text.isEmpty())
                .or(() -> environment.filter(text -> !text.isEmpty()))
                .orElse("/");
        return new Paths(Path.of(root));
    }

    /** A file under the root: {@code /etc/hosts} and {@code etc/hosts} are both {@code ROOT/etc/hosts}. */
    public Path at(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return root.resolve(path.substring(start));
    }

    /** {@code /etc/cluster}: what the administrator owns. */
    public Path configFolder() {
        return at("etc/cluster");
    }

    /** {@code /etc/cluster/cluster.conf}. */
    public Path clusterConf() {
        return configFolder().resolve("cluster.conf");
    }

    /** {@code /etc/cluster/authkey}: the key that proves membership, the same on every node. */
    public Path authKey() {
        return configFolder().resolve("authkey");
    }

    /** {@code /etc/cluster/cman-notify.d}: programs run at each change of the cluster. */
    public Path notifyFolder() {
        return configFolder().resolve("cman-notify.d");
    }

    /** {@code /etc/sysconfig/NAME}: settings of the start scripts. */
    public Path sysconfig(String name) {
        return at("etc/sysconfig").resolve(name);
    }

    /** {@code /run/cluster}: sockets and pid files; empty after a reboot. */
    public Path runFolder() {
        return at("run/cluster");
    }

    /** {@code /run/cluster/DAEMON.sock}: the local socket of a daemon, for root only. */
    public Path socket(String daemon) {
        return runFolder().resolve(daemon + ".sock");
    }

    /** {@code /run/cluster/DAEMON-ro.sock}: the local socket of a daemon for questions only. */
    public Path readOnlySocket(String daemon) {
        return runFolder().resolve(daemon + "-ro.sock");
    }

    /** {@code /run/cluster/DAEMON.pid}. */
    public Path pidFile(String daemon) {
        return runFolder().resolve(daemon + ".pid");
    }

    /** {@code /var/lib/cluster}: what survives a reboot. */
    public Path stateFolder() {
        return at("var/lib/cluster");
    }

    /** {@code /var/lib/cluster/history}: the configurations that were in force. */
    public Path historyFolder() {
        return stateFolder().resolve("history");
    }

    /** {@code /var/log/cluster}. */
    public Path logFolder() {
        return at("var/log/cluster");
    }

    /** {@code /var/log/cluster/DAEMON.log}: where a daemon logs unless cluster.conf says otherwise. */
    public Path logFile(String daemon) {
        return logFolder().resolve(daemon + ".log");
    }

    /** {@code /usr/share/cluster}: the resource agents. */
    public Path agentFolder() {
        return at("usr/share/cluster");
    }
}
