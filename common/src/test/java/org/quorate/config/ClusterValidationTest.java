package org.quorate.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a file besides what stops the daemons. */
class ClusterValidationTest {
    private static final String NODES = "<clusternodes><clusternode name='a' nodeid='1'/><clusternode name='b' "
            + "nodeid='2'/></clusternodes>";

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # sections                                                              | told
        <heartbeat/>                                                            | warning element-unknown
        <service name='s'/>                                                     | warning element-unknown
        <cman expected_vote='2'/>                                               | warning attribute-unknown
        <cman>hello</cman>                                                      | warning text
        <cman><multicast/><multicast/></cman>                                   | error element-repeated
        <fence_xvmd/><fence_xvmd/>                                              | error element-repeated
        <fence_xvmd port='x'/>                                                  | error int
        <fence_xvmd multicast_address='10.0.0.1'/>                              | error multicast-address
        <group groupd_compat='3'/>                                              | error int-range
        <clvmd interface='dlm'/>                                                | warning enum
        <clvmd interface=''/>                                                   |
        <uidgid uid='u' gid='g'/><uidgid/>                                      |
        <totem><interface ringnumber='2'/></totem>                              | error int-range
        <gfs_controld enable_withdraw='x' plock_rate_limit='y'/>                | error int, error bool
        <logging><logging_daemon name='corosync' subsys='TOTEN'/></logging>     | warning enum
        <logging><logging_daemon name='corosync' subsys='CPG' debug='1'/></logging> | warning enum
        <quorumd/>                                                              | error qdisk-no-device
        <quorumd label='q'/>                                                    |
        <quorumd label='q' interval='2'/>                                       | error qdisk-timing
        <quorumd label='q' interval='2' tko='8'/><totem token='28000'/>         | error qdisk-timing
        <quorumd label='q' interval='2' tko='8'/><totem token='28001'/>         |
        <quorumd label='q' interval='2' tko='8'/><totem token='28s'/>           | error int
        <quorumd label='q'/><totem token='9999'/>                               | error qdisk-token
        <quorumd label='q' interval='2' tko='8'/><totem token='0'/>             | error int-range
        <quorumd label='q' tko='3'/>                                            | warning qdisk-tko-low
        <quorumd label='q' tko_up='1'/>                                         | error int-range
        <quorumd label='q' allow_kill='yes'/>                                   | error bool
        <quorumd label='q' scheduler='batch'/>                                  | warning enum
        <quorumd label='q' scheduler='Other' priority='-20'/>                   |
        <quorumd label='q' priority='0'/>                                       | warning priority-range
        <quorumd label='q' log_level='7'/>                                      | warning deprecated
        <quorumd label='q' log_level='8'/>                       | warning log-level-range, warning deprecated
        <quorumd label='q' master_wins='1'/>                                    |
        <quorumd label='q' master_wins='1'><heuristic program='t'/></quorumd>   | warning qdisk-master-wins
        <quorumd label='q'><heuristic/><heuristic/></quorumd>         | error heuristic-program, error heuristic-program
        <quorumd label='q' min_score='2'/>                                      | error qdisk-min-score
        <quorumd label='q' min_score='3'><heuristic program='t' score='3'/></quorumd> |
        <quorumd label='q' min_score='4'><heuristic program='t' score='3'/></quorumd> | error qdisk-min-score
        <quorumd label='q' votes='1'/><cman expected_votes='3'/>                |
        <quorumd label='q' votes='1'/><cman expected_votes='2'/>                | warning expected-votes-low
        <quorumd label='q' votes='1'/><cman expected_votes='4'/>                | warning expected-votes-high
        <quorumd label='q' votes='1'/><cman expected_votes='6'/>                | error expected-votes-unreachable
        <cman two_node='1' expected_votes='1'/><quorumd label='q'/>             | warning two-node-qdisk
        <cman><altmulticast addr='239.1.1.1'/></cman>                           | warning altmulticast-unused
        <fencedevices/><fencedevices/>                                          | error element-repeated
        <xi:include href='/etc/passwd'/>                                        | error namespace
        <cman x:port='1'/>                                                      | error namespace
        <ours/><rm><ours/></rm>                                      | warning element-unknown, warning type-unknown
        """)
    void sectionsAreJudged(String sections, String told) {
        assertThat(codes(validate(sections + NODES))).isEqualTo(told == null ? "" : told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # the nodes                                                         | told
        <n name='a' nodeid='1'/><n name='b' nodeid='2'><altname name='c'/></n>  | warning altname-partial
        <n name='a' nodeid='1'><altname name='c'/></n><n name='b' nodeid='2'><altname name='C'/></n> | \
        warning altname-shared
        <n name='a' nodeid='1'><altname name='b'/></n><n name='b' nodeid='2'><altname name='c'/></n> | \
        warning altname-shared
        <n name='a' nodeid='1'><altname name='c'/><altname name='d'/></n>   | error altname-repeated
        <n name='a' nodeid='1'><altname name='c' mcast='239.1.1.1' port='5406'/></n> | error ring-clash
        <n name='a' nodeid='1'><altname name='c' mcast='239.1.1.1' port='5407'/></n> |
        <n name='a' nodeid='1'><fence><device name='d'/></fence></n>        | warning element-unknown
        <n name='a' nodeid='1' vote='1'/>                                   | warning attribute-unknown
        <n name='a' nodeid='1'><fence/><fence/></n>                         | error element-repeated
        """)
    void nodesAreJudged(String nodes, String told) {
        String written = nodes.replace("<n ", "<clusternode ").replace("</n>", "</clusternode>");
        List<Problem> problems = validate("<cman><multicast addr='239.1.1.1'/></cman><clusternodes>" + written
                + "</clusternodes>");
        assertThat(codes(problems)).isEqualTo(told == null ? "" : told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # inside rm                                                           | told
        <service name='s'/><service name='s'/>                                | error resource-duplicate
        <service name='s'/><vm name='s'/>                                     |
        <service/>                                                            | error parameter-missing
        <service name='s' domain='D'/>                                        | warning domain-undefined
        <failoverdomains><failoverdomain name='d'><failoverdomainnode name='a'/></failoverdomain></failoverdomains>\
        <service name='s' domain='D'/>                                        |
        <failoverdomains><failoverdomain name='d'/></failoverdomains>         | warning domain-empty
        <failoverdomains><failoverdomain/></failoverdomains>      | error name-missing, warning domain-empty
        <failoverdomains><failoverdomain name='d' ordered='yes'><failoverdomainnode name='A' priority='x'/>\
        </failoverdomain></failoverdomains>               | warning bool, warning node-undefined, warning priority
        <service name='s' autostart='yes'/>                                   | warning autostart-word
        <service name='s' autostart='2' exclusive='yes' recovery='restart-disable'/> | warning autostart-word
        <service name='s' recovery='move' depend_mode='sof'/>                 | warning enum, warning enum
        <service name='s' max_restarts='x' restart_expire_time='soon'/>       | warning int, warning time
        <service name='s' restart_expire_time='1m30S'/>                       |
        <service name='s' depend='t'/><service name='t'/>                     | error depend-undefined
        <service name='s' depend='service:t'/><service name='t'/>             |
        <service name='s' depend='vm:t'/><service name='t'/>                  | error depend-undefined
        <vm name='v' migration_mapping='a:x,c:y'/>                            | warning node-undefined
        <vm name='v' use_virsh='' migrate='live'/>                            |
        <nginx/>                                                              | warning type-unknown
        <ip address='10.0.0.1'/>                                              | warning element-unknown
        <failoverdomain name='x'/>                                            | warning element-unknown
        <group/>                                                              | warning legacy
        <service name='s'><nginx><script/></nginx></service>                  | warning type-unknown
        <service name='s'><script name='x' file='/x' color='red'/></service>  | warning attribute-unknown
        <service name='s'><script name='x'/></service>                        | error parameter-missing
        <resource-defaults><script file='/x'/></resource-defaults><service name='s'><script name='x'/></service> | \
        error parameter-missing
        <resource-defaults><lvm vg_name='/x'/></resource-defaults><service name='s'><lvm name='x'/></service> |
        <service name='s'><ip address='10.0.0.256'/></service>                | error ip-address
        <service name='s'><ip address='10.0.0.1/33'/></service>               | error ip-address
        <service name='s'><ip address='fe80::1%eth0/64'/><ip address='::1/128'/></service> |
        <service name='s'><ip address='web'/></service>                       | error ip-address
        <service name='s'><ip address='10.0.0.1'><nfsclient name='c' target='t'/></ip></service> | error child-forbidden
        <service name='s'><ip address='10.0.0.1' monitor_link='maybe' family='ipv4'/></service> | warning bool
        <resources><ip address='10.0.0.1'/></resources><service name='s'><ip ref='10.0.0.1'/></service> |
        <resources><ip address='10.0.0.1'/></resources><service name='s'><ip ref='10.0.0.1'/><ip ref='10.0.0.1'/>\
        </service>                                                            | error resource-reused
        <resources><ip address='10.0.0.1/24'/></resources><service name='s'><ip ref='10.0.0.1'/></service> | \
        error ref-undefined
        <resources><script name='x' file='/x'/></resources><service name='s'><script ref='/x'/></service> |
        <service name='s'><script name='x' file='/x'/></service><service name='t'><script ref='x'/></service> | \
        error ref-inline
        <resources><script ref='x'/></resources>                              | error ref-in-resources
        <resources><script name='x' file='/x'/></resources><service name='s'><script ref='x' file='/y' \
        __independent_subtree='1'/></service>                                 | warning ref-and-attributes
        <resources><script name='x' file='/x'/><script name='y' file='/x'/></resources> | error resource-unique
        <resources><script name='x' file='/x'/></resources><service name='s'><script name='x' file='/x'/></service> | \
        error resource-duplicate
        <resources><fs name='f' device='/d' mountpoint='/m'><nfsexport name='e'/></fs></resources> | \
        warning child-ignored
        <resources><fs name='f' device='/d' mountpoint='/m'><action name='status' interval='often'/></fs>\
        </resources> | \
        warning time
        <service name='s'><action name='status' depth='*' interval='30s' timeout=''/></service> |
        <service name='s'><action/></service>                                 | error name-missing
        <service name='s'><script name='x' file='/x' __max_restarts='3'/></service> | warning pair
        <service name='s'><script name='x' file='/x' __max_failures='0' __failure_expire_time='60'/></service> | \
        warning pair
        <service name='s'><script name='x' file='/x' __independent_subtree='Non-Critical'/></service> |
        <service name='s'><script name='x' file='/x' __independent_subtre='1'/></service> | warning attribute-unknown
        <service ref='s'/>                                                    | error ref-undefined
        <resources><service name='s'/></resources><service ref='s'/>          |
        <events><event priority='100' class='x'/></events>  | warning enum, error name-missing, warning priority-range
        <events><event name='e' node='c' service='s'>notice('x');</event></events> | warning node-undefined, \
        warning service-undefined
        <resources/><resources/>                                              | error element-repeated
        """)
    void resourcesAreJudged(String rm, String told) {
        assertThat(codes(validate(NODES + "<rm>" + rm + "</rm>"))).isEqualTo(told == null ? "" : told);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        # inside rm                                                         | words of the message
        <resources><mysql name='shop-db'/></resources><service name='s'><apache ref='shop-db'/></service> | \
        there is a mysql "shop-db"
        <resources><script name='lab-feed' file='/f'/></resources><service name='s'><script ref='lab-feeds'/>\
        </service> | \
        did you mean "lab-feed"?
        <service name='lab' depend='records'/><service name='records'/> | depends on "records"; write service:records
        <vm name='v' depend='service:s'/><service name='t'/>                | did you mean "service:t"?
        <service name='s'><appache/></service>                              | did you mean "apache"?
        <service name='s'><ip address='10.0.0.1'><nfsexport name='x'/></ip></service> | nfsexport cannot stand below ip
        """)
    void aMessageSaysWhatWasPerhapsMeant(String rm, String words) {
        assertThat(validate(NODES + "<rm>" + rm + "</rm>")).singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains(words));
    }

    @Test
    void aDuplicateNamesTheLineOfTheFirst() {
        assertThat(validate(NODES + "<rm><resources>\n<fs name='f' device='/d' mountpoint='/m'/>\n"
                + "<fs name='g' device='/e' mountpoint='/m'/></resources></rm>")).extracting(Problem::toString)
                .containsExactly("cluster.conf:3:1: error: fs mountpoint \"/m\" is already used by \"f\" (line 2); "
                        + "define it once in resources and refer to it [resource-unique]");
    }

    @Test
    void aServiceAndItsKindHaveSixtyThreeBytes() {
        assertThat(validate(NODES + "<rm><service name='" + "x".repeat(55) + "'/></rm>")).isEmpty();
        assertThat(validate(NODES + "<rm><service name='" + "x".repeat(56) + "'/></rm>")).extracting(Problem::code)
                .containsExactly("name-too-long");
        assertThat(validate(NODES + "<rm><vm name='" + "x".repeat(61) + "'/></rm>")).extracting(Problem::code)
                .containsExactly("name-too-long");
    }

    @Test
    void theEleventhHeuristicIsOneTooMany() {
        String more = "<heuristic program='p'/>".repeat(11);
        assertThat(validate("<quorumd label='q'>" + more + "</quorumd>" + NODES)).extracting(Problem::code)
                .containsExactly("too-many-heuristics");
    }

    @Test
    void votesOfADiskFollowFromNodesOnlyWhereEachHasOne() {
        String nodes = NODES.replace("nodeid='2'", "nodeid='2' votes='2'");
        assertThat(codes(validate("<quorumd label='q'/>" + nodes))).isEqualTo("error qdisk-votes");
        assertThat(codes(validate("<quorumd label='q' votes='1'/>" + nodes))).isEmpty();
    }

    @Test
    void whatIsWrongOnceIsToldOnce() {
        List<Problem> problems = validate("<gfs_controld enable_plock='x'/><dlm/>" + NODES + "<clusternodes>"
                + "<clusternode name='a' nodeid='1'/></clusternodes><fencedevices><fencedevice name='f' agent='x'/>"
                + "</fencedevices><fencedevices><fencedevice name='f' agent='x'/></fencedevices><cman two_node='1'/>");
        assertThat(codes(problems)).isEqualTo("error bool, error element-repeated, error element-repeated");
    }

    @Test
    void noticesAreForTheCurious() {
        ClusterValidation validation = ClusterValidation.of(ClusterFile.parse(("<cluster name='c' config_version='1'>"
                + NODES + "<rm log_level='7'/></cluster>").getBytes(UTF_8)));
        assertThat(validation.accepted()).isTrue();
        assertThat(validation.problems()).extracting(Problem::code)
                .containsExactly("node-unfenced", "node-unfenced", "deprecated");
    }

    @Test
    void whatTheModelReadsTheSchemaKnows() throws Exception {
        ClusterValidation validation = ClusterValidation.of(ClusterFile.parse(everything()));
        assertThat(validation.problems().stream().filter(p -> p.code().endsWith("-unknown")))
                .extracting(Problem::what).containsExactly("unknown element ours in cluster");
    }

    @Test
    void whatRefusesAFileAtTheStartRefusesItHere() throws Exception {
        String[] pieces = new String(everything(), UTF_8).split("\"");
        String[] values = {"", "-1", "0", "1", "65535", "2147483647", "99999999999", "yes", "::", "ff02::1", "&#10;",
            "n1", "pdu", "\u00e4", "web", "all"};
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            String[] damaged = pieces.clone();
            for (int hit = 0; hit < 4; hit++) {
                damaged[1 + 2 * random.nextInt(pieces.length / 2 - 1)] = values[random.nextInt(values.length)];
            }
            ClusterFile file = ClusterFile.parse(String.join("\"", damaged).getBytes(UTF_8));
            ClusterValidation validation = ClusterValidation.of(file);
            assertThat(validation.problems()).containsAll(ClusterReading.of(file).problems());
            assertThat(validation.accepted()).isEqualTo(validation.problems().stream().noneMatch(Problem::isError));
        }
    }

    @Test
    void aLargeFileIsValidatedInTwoSeconds() {
        String padding = "<!-- " + "x".repeat(1_500) + " -->";
        String services = IntStream.range(0, 5_000).mapToObj(i -> "<service name='s" + i + "' domain='d'>" + padding
                + "<fs name='f" + i + "' device='/d" + i + "' mountpoint='/m" + i + "'><script name='x" + i
                + "' file='/x" + i + "'/><lvm ref='shared" + i + "'/></fs></service>").collect(Collectors.joining());
        byte[] bytes = ("<cluster name='c' config_version='1'>" + NODES + "<rm>" + services + "</rm></cluster>")
                .getBytes(UTF_8);
        assertThat(bytes.length).isGreaterThan(8_000_000);
        long start = System.nanoTime();
        ClusterValidation validation = ClusterValidation.of(ClusterFile.parse(bytes));
        // Twice the aim: machines that run tests have other things to do.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(validation.problems().stream().filter(Problem::isError)).hasSize(5_000);
    }

    private static byte[] everything() throws Exception {
        try (InputStream in = ClusterValidationTest.class.getResourceAsStream("everything.conf")) {
            return in.readAllBytes();
        }
    }

    private static List<Problem> validate(String inside) {
        return ClusterValidation.of(ClusterFile.parse(("<cluster name='c' config_version='1'>" + inside + "</cluster>")
                .getBytes(UTF_8))).problems().stream().filter(p -> p.severity() != Problem.Severity.NOTICE).toList();
    }

    private static String codes(List<Problem> problems) {
        return problems.stream().map(p -> p.severity() + " " + p.code()).collect(Collectors.joining(", "));
    }
}
