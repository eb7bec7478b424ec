package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.agents.OcfFolder;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.rgmanager.agent.AgentFolder;
import org.quorate.rgmanager.agent.MetaDataCache;
import org.quorate.rgmanager.agent.OcfAgents;
import org.quorate.rgmanager.agents.Program.Outcome;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.rgmanager.core.tree.TreeNode;

/** Agents of the package resource-agents as they come, called as rgmanager calls them, on a node of their own. */
class OcfAgentsTest {
    private static final OcfFolder INSTALLED = new OcfFolder(Path.of("/usr/lib/ocf"));

    @TempDir
    private Path folder;
    private final List<String> warnings = new ArrayList<>();
    private Namespace node;

    @BeforeEach
    void open() {
        assumeTrue(Files.isDirectory(INSTALLED.root().resolve("resource.d/heartbeat")),
                "needs the package resource-agents");
        node = Namespace.open();
        assumeTrue(Namespace.isRoot(), "needs root");
        node.sh("mount -t tmpfs none /run; mkdir -p /run/resource-agents");
    }

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void dummyStartsIsWatchedAndStops() throws Exception {
        TreeNode dummy = resource("<ocf provider='heartbeat' type='Dummy' name='d'/>");
        assertThat(call(dummy, "status").status()).isEqualTo(7);
        assertSuccess(call(dummy, "stop"));
        assertSuccess(call(dummy, "start"));
        assertSuccess(call(dummy, "status"));
        assertSuccess(call(dummy, "stop"));
        assertThat(call(dummy, "status").status()).isEqualTo(7);
    }

    @Test
    void anAddressComesAndGoes() throws Exception {
        node.sh("ip link add eth0 type veth peer name far; ip link set far up; ip link set eth0 up"
                + "; ip addr add 10.8.8.1/24 dev eth0");
        TreeNode address = resource("<ocf provider='heartbeat' type='IPaddr2' name='vip' ip='10.8.8.9'"
                + " cidr_netmask='24' nic='eth0'/>");
        assertThat(call(address, "status").status()).isEqualTo(7);
        assertSuccess(call(address, "start"));
        assertThat(node.sh("ip -4 addr show dev eth0")).contains("10.8.8.9/24");
        assertSuccess(call(address, "status"));
        node.sh("ip addr del 10.8.8.9/24 dev eth0");
        assertThat(call(address, "status").status()).isEqualTo(7);
        assertSuccess(call(address, "stop"));
        assertSuccess(call(address, "start"));
        assertSuccess(call(address, "stop"));
        assertThat(node.sh("ip -4 addr show dev eth0")).doesNotContain("10.8.8.9");
    }

    @Test
    void aFileSystemOnALoopDeviceComesAndGoes() throws Exception {
        var image = folder.resolve("image");
        var device = node.sh("truncate -s 16M " + image + "; mkfs.ext4 -q " + image + "; losetup --find --show "
                + image).strip();
        try {
            var where = folder.resolve("mnt");
            TreeNode disk = resource("<ocf provider='heartbeat' type='Filesystem' name='data' device='" + device
                    + "' directory='" + where + "' fstype='ext4'/>");
            assertSuccess(call(disk, "start"));
            assertThat(node.sh("findmnt -n -o SOURCE " + where).strip()).isEqualTo(device);
            assertSuccess(call(disk, "status"));
            assertSuccess(call(disk, "stop"));
            assertThat(node.sh("findmnt -n " + where + " || echo gone")).contains("gone");
            assertThat(call(disk, "status").status()).isEqualTo(7);
        } finally {
            node.sh("losetup -d " + device);
        }
    }

    @Test
    void apacheServes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/apache2")), "needs apache2");
        Path modules = Path.of("/usr/lib/apache2/modules");
        Files.writeString(folder.resolve("httpd.conf"), """
                ServerRoot %1$s
                ServerName localhost
                PidFile %1$s/httpd.pid
                ErrorLog %1$s/error.log
                LoadModule mpm_event_module %2$s/mod_mpm_event.so
                LoadModule authz_core_module %2$s/mod_authz_core.so
                Listen 127.0.0.1:8088
                DocumentRoot %1$s
                """.formatted(folder, modules));
        Files.writeString(folder.resolve("index.html"), "<html>here</html>\n");
        TreeNode apache = resource("<ocf provider='heartbeat' type='apache' name='web' configfile='" + folder
                + "/httpd.conf' httpd='/usr/sbin/apache2' statusurl='http://127.0.0.1:8088/index.html'/>");
        try {
            assertSuccess(call(apache, "start"));
            assertThat(node.sh("ss -Htln")).contains("127.0.0.1:8088");
            assertSuccess(call(apache, "stop"));
            assertThat(node.sh("ss -Htln")).doesNotContain("127.0.0.1:8088");
        } finally {
            assertSuccess(call(apache, "stop"));
        }
        assertThat(call(apache, "status").status()).isEqualTo(7);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # type   | parameters; %1$s is a folder of the test's own
          Delay    | startdelay='0' stopdelay='0' mondelay='0'
          symlink  | link='%1$s/link' target='/etc/hostname'
          Route    | destination='10.99.0.0/24' device='eth0' gateway='10.8.8.2'
          anything | binfile='/bin/sleep' cmdline_options='300' pidfile='%1$s/pid' logfile='%1$s/l' errlogfile='%1$s/e'
        """)
    void itStartsIsWatchedAndStops(String type, String parameters) throws Exception {
        node.sh("ip link add eth0 type veth peer name far; ip link set far up; ip link set eth0 up"
                + "; ip addr add 10.8.8.1/24 dev eth0");
        TreeNode resource = resource("<ocf provider='heartbeat' type='" + type + "' name='r' "
                + parameters.formatted(folder) + "/>");
        assertThat(call(resource, "status").status()).as("it does not run yet").isEqualTo(7);
        assertSuccess(call(resource, "stop"));
        assertSuccess(call(resource, "start"));
        assertSuccess(call(resource, "status"));
        assertSuccess(call(resource, "stop"));
        assertThat(call(resource, "status").status()).isEqualTo(7);
        assertSuccess(call(resource, "stop"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # type     | parameters                              | status | reason
          IPaddr2    |                                         | 6      | the ip parameter
          Filesystem | directory='/mnt' fstype='ext4'          | 6      | OCF_RESKEY_device
          Filesystem | device='/dev/nowhere' directory='%1$s/mnt' fstype='ext4' | 5 | find device [/dev/nowhere]
          IPaddr2    | ip='not.an.address' nic='lo' cidr_netmask='24' | 6 | not.an.address
        """)
    void whatIsAmissIsSaidByNumberAndReason(String type, String parameters, int status, String reason)
            throws Exception {
        TreeNode resource = resource("<ocf provider='heartbeat' type='" + type + "' name='r' "
                + (parameters == null ? "" : parameters.formatted(folder)) + "/>");
        var outcome = call(resource, "start");
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(status);
        assertThat(outcome.output()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Stateful", "mysql", "mariadb", "pgsql"})
    void aPromotableAgentIsRefusedWithTheReason(String type) throws Exception {
        TreeNode promotable = resource("<ocf provider='heartbeat' type='" + type + "' name='s'/>");
        assertThat(promotable.resource().refusal()).get().asString()
                .contains("it has the action promote", "use an agent without roles");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # agent    | two resources of it share  | and the second is
          IPaddr2    | ip='10.8.8.9'              | refused
          IPaddr2    | nic='eth0'                 | taken
          apache     | configfile='/etc/a.conf'   | refused
          Filesystem | device='/dev/a'            | taken
          Dummy      | state='/run/a'             | refused
        """)
    void whatTheAgentDeclaresUniqueIsHadByOne(String type, String shared, String second) throws Exception {
        String one = "<ocf provider='heartbeat' type='" + type + "' " + shared + " name='";
        assertThat(service(one + "a'/>" + one + "b'/>").children()).extracting(TreeNode::resource)
                .extracting(r -> r.name() + " " + (r.refusal().isPresent() ? "refused" : "taken"))
                .containsExactly("a taken", "b " + second);
    }

    @Test
    void whatIsNotInstalledIsToldAndNotInstalledWhenItIsCalled() throws Exception {
        resource("<ocf provider='heartbeat' type='Nonsense' name='n'/>");
        assertThat(warnings).singleElement().asString().startsWith("ocf:heartbeat:Nonsense is not installed here");
    }

    private TreeNode resource(String ocf) throws Exception {
        return service(ocf).children().getFirst();
    }

    private TreeNode service(String ocf) throws Exception {
        Element cluster = ClusterFile.parse(("<cluster><rm><service name='web'>" + ocf + "</service></rm></cluster>")
                .getBytes(StandardCharsets.UTF_8)).root().orElseThrow();
        var reader = new AgentFolder(Program.AGENTS, MetaDataCache.none(), warnings::add).read();
        new OcfAgents(INSTALLED, MetaDataCache.none(), warnings::add).read(reader, cluster);
        return ResourceConfiguration.read(cluster, reader.rules(), Defaults.FOR_INLINE).tree().roots().getFirst();
    }

    private Outcome call(TreeNode resource, String operation) {
        return call(resource, operation, 0);
    }

    private Outcome call(TreeNode resource, String operation, int depth) {
        RunAgent run = RunAgent.of(resource, operation, depth).orElseThrow();
        return node.run(run.environment(), List.of(run.agent(), run.operation()));
    }

    private static void assertSuccess(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }
}
