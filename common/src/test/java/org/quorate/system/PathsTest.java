package org.quorate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void anInstalledSystemHasThePlacesOfRedHatClusterSuite() {
        Paths paths = Paths.of(Optional.empty(), Optional.empty());
        assertThat(paths.clusterConf()).isEqualTo(Path.of("/etc/cluster/cluster.conf"));
        assertThat(paths.authKey()).isEqualTo(Path.of("/etc/cluster/authkey"));
        assertThat(paths.notifyFolder()).isEqualTo(Path.of("/etc/cluster/cman-notify.d"));
        assertThat(paths.sysconfig("cman")).isEqualTo(Path.of("/etc/sysconfig/cman"));
        assertThat(paths.runFolder()).isEqualTo(Path.of("/run/cluster"));
        assertThat(paths.socket("cmand")).isEqualTo(Path.of("/run/cluster/cmand.sock"));
        assertThat(paths.readOnlySocket("cmand")).isEqualTo(Path.of("/run/cluster/cmand-ro.sock"));
        assertThat(paths.pidFile("cmand")).isEqualTo(Path.of("/run/cluster/cmand.pid"));
        assertThat(paths.stateFolder()).isEqualTo(Path.of("/var/lib/cluster"));
        assertThat(paths.logFolder()).isEqualTo(Path.of("/var/log/cluster"));
        assertThat(paths.logFile("fenced")).isEqualTo(Path.of("/var/log/cluster/fenced.log"));
        assertThat(paths.agentFolder()).isEqualTo(Path.of("/usr/share/cluster"));
    }

    @Test
    void everythingMovesWithTheRoot() {
        Paths paths = new Paths(Path.of("/srv/node1"));
        assertThat(paths.clusterConf()).isEqualTo(Path.of("/srv/node1/etc/cluster/cluster.conf"));
        assertThat(paths.at("/var/log/own.log")).isEqualTo(Path.of("/srv/node1/var/log/own.log"));
        assertThat(paths.at("//etc/hosts")).isEqualTo(Path.of("/srv/node1/etc/hosts"));
    }

    @Test
    void thePropertyWinsOverTheEnvironmentAndAnEmptyOneCountsAsAbsent() {
        assertThat(Paths.of(Optional.of("/a"), Optional.of("/b")).root()).isEqualTo(Path.of("/a"));
        assertThat(Paths.of(Optional.of(""), Optional.of("/b")).root()).isEqualTo(Path.of("/b"));
        assertThat(Paths.of(Optional.empty(), Optional.of("")).root()).isEqualTo(Path.of("/"));
    }

    @Test
    void aRelativeRootIsTakenFromTheWorkingFolder() {
        assertThat(new Paths(Path.of("here/..")).root()).isEqualTo(Path.of("").toAbsolutePath());
    }
}
