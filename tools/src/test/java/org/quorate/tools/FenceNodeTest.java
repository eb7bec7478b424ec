package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.NodeId;
import org.quorate.api.fence.FenceReply;
import org.quorate.api.fence.FenceRequest;
import org.quorate.fencing.AgentCatalogue;
import org.quorate.system.Paths;

/** What a person sees who cuts a node off by hand, with real agents. */
class FenceNodeTest {
    @TempDir
    private Path root;
    private Paths paths;
    private Path agents;
    private final Sheet err = new Sheet();

    @BeforeEach
    void prepare() throws IOException {
        paths = new Paths(root);
        agents = Files.createDirectory(root.resolve("agents"));
        // Plug 1 obeys, is off when asked; plug 2 is on; plug 9 fails.
        var agent = Files.writeString(agents.resolve("fence_x"), """
                #!/bin/sh
                [ "$1" = -o ] && exit 1
                told=$(cat)
                case "$told" in
                  action=metadata) exit 1;;
                  *port=9*) echo "no such plug" >&2; exit 1;;
                  *action=status*port=1*) exit 2;;
                esac
                exit 0
                """);
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(paths.configFolder());
        Files.writeString(paths.clusterConf(), """
                <cluster name="test" config_version="1">
                  <clusternodes>
                    <clusternode name="node1" nodeid="1"><fence/>
                      <unfence><device name="x" port="1"/><device name="x" port="9"/></unfence>
                    </clusternode>
                    <clusternode name="node2.example.com" nodeid="2"><fence>
                      <method name="first"><device name="x" port="9"/></method>
                      <method name="second"><device name="x" port="1"/></method>
                    </fence></clusternode>
                    <clusternode name="node3" nodeid="3"><fence>
                      <method name="1"><device name="x" port="2"/></method>
                    </fence></clusternode>
                  </clusternodes>
                  <fencedevices><fencedevice name="x" agent="fence_x" passwd="secret"/></fencedevices>
                </cluster>
                """);
    }

    private int run(String... arguments) {
        err.turn();
        return new FenceNode(paths, new AgentCatalogue(List.of(agents)), err, err).run(List.of(arguments));
    }

    @Test
    void methodsAreTriedInOrderAndTheClusterIsTold() throws IOException {
        try (var cmand = new FakeCmand(paths, true);
                var fenced = new FakeFenced(paths, new FenceReply.Granted(), new FenceReply.Done())) {
            assertThat(run("-v", "node2")).isZero();
            assertThat(err.text()).isEqualTo("""
                    fence node2.example.com dev 0.0 agent fence_x result: error from agent
                    fence node2.example.com dev 1.0 agent fence_x result: success
                    fence node2.example.com success
                    """);
            assertThat(fenced.asked()).containsExactly(
                    new FenceRequest.BeginOperation("node2.example.com"), new FenceRequest.EndOperation(true));
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void whoWasFasterHasDoneIt() throws IOException {
        try (var cmand = new FakeCmand(paths, true);
                var fenced = new FakeFenced(paths, new FenceReply.AlreadyFenced("agent"))) {
            assertThat(run("-v", "node2")).isZero();
            assertThat(err.text()).isEqualTo("fence node2.example.com success\n");
            assertThat(fenced.asked()).hasSize(1);
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void withoutFencedTheClusterIsToldAllTheSame() throws IOException {
        try (var cmand = new FakeCmand(paths, true)) {
            assertThat(run("-vv", "-m", "second", "node2.example.com")).isZero();
            assertThat(err.text()).isEqualTo("""
                    fence node2.example.com dev 1.0 agent fence_x result: success
                    agent args: port=1 nodename=node2.example.com agent=fence_x passwd=secret
                    fence node2.example.com success
                    """);
            assertThat(cmand.asked()).containsExactly(new CmanRequest.ReportFenced(new NodeId(2), 5, "external"));
        }
    }

    @Test
    void aFailureIsTheClustersToKnowToo() throws IOException {
        try (var cmand = new FakeCmand(paths, true);
                var fenced = new FakeFenced(paths, new FenceReply.Granted(), new FenceReply.Done())) {
            assertThat(run("-m1", "NODE2.example.com")).isEqualTo(1);
            assertThat(err.text()).isEqualTo("fence node2.example.com failed\n");
            assertThat(fenced.asked()).endsWith(new FenceRequest.EndOperation(false));
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void aNodeWithoutMethodsIsUndefined() throws IOException {
        try (var cmand = new FakeCmand(paths, true)) {
            assertThat(run("node1")).isEqualTo(2);
            assertThat(err.text()).isEqualTo("fence node1 undefined\n");
            assertThat(run("node77")).isEqualTo(2);
            assertThat(run("-m", "third", "node2")).isEqualTo(2);
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void theStatusIsTheAgents() throws IOException {
        try (var cmand = new FakeCmand(paths, true)) {
            assertThat(run("-S", "node3")).isZero();
            assertThat(run("-S", "-m", "second", "node2")).isEqualTo(2);
            assertThat(run("-S", "-m", "first", "node2")).isEqualTo(1);
            assertThat(run("-S", "node1")).isEqualTo(1);
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void unfencingTriesAllDevicesOfThisNode() throws IOException {
        try (var cmand = new FakeCmand(paths, true)) {
            assertThat(run("-U", "-vv")).isEqualTo(1);
            assertThat(err.text()).isEqualTo("""
                    unfence node1 dev 0.0 agent fence_x result: success
                    agent args: action=on port=1 nodename=node1 agent=fence_x passwd=secret
                    unfence node1 dev 0.0 agent fence_x result: error from agent
                    agent args: action=on port=9 nodename=node1 agent=fence_x passwd=secret
                    agent said: exit status 1: no such plug
                    unfence node1 failed
                    """);
            assertThat(run("-U", "node3")).isEqualTo(2);
            assertThat(err.text()).isEqualTo("unfence node3 undefined\n");
            assertThat(cmand.asked()).isEmpty();
        }
    }

    @Test
    void withoutAClusterItWantsToBeToldSo() {
        assertThat(run("node3")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_node: cannot connect to cman\n");
        assertThat(run("-O", "node3")).isZero();
        assertThat(err.text()).isEqualTo("fence node3 success\n");
    }

    @Test
    void aWrongCommandLineIsTold() {
        assertThat(run()).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_node: no node name specified\n");
        assertThat(run("a", "b")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("fence_node: unknown option b\n");
        assertThat(run("-m")).isEqualTo(1);
        assertThat(run("-h")).isZero();
        assertThat(run("-V")).isZero();
    }
}
