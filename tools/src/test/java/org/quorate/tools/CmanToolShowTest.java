package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.tools.CmanTerminal.at;
import static org.quorate.tools.CmanTerminal.node;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.cman.CmanReply;

/** What a person or a script is shown of a cluster. */
@Timeout(20)
class CmanToolShowTest {
    @AutoClose
    private final CmanTerminal terminal;

    CmanToolShowTest(@TempDir Path root) {
        terminal = new CmanTerminal(root);
    }

    @Test
    void statusIsAsScriptsKnowIt() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("status")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                Version: 6.2.0
                Config Version: 6
                Cluster Name: AMHA
                Cluster Id: 1037
                Cluster Member: Yes
                Cluster Generation: 12
                Membership state: Cluster-Member
                Nodes: 2
                Expected votes: 1
                Total votes: 2
                Node votes: 1
                Quorum: 1 \s
                Active subsystems: 8
                Flags: 2node\s
                Ports Bound: 0 177 \s
                Node name: amcluster1
                Node ID: 1
                Multicast addresses: 239.192.4.17\s
                Node addresses: 192.168.56.11\s
                """);
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void statusOfANodeWithoutQuorumAndWithAQuorumDevice() throws Exception {
        terminal.epoch = CmanTerminal.epoch(false, 1);
        terminal.deviceVotes = 1;
        terminal.flags = List.of();
        terminal.nodes = List.of(node(1, "amcluster1", "Member", 8, at(51, 10)),
                node(2, "amcluster2", "Disallowed", 12, 0));
        terminal.cmand();
        assertThat(terminal.run("status")).isZero();
        assertThat(terminal.out()).contains("\nExpected votes: 1\nQuorum device votes: 1\nTotal votes: 1\n")
                .contains("\nQuorum: 1 Activity blocked\n")
                .contains("\nFlags: \n")
                .endsWith("Node addresses: 192.168.56.11 \nDisallowed nodes: amcluster2 \n");
    }

    @Test
    void nodesIsAsScriptsKnowIt() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("nodes")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                Node  Sts   Inc   Joined               Name
                   1   M      8   2009-03-03 09:51:10  amcluster1
                   2   M     12   2009-03-03 09:51:22  amcluster2
                """);
    }

    @Test
    void nodesWithADeadNodeAQuorumDeviceFencingAndAddresses() throws Exception {
        terminal.nodes = List.of(node(0, "/dev/sdb1", "Member", 0, at(52, 1)),
                node(1, "amcluster1", "Member", 8, at(51, 10)),
                new CmanReply.Node(2, "amcluster2", "Dead", 12, 1, 1, 0, List.of("192.168.56.12"), at(51, 22),
                        "agent of node 1", true));
        terminal.cmand();
        assertThat(terminal.run("-a", "nodes", "-f")).isZero();
        assertThat(terminal.out()).isEqualTo("Node  Sts   Inc   Joined               Name\n"
                + "   0   M      0   2009-03-03 09:52:01  /dev/sdb1\n"
                + "       Addresses: \n"
                + "   1   M      8   2009-03-03 09:51:10  amcluster1\n"
                + "       Addresses: 192.168.56.11 \n"
                + "   2   X     12                        amcluster2\n"
                + "       Last fenced:   2009-03-03 09:51:22 by agent of node 1\n"
                + "       Node has not been fenced since it went down\n"
                + "       Addresses: 192.168.56.12 \n");
    }

    @Test
    void nodesByColumnsAndByName() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("nodes", "-F", "id,type,name,addr,votes,exp,state,other")).isZero();
        assertThat(terminal.out()).isEqualTo("1 M amcluster1 192.168.56.11 1 1 Member \n"
                + "2 M amcluster2 192.168.56.12 1 1 Member \n");
        terminal.clear();
        assertThat(terminal.run("nodes", "-n", "amcluster2", "-F", "id")).isZero();
        assertThat(terminal.out()).isEqualTo("2 \n");
    }

    @Test
    void disallowedNodesAreToldFirst() throws Exception {
        terminal.nodes = List.of(node(1, "amcluster1", "Disallowed", 8, 0));
        terminal.cmand();
        assertThat(terminal.run("nodes")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                NOTE: There are 1 disallowed nodes,
                      members list may seem inconsistent across the cluster
                Node  Sts   Inc   Joined               Name
                   1   d      8                        amcluster1
                """);
    }

    @Test
    void servicesAreTheGroupsOfThisNode() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("services")).isZero();
        assertThat(terminal.out()).isEqualTo("type             level name       id       state       \n"
                + "fence            0     default    00010001 none        \n"
                + "[1 2]\n"
                + "dlm              1     rgmanager  00020001 none        \n"
                + "[1]\n");
    }

    @Test
    void theVersionIsPrinted() throws Exception {
        terminal.cmand();
        assertThat(terminal.run("version")).isZero();
        assertThat(terminal.out()).isEqualTo("6.2.0 config 6\n");
    }
}
