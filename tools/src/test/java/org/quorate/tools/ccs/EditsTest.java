package org.quorate.tools.ccs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.config.ClusterFile;
import org.quorate.system.Paths;
import org.quorate.tools.Sheet;

class EditsTest {
    private static final String FILE = """
            <?xml version="1.0"?>
            <cluster name="AMHA" config_version="6">
              <!-- two machines in one rack -->
              <clusternodes>
                <clusternode name="amcluster1" votes="1" nodeid="1">
                  <fence>
                    <method name="single">
                      <device name="am1_ilo" action="reboot"/>
                    </method>
                  </fence>
                </clusternode>
                <clusternode name="amcluster2" nodeid="2"/>
              </clusternodes>
              <fencedevices>
                <fencedevice name="am1_ilo" agent="fence_ipmilan" ipaddr="10.0.0.1"/>
              </fencedevices>
              <rm>
                <failoverdomains>
                  <failoverdomain name="amdomain" restricted="1">
                    <failoverdomainnode name="amcluster1" priority="1"/>
                    <failoverdomainnode name="amcluster2" priority="2"/>
                  </failoverdomain>
                </failoverdomains>
                <resources>
                  <fs device="/dev/sdc1" force_unmount="1" fstype="ext3" mountpoint="/amha/data" name="amfs"/>
                  <ip address="10.0.0.9" monitor_link="1"/>
                  <script file="/etc/init.d/am" name="am"/>
                </resources>
                <service name="amapp" autostart="1" domain="amdomain" recovery="relocate">
                  <fs ref="amfs"/>
                </service>
                <service name="amweb"/>
              </rm>
            </cluster>
            """;

    @TempDir
    Path root;

    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();
    private Path file;
    private int updates;

    @BeforeEach
    void prepare() throws Exception {
        file = Files.createDirectories(root.resolve("etc/cluster")).resolve("cluster.conf");
        Files.writeString(file, FILE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # command                                       | where     | the lines that are added before it, ~ between them
        addnode -C -n 3 node3                           | `  </clusternodes>` | \
        `    <clusternode name="node3" votes="1" nodeid="3"/>`
        addnode -C --nodeid=3 -v2 -a alt3 -f am1_ilo node3 port=7 | `  </clusternodes>` | \
        `    <clusternode name="node3" votes="2" nodeid="3">~      <altname name="alt3"/>~      <fence>~        \
        <method name="single">~          <device name="am1_ilo" port="7"/>~        </method>~      </fence>~    \
        </clusternode>`
        addfence -C pdu fence_apc ipaddr=1 passwd=a"b   | `  </fencedevices>` | \
        `    <fencedevice name="pdu" agent="fence_apc" ipaddr="1" passwd="a&quot;b"/>`
        addscript web /etc/init.d/web                | `    </resources>` | \
        `      <script file="/etc/init.d/web" name="web"/>`
        addip 10.0.0.10                                 | `    </resources>` | \
        `      <ip address="10.0.0.10" monitor_link="1"/>`
        addfs -k -t xfs -p noatime data /dev/sdd /data | `    </resources>` | \
        `      <fs device="/dev/sdd" force_fsck="1" force_unmount="0" fstype="xfs" mountpoint="/data" name="data" \
        options="noatime" self_fence="0"/>`
        addfdomain -p both amcluster2 amcluster1        | `    </failoverdomains>` | \
        `      <failoverdomain name="both" ordered="1" restricted="0">~        <failoverdomainnode name="amcluster2" \
        priority="1"/>~        <failoverdomainnode name="amcluster1" priority="2"/>~      </failoverdomain>`
        addservice -x 1 -i 10.0.0.9 web                 | `  </rm>` | \
        `    <service name="web" autostart="1" exclusive="1" recovery="relocate">~      <ip ref="10.0.0.9"/>~    \
        </service>`
        addservice -d amdomain -f amfs -s am -i 10.0.0.9 -a 0 -r restart web | `  </rm>` | \
        `    <service name="web" autostart="0" domain="amdomain" recovery="restart">~      <fs ref="amfs">~        \
        <script ref="am"/>~        <ip ref="10.0.0.9"/>~      </fs>~    </service>`
        """)
    void whatIsAddedStandsWhereItBelongsAndNothingElseChanges(String command, String before, String lines)
            throws Exception {
        assertThat(run(command.split(" "))).isZero();
        assertThat(file).content().isEqualTo(FILE.replace("\"6\"", "\"7\"").replace(before + "\n",
                lines.replace('~', '\n') + "\n" + before + "\n"));
        assertThat(out.text() + err.text()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # command           | the line that goes
        delnode -C amcluster2 | `    <clusternode name="amcluster2" nodeid="2"/>`
        delfence -C am1_ilo | `    <fencedevice name="am1_ilo" agent="fence_ipmilan" ipaddr="10.0.0.1"/>`
        delip 10.0.0.9      | `      <ip address="10.0.0.9" monitor_link="1"/>`
        delscript am        | `      <script file="/etc/init.d/am" name="am"/>`
        delservice amweb    | `    <service name="amweb"/>`
        """)
    void whatIsRemovedGoesWithItsLine(String command, String line) throws Exception {
        assertThat(run(command.split(" "))).isZero();
        assertThat(file).content().isEqualTo(FILE.replace("\"6\"", "\"7\"").replace(line + "\n", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # command                      | what is told
        addnode -n 3 amcluster1        | ccs_tool: node amcluster1 already exists in F
        addnode -n 2 x                 | ccs_tool: nodeid 2 already in use
        addnode x                      | ccs_tool: nodeid not specified
        addnode -n y x                 | ccs_tool: argument to n (y) is not an integer
        addnode -n -1 x                | ccs_tool: argument to n cannot be negative
        addnode -n 3 -f pdu x          | ccs_tool: fence type 'pdu' not known
        addnode -n 3 -f am1_ilo x port | ccs_tool: option 'port' is not opt=value pair
        addnode -n 3 -f am1_ilo x name=y | ccs_tool: Can't use "name" as a fence argument name
        addnode -n 3 -i bond0 x        | ccs_tool: interface was specified, but cluster.conf is not set up for multicast
        delnode x                      | node x does not exist in F
        addfence am1_ilo fence_x       | ccs_tool: fence type am1_ilo already exists
        addfence x fence_x a=1 a=2     | ccs_tool: option 'a' is given twice
        delfence x                     | fence type x does not exist
        addservice amapp               | ccs_tool: service amapp already exists in F
        addservice -s x web            | ccs_tool: script resource x doesn't exist in F
        addservice -d x web            | ccs_tool: failover domain x doesn't exist in F
        delservice x                   | service x does not exist in F
        addscript am x                 | ccs_tool: Script am already exists
        delfs amfs                     | fs amfs is referenced in service in F, please remove reference first.
        delip 10.0.0.1                 | IP 10.0.0.1 does not exist in F
        addfdomain AMDOMAIN amcluster1 | ccs_tool: failover domain AMDOMAIN already exists
        addfdomain x y                 | ccs_tool: Can't find node y in F.
        delfdomain amdomain            | failover domain amdomain is referenced in service in F, please remove \
        reference first.
        addnode -n 0 x                 | `ccs_tool: nodeid "0" of clusternode "x" is not a whole \
        number from 1 to 2147483647; correct it`
        addnode -n 3 -v 256 x          | `ccs_tool: votes "256" of clusternode "x" is not a whole \
        number from 0 to 255; correct it`
        addnode -n 3 localhost         | `ccs_tool: node name "localhost" is the loopback interface; \
        name the address by which the other nodes reach it`
        addip 10.0.0.300               | `ccs_tool: address "10.0.0.300" of ip is not an IP address; \
        write for example 192.0.2.10/24`
        addscript other /etc/init.d/am | `ccs_tool: script file "/etc/init.d/am" is already used by \
        "am" (line 27); define it once in resources and refer to it`
        create -c F x                  | ccs_tool: F already exists
        create -c - harbour-in-the-west | `ccs_tool: cluster name "harbour-in-the-west" has 19 bytes; at most 15`
        lsnode -c none                 | `ccs_tool: Error: unable to parse requested configuration file\u005cn`
        """)
    void whatCannotBeDoneIsToldAndLeavesTheFile(String command, String told) throws Exception {
        assertThat(run(command.replace("-c F", "-c " + file).split(" "))).isEqualTo(1);
        assertThat(err.text()).isEqualTo(told.replace("in F", "in " + file).replace(": F ", ": " + file + " ")
                .replace("\\n", "\n") + "\n");
        assertThat(file).content().isEqualTo(FILE);
    }

    @Test
    void listingsAreAsTheyAlwaysWere() {
        for (String command : List.of("lsnode -v", "lsfence -v", "lsservice", "lsfs", "lsip", "lsscript",
                "lsfdomains")) {
            assertThat(run(command.split(" "))).isZero();
        }
        assertThat(out.text()).isEqualTo("""

                Cluster name: AMHA, config_version: 6

                Nodename                        Votes Nodeid Fencetype
                amcluster1                         1    1    am1_ilo
                  Fence properties:  action=reboot
                amcluster2                         1    2   \s
                Name             Agent
                am1_ilo          fence_ipmilan
                  Properties:  ipaddr=10.0.0.1

                Cluster name: AMHA, config_version: 6

                Name                             Autostart Exclusive Recovery
                amapp                                    1         0 relocate
                amweb                                    0         0 -
                Name             Type  FUS Device              Mountpoint
                amfs             ext3   *  /dev/sdc1           /amha/data
                IP
                10.0.0.9
                Name             Path
                am               /etc/init.d/am
                Name             OR Nodes
                amdomain          * amcluster1,amcluster2
                """);
    }

    @Test
    void theOldFileStaysBesideTheNewOne() throws Exception {
        assertThat(run("addip", "10.0.0.10")).isZero();
        assertThat(root.resolve("etc/cluster/cluster.conf.old")).content().isEqualTo(FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
    }

    @Test
    void anotherFileOrNoneCanTakeTheChange() throws Exception {
        Path other = root.resolve("other.conf");
        assertThat(run("addip", "10.0.0.10", "-o", other.toString())).isZero();
        assertThat(run("addip", "-o-", "10.0.0.10")).isZero();
        assertThat(file).content().isEqualTo(FILE);
        assertThat(other).content().isEqualTo(out.text()).contains("10.0.0.10");
    }

    @Test
    void aChangedNodeComesIntoForceUnlessForbidden() {
        assertThat(run("addnode", "-n", "3", "c")).isZero();
        assertThat(run("addnode", "-C", "-n", "4", "d")).isZero();
        assertThat(run("addip", "10.0.0.10")).isZero();
        assertThat(run("delnode", "-o", root.resolve("other").toString(), "d")).isZero();
        assertThat(updates).isEqualTo(1);
        assertThat(run("delnode", "-F", "-o", root.resolve("other").toString(), "d")).isZero();
        assertThat(updates).isEqualTo(2);
        assertThat(out.text()).isEqualTo("running ccs_tool update...\nrunning ccs_tool update...\n");
    }

    @Test
    void numbersAreGivenToNodesWithoutOne() throws Exception {
        Files.writeString(file, FILE.replace(" nodeid=\"1\"", ""));
        assertThat(run("addnodeids", "-v", "-n", "2", "-m", "239.1.1.1")).isZero();
        assertThat(file).content().contains("<clusternode name=\"amcluster1\" votes=\"1\" nodeid=\"3\">",
                "  <cman>\n    <multicast addr=\"239.1.1.1\"/>\n  </cman>\n</cluster>");
        assertThat(err.text()).isEqualTo("Node amcluster1 now has id 3\n");
        assertThat(run("addnodeids", "-m", "10.0.0.1")).isEqualTo(1);
        assertThat(run("addnodeids")).isZero();
        assertThat(err.text()).contains("10.0.0.1 is not a valid multicast address\n")
                .doesNotContain("WARNING");
    }

    @Test
    void aNewFileIsASkeleton() throws Exception {
        Path fresh = root.resolve("fresh.conf");
        assertThat(run("create", "-c", fresh.toString(), "a&b")).isZero();
        assertThat(fresh).content().isEqualTo("""
                <?xml version="1.0"?>
                <cluster name="a&amp;b" config_version="1">

                  <clusternodes>
                  </clusternodes>

                  <fencedevices>
                  </fencedevices>

                  <rm>
                    <failoverdomains/>
                    <resources/>
                  </rm>
                </cluster>
                """);
        assertThat(run("create", "-2", "-f", "fence_apc", "-c", "-", "two")).isZero();
        assertThat(out.text()).contains("<cman two_node=\"1\" expected_votes=\"1\"/>",
                "<clusternode name=\"NEEDNAME-02\" votes=\"1\" nodeid=\"2\">", "<device name=\"fence1\" ADDARGS/>",
                "<fencedevice name=\"fence1\" agent=\"fence_apc\" ADDARGS/>");
    }

    @Test
    void queriesAnswerOneLineEach() {
        assertThat(query("/cluster/@name", "//clusternode[2]/@*", "count(//clusternode)", "/cluster/rm")).isZero();
        assertThat(out.text()).isEqualTo("AMHA\nname=amcluster2\n2\n\n");
        assertThat(query("/cluster/quorumd")).isEqualTo(255);
        assertThat(query("/[")).isEqualTo(255);
        assertThat(query()).isEqualTo(1);
        assertThat(err.text()).startsWith(
                "Query failed: No data available\nQuery failed: Invalid argument\nUsage: ");
    }

    @Test
    void attributesComeInTheOrderOfTheFile() {
        var tree = ClusterFile.parse("""
                <cluster name="z" config_version="2" alias="a"><rm b="1"/>text<rm z="3" y="2"/></cluster>
                """.getBytes(UTF_8)).root().orElseThrow();
        var query = new ConfQuery(tree);
        assertThat(query.all("/cluster/@*")).containsExactly("name=z", "config_version=2", "alias=a");
        assertThat(query.all("//@*")).containsExactly("name=z", "config_version=2", "alias=a", "b=1", "z=3", "y=2");
        assertThat(query.all("//rm/@y | //rm/@z")).containsExactly("3", "2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /cluster/@name                                              | 0
            /cluster/clusternodes/clusternode[2]/@*                     | 0
            /cluster/clusternodes/clusternode[@name="amcluster1"]/@name | 0
            /cluster/child::*[1]                                        | 0
            /cluster/clusternodes                                       | 0
            /cluster/nothing                                            | 255
            //clusternode/@name                                         | 255
            count(/cluster/clusternodes)                                | 255
            /cluster/clusternodes/clusternode[last()]/@name             | 255
            cluster                                                     | 255
            """)
    void theSimpleParserKnowsPathsOnly(String expression, int status) {
        assertThat(query("-n", expression)).isEqualTo(status);
        assertThat(err.text()).isEqualTo(status == 0 ? "" : expression.contains("nothing")
                ? "Query failed: No data available\n" : "Query failed: Invalid argument\n");
    }

    private int query(String... expressions) {
        return Queries.run(new Paths(root), List.of(expressions), out, err);
    }

    private int run(String... words) {
        Edits edits = new Edits(new Paths(root), out, err, () -> updates++);
        assertThat(edits.knows(words[0])).isTrue();
        return edits.run(words[0], List.of(words).subList(1, words.length));
    }
}
