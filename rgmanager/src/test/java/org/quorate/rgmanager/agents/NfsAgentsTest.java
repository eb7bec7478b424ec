package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** Exports by the real exportfs, whose table is the test's own; the server in the kernel is written as a file. */
class NfsAgentsTest {
    /** An init script for the server: its threads are a number in a file. */
    private static final String SERVER = """
            echo "nfs $1" >> FOLDER/calls
            [ ! -e FOLDER/refuse ] || exit 1
            case $1 in start) echo 8 ;; stop) echo 0 ;; esac > FOLDER/proc/threads
            """;

    @TempDir
    private Path folder;
    private Installed node;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Namespace.isRoot(), "only root may export");
        node = new Installed(folder);
        node.sh("mkdir -p " + folder + "/data " + folder + "/var/lib/nfs/sm " + folder + "/var/lib/nfs/v4recovery");
    }

    @AfterEach
    void remove() {
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "@staff", "10.0.0.0/24", "fd00::/64", "*.example.org", "10.9.9.7", "fd09::7",
        "localhost"})
    void whateverAClientMayBeItIsExportedToAndFoundAgain(String target) {
        ownTable();
        var attributes = Map.of("path", folder + "/data", "target", target, "options", "rw,no_root_squash", "fsid",
                "25");
        assertThat(client("status", attributes).status()).isEqualTo(7);
        assertThat(client("stop", attributes)).isEqualTo(new Outcome(0, ""));
        assertThat(client("start", attributes).status()).isZero();
        assertThat(client("start", attributes).status()).isZero();
        assertThat(client("status", attributes)).isEqualTo(new Outcome(0, ""));
        assertThat(node.sh("cat /var/lib/nfs/etab")).contains("rw,", "no_root_squash", "fsid=25");
        assertThat(client("stop", attributes).status()).isZero();
        assertThat(node.sh("cat /var/lib/nfs/etab")).isEmpty();
    }

    @Test
    void aPathMayHaveABlankAndOneThatIsLikeItIsAnother() {
        ownTable();
        node.sh("mkdir '" + folder + "/a b'");
        var attributes = Map.of("path", folder + "/a b", "target", "*");
        assertThat(client("start", attributes).status()).isZero();
        assertThat(client("status", attributes).status()).isZero();
        assertThat(client("status", Map.of("path", folder + "/a", "target", "*")).status()).isEqualTo(7);
        assertThat(client("stop", attributes).status()).isZero();
        assertThat(client("status", attributes).status()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"'',0", "1,0", "yes,0", "0,1", "no,1"})
    void aMissingClientIsExportedToAgainWhereThatIsAllowed(String allowed, int status) {
        ownTable();
        assertThat(client("recover", Map.of("path", folder + "/data", "target", "*", "allow_recover", allowed))
                .status()).isEqualTo(status);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThat(client("start", Map.of("path", "data", "target", "*")).status()).isEqualTo(2);
        assertThat(client("start", Map.of("path", "/data", "target", "a b")).status()).isEqualTo(2);
        assertThat(client("start", Map.of("path", "/data")).status()).isEqualTo(2);
        assertThat(node.agent("nfsexport", "start", Map.of()).status()).isEqualTo(2);
        assertThat(node.agent("nfsserver", "start", Map.of("path", "data")).status()).isEqualTo(2);
    }

    @Test
    void anExportSeesToItThatTheServerRunsAndNeverStopsIt() throws IOException {
        server();
        var attributes = Map.of("path", folder + "/data");
        assertThat(node.agent("nfsexport", "status", attributes).status()).isEqualTo(7);
        Files.writeString(folder.resolve("refuse"), "");
        assertThat(node.agent("nfsexport", "start", attributes).status()).isEqualTo(1);
        Files.delete(folder.resolve("refuse"));
        assertThat(node.agent("nfsexport", "recover", attributes).status()).isZero();
        assertThat(node.agent("nfsexport", "start", attributes).status()).isZero();
        assertThat(node.agent("nfsexport", "status", attributes).status()).isZero();
        assertThat(node.agent("nfsexport", "stop", attributes).status()).isZero();
        assertThat(folder.resolve("calls")).hasContent("nfs start\nnfs start\n");
    }

    @Test
    void aServerTakesAlongWhatItKnowsOfItsClients() throws IOException {
        server();
        var attributes = Map.of("path", folder + "/data", "nfspath", "kept");
        assertThat(node.agent("nfsserver", "status", attributes).status()).isEqualTo(7);
        assertThat(node.agent("nfsserver", "start", attributes).status()).isZero();
        assertThat(node.agent("nfsserver", "start", attributes).status()).isZero();
        assertThat(node.agent("nfsserver", "status", attributes).status()).isZero();
        node.sh("touch " + folder + "/var/lib/nfs/sm/client");
        assertThat(node.agent("nfsserver", "stop", attributes).status()).isZero();
        assertThat(node.agent("nfsserver", "stop", attributes).status()).isZero();
        assertThat(folder.resolve("data/kept/sm/client")).exists();
        assertThat(folder.resolve("var/lib/nfs/sm/client")).doesNotExist();
        assertThat(folder.resolve("calls")).hasContent("nfs start\nnfs stop\n");
        assertThat(node.sh("cat /proc/mounts")).doesNotContain(folder + "/var");
    }

    @Test
    void aServerDoesNotStandBesideOneOfTheNode() throws IOException {
        server();
        Files.writeString(folder.resolve("proc/threads"), "8\n");
        var attributes = Map.of("path", folder + "/data");
        assertThat(node.agent("nfsserver", "start", attributes).output()).contains("another NFS server runs");
        assertThat(node.agent("nfsserver", "stop", attributes).status()).isZero();
        assertThat(folder.resolve("calls")).as("it is not ours to stop").doesNotExist();
    }

    /** exportfs has its table at a fixed place. */
    private void ownTable() {
        node.needs("exportfs");
        node.sh("mount --bind " + folder + "/var/lib/nfs /var/lib/nfs; touch /var/lib/nfs/etab /var/lib/nfs/rmtab");
    }

    /** The init script and the kernel's file are put over the real places, seen here alone. */
    private void server() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/etc/init.d/nfs-kernel-server")), "needs nfs-kernel-server");
        assumeTrue(Files.isDirectory(Path.of("/proc/fs")) && !Files.exists(Path.of("/run/systemd/system")),
                "needs a machine without systemd");
        node.program("nfs", SERVER.replace("FOLDER", folder.toString()));
        for (var quiet : new String[] {"rpc.statd", "sm-notify", "rpc.nfsd"}) {
            node.program(quiet, "exit 0\n");
        }
        node.sh("mkdir -p " + folder + "/proc; echo 0 > " + folder + "/proc/threads; mount -t tmpfs fs /proc/fs; "
                + "mkdir /proc/fs/nfsd; mount --bind " + folder + "/proc /proc/fs/nfsd; mount --bind " + folder
                + "/usr/sbin/nfs /etc/init.d/nfs-kernel-server");
    }

    private Outcome client(String action, Map<String, String> attributes) {
        return node.agent("nfsclient", action, attributes);
    }
}
