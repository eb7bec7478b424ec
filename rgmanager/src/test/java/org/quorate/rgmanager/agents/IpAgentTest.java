package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** The address agent on a real network: this node's interface `here`, and `there` on a neighbour, joined by a cable. */
class IpAgentTest {
    private static Namespace node;
    private static Namespace neighbour;

    /** Once for all tests: a new link needs a second until the kernel has seen it. */
    @BeforeAll
    static void layTheCable() {
        node = Namespace.open();
        neighbour = node.neighbour();
        // Without duplicate detection of the kernel's own, which would keep its addresses back for seconds.
        var prompt = "for i in all default; do echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; done";
        node.sh(prompt);
        neighbour.sh(prompt);
        node.sh("ip link add here type veth peer name there netns " + neighbour.pid() + ";"
                + "ip addr add 10.7.0.1/24 dev here; ip addr add fd07::1/64 dev here; ip link set here up");
        neighbour.sh("ip addr add 10.7.0.2/24 dev there; ip addr add fd07::2/64 dev there; ip link set there up");
        awaitLink();
    }

    private static void awaitLink() {
        var ready = "until ip -6 addr show scope link | grep -q 'inet6 fe80' && ! ip addr | grep -q tentative;"
                + "do sleep 0.02; done";
        node.sh(ready);
        neighbour.sh(ready);
    }

    @AfterEach
    void leaveOnlyWhatWasThere() {
        for (var program : List.of("ip", "sleep")) {
            node.sh("while umount $(readlink -f $(command -v " + program + ")) 2> /dev/null; do :; done");
        }
        node.sh("ip link del wide 2> /dev/null || :; ip -o addr show dev here | while read -r _ _ _ address _; do "
                + "case $address in 10.7.0.1/24 | fd07::1/64 | fe80*) ;; *) ip addr del $address dev here ;; esac;"
                + "done");
    }

    @AfterAll
    static void takeItDown() {
        if (neighbour != null) {
            neighbour.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "10.7.0.50, 10.7.0.50/24",
        "10.7.0.50/32, 10.7.0.50/32",
        "10.7.0.50/24, 10.7.0.50/24",
        "fd07::50, fd07::50/64",
        "FD07:0:0::0050, fd07::50/64",
        "fd07::50/128, fd07::50/128"
    })
    void anAddressComesAndGoes(String address, String shown) {
        assertThat(agent("status", address).status()).isEqualTo(7);
        var started = agent("start", address);
        assertThat(started.status()).as(started.output()).isZero();
        assertThat(node.sh("ip addr show dev here")).contains(shown);
        assertThat(agent("start", address).status()).as("a second start changes nothing").isZero();
        assertThat(agent("status", address)).isEqualTo(new Outcome(0, ""));
        assertThat(agent("status", address, "OCF_CHECK_LEVEL", "10")).isEqualTo(new Outcome(0, ""));

        assertThat(agent("stop", address).status()).isZero();
        assertThat(node.sh("ip addr show dev here")).doesNotContain(shown).contains("10.7.0.1/24", "fd07::1/64");
        assertThat(agent("stop", address)).as("a second stop changes nothing").isEqualTo(new Outcome(0, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.7.0", "10.7.0.256", "10.7.0.010", "10.7.0.50/33", "10.7.0.50/", "10.7.0.50/x",
        "fd07:::1", "fd07::1::2", "fd07::12345", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "fd07::1/129", ":1::", "fe80"})
    void nonsenseIsRefused(String address) {
        assertThat(agent("start", address).status()).isEqualTo(2);
        assertThat(agent("validate-all", address).status()).isEqualTo(2);
    }

    @Test
    void anAddressOfNoNetworkOfThisNodeIsRefused() {
        assertThat(agent("start", "10.8.0.50").status()).isEqualTo(1);
        assertThat(agent("start", "fd08::50").output()).contains("no interface that is up");
    }

    @ParameterizedTest
    @CsvSource({"10.7.0.9, 24", "fd07::9, 64"})
    void anAddressThatSomebodyElseHoldsIsRefused(String address, String prefix) {
        // The kernel answers for a new IPv6 address a moment after it was given.
        neighbour.sh("ip addr add " + address + "/" + prefix + " dev there; until ip route get " + address
                + " | grep -q ^local; do sleep 0.01; done");
        var outcome = agent("start", address);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains(address + " is in use on the network of here");
        assertThat(node.sh("ip addr show dev here")).doesNotContain(address);

        neighbour.sh("ip addr del " + address + "/" + prefix + " dev there");
        assertThat(agent("start", address).status()).as("once it is free").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.7.0.50", "fd07::50"})
    void aNeighbourThatRemembersTheFormerHolderLearnsOfTheNewOne(String address) {
        neighbour.sh("ip neigh replace " + address + " lladdr 02:00:00:00:00:99 nud stale dev there");
        var hardware = node.sh("ip -o link show here").replaceAll("(?s).*ether (\\S+).*", "$1");
        assertThat(agent("start", address).status()).isZero();
        neighbour.sh("tries=0; until ip neigh show to " + address + " dev there | grep -q " + hardware + "; do "
                + "tries=$((tries + 1)); [ $tries -lt 100 ]; sleep 0.02; done");
    }

    /** What others see on the wire without having asked; the kernel announces with an IPv6 address all of the link. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # address  | times | source > destination, and what is said
          10.7.0.50 | 3 | HERE > ff:ff:ff:ff:ff:ff, Request who-has 10.7.0.50 (ff:ff:ff:ff:ff:ff) tell 10.7.0.50
          fd07::50  | 1 | HERE > 33:33:00:00:00:01, fd07::50 > ff02::1: neighbor advertisement, tgt is fd07::50
        """)
    void theAddressIsAnnouncedToAll(String address, int times, String said, @TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tcpdump")), "needs tcpdump");
        var packets = folder.resolve("packets");
        var errors = folder.resolve("errors");
        neighbour.sh("tcpdump -Z root -l -n -e -t -i there 'arp or icmp6' > " + packets + " 2> " + errors
                + " < /dev/null & echo $! > " + folder + "/pid; until grep -q ^listening " + errors
                + "; do sleep 0.01; done");
        try {
            assertThat(agent("start", address).status()).isZero();
            var hardware = node.sh("ip -o link show here").replaceAll("(?s).*ether (\\S+).*", "$1");
            Awaitility.await().untilAsserted(() -> assertThat(Files.readAllLines(packets))
                    .extracting(line -> line.replaceAll("ethertype \\S+ \\S+ length \\d+: |ICMP6, |, length \\d+$", ""))
                    .filteredOn(line -> line.equals(said.replace("HERE", hardware))).hasSize(times));
        } finally {
            neighbour.sh("kill $(cat " + folder + "/pid)");
        }
    }

    @Test
    void anInterfaceThatVanishesIsAFailureAndNothingToStop() {
        node.sh("ip link add brief type veth peer name far; ip addr add 10.9.0.1/24 dev brief; ip link set far up;"
                + "ip link set brief up; until ip link show brief | grep -q LOWER_UP; do sleep 0.01; done");
        assertThat(agent("start", "10.9.0.50").output()).contains("added 10.9.0.50/24 to brief");
        node.sh("ip link del brief");
        assertThat(agent("status", "10.9.0.50").status()).isEqualTo(7);
        assertThat(agent("stop", "10.9.0.50")).isEqualTo(new Outcome(0, ""));
        var again = agent("start", "10.9.0.50");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.output()).contains("no interface that is up has a network that contains 10.9.0.50");
    }

    @Test
    void aLostLinkFailsTheCheckUnlessNobodyWatchesIt() {
        assertThat(agent("start", "10.7.0.50").status()).isZero();
        neighbour.sh("ip link set there down");
        node.sh("until ip link show here | grep -q NO-CARRIER; do sleep 0.01; done");
        assertThat(agent("status", "10.7.0.50").output()).contains("here has no link");
        assertThat(agent("status", "10.7.0.50").status()).isEqualTo(1);
        assertThat(agent("status", "10.7.0.50", "OCF_RESKEY_monitor_link", "0").status()).isZero();
        assertThat(agent("status", "10.7.0.50", "OCF_RESKEY_monitor_link", "no").status()).isZero();
        assertThat(agent("status", "10.7.0.50", "OCF_RESKEY_monitor_link", "off").status()).isEqualTo(1);
        assertThat(agent("stop", "10.7.0.50").status()).isZero();
        assertThat(agent("start", "10.7.0.50").status()).as("it is not started without a link").isEqualTo(1);
        neighbour.sh("ip link set there up; ip addr replace fd07::2/64 dev there");
        awaitLink();
    }

    @Test
    void theNarrowestNetworkIsChosenUnlessAnInterfaceIsPreferred() {
        node.sh("ip link add wide type veth peer name far; ip addr add 10.7.1.1/16 dev wide;"
                + "ip link set far up; ip link set wide up; until ip link show wide | grep -q LOWER_UP;"
                + "do sleep 0.01; done");
        assertThat(agent("start", "10.7.0.50").output()).contains("added 10.7.0.50/24 to here");
        assertThat(agent("start", "10.7.9.50").output()).contains("added 10.7.9.50/16 to wide");
        assertThat(agent("start", "10.7.0.51", "OCF_RESKEY_prefer_interface", "wide").output())
                .contains("added 10.7.0.51/16 to wide");
    }

    @Test
    void sleepingAfterRemovalIsOnlyForThoseWhoAskForIt(@TempDir Path folder) throws Exception {
        agent("start", "10.7.0.50");
        var calls = folder.resolve("calls");
        replace("sleep", "echo slept $1 >> " + calls, folder);
        assertThat(agent("stop", "10.7.0.50").status()).isZero();
        assertThat(calls).doesNotExist();
        node.sh("ip addr add 10.7.0.50/24 dev here");
        assertThat(agent("stop", "10.7.0.50", "OCF_RESKEY_sleeptime", "7").status()).isZero();
        assertThat(calls).hasContent("slept 7");
    }

    /** A bond that is not told to watch its members says LOWER_UP for ever. */
    @Test
    void aBondWhoseMembersAreAllDeadHasNoLink(@TempDir Path folder) throws Exception {
        var listing = """
            2: eth0: <NO-CARRIER,BROADCAST,MULTICAST,SLAVE,UP> mtu 1500 qdisc fq master bond0 state DOWN group default
            3: eth1: <BROADCAST,MULTICAST,SLAVE,UP%s> mtu 1500 qdisc fq master bond0 state UP group default
            4: bond0: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
            5: bond0.7@bond0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
                inet 10.9.0.50/24 scope global bond0.7
            """;
        replace("ip", "cat <<'END'\n" + listing.formatted(",LOWER_UP") + "END", folder);
        assertThat(agent("status", "10.9.0.50")).as("one member lives").isEqualTo(new Outcome(0, ""));
        replace("ip", "cat <<'END'\n" + listing.formatted("") + "END", folder);
        assertThat(agent("status", "10.9.0.50").status()).as("no member lives").isEqualTo(1);
    }

    /** Puts a program of ours in the place of the system's, in this name space only. */
    private void replace(String program, String body, Path folder) throws Exception {
        var stub = Files.writeString(folder.resolve(program), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
        node.sh("mount --bind " + stub + " $(readlink -f $(command -v " + program + "))");
    }

    private Outcome agent(String action, String address, String... more) {
        var environment = new HashMap<>(Map.of("OCF_RESKEY_address", address));
        for (int at = 0; at < more.length; at += 2) {
            environment.put(more[at], more[at + 1]);
        }
        return node.run(environment, List.of(Program.agent("ip"), action));
    }
}
