package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.quorate.rgmanager.agents.Program.Outcome;

/**
 * A host for guests: namespaces of its own with a libvirt that knows nothing of the machine's. Its guests are processes
 * of its own, which end with it.
 */
final class VirtHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> PATH =
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LIBVIRT_DEFAULT_URI", "qemu:///system");
    private static final String BOOT = """
            set -e
            hostname virt$1
            mount --make-rprivate /
            mount -t proc proc /proc
            for place in /run /etc/libvirt /var/lib/libvirt /var/log/libvirt /var/cache/libvirt; do
                mkdir -p $place
                mount -t tmpfs tmpfs $place
            done
            printf '127.0.0.1 localhost\\n10.6.0.1 virt1\\n10.6.0.2 virt2\\n' > /run/hosts
            mount --bind /run/hosts /etc/hosts
            # libvirt asks for its user, whoever guests run as; he comes with a package that is not needed otherwise.
            for file in passwd group; do
                cp /etc/$file /run/$file
                mount --bind /run/$file /etc/$file
            done
            id libvirt-qemu > /dev/null 2>&1 || {
                echo 'libvirt-qemu:x:64055:64055::/:/bin/false' >> /run/passwd
                echo 'libvirt-qemu:x:64055:' >> /run/group
            }
            cat > /etc/libvirt/libvirtd.conf <<END
            listen_tls = 0
            listen_tcp = 1
            auth_tcp = "none"
            auth_unix_rw = "none"
            host_uuid = "0000000$1-1111-2222-3333-44444444444$1"
            log_outputs = "4:file:/var/log/libvirt/libvirtd.log"
            END
            cat > /etc/libvirt/qemu.conf <<END
            security_driver = "none"
            user = "root"
            group = "root"
            dynamic_ownership = 0
            remember_owner = 0
            namespaces = []
            cgroup_controllers = []
            stdio_handler = "file"
            END
            ip link set lo up
            : > /run/ready
            # The first process buries the others: libvirt waits until a guest that ended is gone.
            exec bash -c 'while read -r line; do :; done'
            """;

    private final int number;
    private final Process namespaces;
    private final long pid;

    private VirtHost(int number, Process namespaces, long pid) {
        this.number = number;
        this.namespaces = namespaces;
        this.pid = pid;
    }

    /** Opens host 1 or 2, without a network; the test is skipped where there is no libvirt, or nobody may. */
    static VirtHost open(int number, Path folder) throws IOException {
        for (var program : List.of("/usr/sbin/libvirtd", "/usr/bin/virsh", "/usr/bin/qemu-system-x86_64")) {
            assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
        }
        assumeTrue(Namespace.isRoot(), "needs root");
        var script = Files.writeString(folder.resolve("boot.sh"), BOOT);
        var namespaces = new ProcessBuilder("unshare", "--pid", "--mount", "--uts", "--ipc", "--net", "--fork",
                "--kill-child", "sh", script.toString(), Integer.toString(number)).redirectErrorStream(true)
                .redirectOutput(folder.resolve("boot" + number + ".log").toFile()).start();
        Awaitility.await("host " + number).atMost(PATIENCE).until(() -> {
            assumeTrue(namespaces.isAlive(), "needs namespaces");
            Optional<Long> first = namespaces.children().findFirst().map(ProcessHandle::pid);
            return first.isPresent() && Files.exists(Path.of("/proc/" + first.get() + "/root/run/ready"));
        });
        VirtHost host = new VirtHost(number, namespaces, namespaces.children().findFirst().orElseThrow().pid());
        host.startLibvirt();
        return host;
    }

    void layCableTo(VirtHost other) {
        assertThat(Program.run(List.of("nsenter", "--target", Long.toString(pid), "--net", "--", "ip", "link", "add",
                "eth0", "type", "veth", "peer", "name", "eth0", "netns", Long.toString(other.pid)), PATH).status())
                .isZero();
        for (VirtHost host : List.of(this, other)) {
            host.sh("ip addr add 10.6.0." + host.number + "/24 dev eth0; ip link set eth0 up");
        }
    }

    /** Until it answers; guests that run are found again. */
    void startLibvirt() {
        sh("libvirtd --daemon --listen --pid-file /run/libvirtd.pid < /dev/null > /dev/null 2>&1");
        Awaitility.await("libvirt of host " + number).atMost(PATIENCE).until(() ->
                run(PATH, List.of("virsh", "-q", "list")).status() == 0);
    }

    /** Its guests go on. */
    void killLibvirt() {
        sh("pid=$(cat /run/libvirtd.pid); kill -9 $pid; while kill -0 $pid 2> /dev/null"
                + " && ! grep -q zombie /proc/$pid/status; do sleep 0.01; done");
    }

    /** Runs a line of shell commands here, which must succeed, and gives back what it wrote. */
    String sh(String line) {
        var outcome = run(PATH, List.of("sh", "-c", line));
        assertThat(outcome.status()).as("%s%n%s", line, outcome.output()).isZero();
        return outcome.output();
    }

    /** Runs a command here with these variables and no others. */
    Outcome run(Map<String, String> environment, List<String> command) {
        var words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid), "--pid", "--mount", "--uts",
                "--ipc", "--net", "--"));
        words.addAll(Program.withOnly(environment, command));
        return Program.run(words, PATH);
    }

    @Override
    public void close() {
        namespaces.descendants().forEach(ProcessHandle::destroyForcibly);
        namespaces.destroyForcibly();
    }
}
