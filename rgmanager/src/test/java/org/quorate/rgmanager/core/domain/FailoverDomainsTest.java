package org.quorate.rgmanager.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.Xml;

class FailoverDomainsTest {
    private static FailoverDomains domains(String text) {
        Element cluster = Xml.parse("<cluster><clusternodes><clusternode name='a' nodeid='1'/>"
                + "<clusternode name='B' nodeid='2'/></clusternodes><rm><failoverdomains>" + text
                + "</failoverdomains></rm></cluster>");
        return FailoverDomains.read(cluster);
    }

    @Test
    void flagsAreNumbers() {
        assertThat(domains("<failoverdomain name='d' ordered='1' restricted='yes' nofailback='2'/>").listing())
                .isEqualTo("Failover domain: d\nFlags: Ordered No Failback\n");
    }

    @Test
    void withoutFlagsThereAreNone() {
        assertThat(domains("<failoverdomain name='d' ordered='0'/>").listing())
                .isEqualTo("Failover domain: d\nFlags: none\n");
    }

    @Test
    void prioritiesOneToHundredCountInOrderedDomains() {
        assertThat(domains("<failoverdomain name='d' ordered='1'><failoverdomainnode name='a' priority='100'/>"
                + "<failoverdomainnode name='b' priority='101'/><failoverdomainnode name='c' priority='-1'/>"
                + "<failoverdomainnode name='e'/></failoverdomain><failoverdomain name='f'>"
                + "<failoverdomainnode name='B' priority='3'/></failoverdomain>").listing()).isEqualTo("""
                Failover domain: d
                Flags: Ordered\s
                  Node a (id 1, priority 100)
                  Node b (id -1, priority 0)
                  Node c (id -1, priority 0)
                  Node e (id -1, priority 0)
                Failover domain: f
                Flags: none
                  Node B (id 2, priority 0)
                """);
    }

    @Test
    void aRepeatedDomainEndsTheReading() {
        FailoverDomains domains = domains("<failoverdomain name='d'/><failoverdomain name='D'/>"
                + "<failoverdomain name='e'/>");
        assertThat(domains.all()).extracting(FailoverDomain::name).containsExactly("d");
        assertThat(domains.problems()).containsExactly("#31: Domain D defined multiple times");
        assertThat(domains.find("D")).isPresent();
    }

    @Test
    void aRepeatedNodeEndsTheListOfItsDomain() {
        FailoverDomains domains = domains("<failoverdomain name='d'><failoverdomainnode name='a'/>"
                + "<failoverdomainnode name='A'/><failoverdomainnode name='c'/></failoverdomain>"
                + "<failoverdomain name='e'/>");
        assertThat(domains.all().getFirst().nodes()).extracting(FailoverDomain.Node::name).containsExactly("a");
        assertThat(domains.all()).hasSize(2);
        assertThat(domains.problems()).containsExactly("#30: Node A defined multiple times in domain d");
    }

    @Test
    void ofASecondBlockOnlyWhatIsFurtherDownIsSeen() {
        assertThat(FailoverDomains.read(Xml.parse("<cluster><clusternodes/><clusternodes>"
                + "<clusternode name='x' nodeid='7'/></clusternodes><rm/>"
                + "<rm><failoverdomains><failoverdomain name='d'/></failoverdomains></rm>"
                + "<rm><failoverdomains><failoverdomain name='hidden' ordered='1'/><failoverdomain name='e'>"
                + "<failoverdomainnode name='x'/></failoverdomain></failoverdomains></rm></cluster>")).listing())
                .isEqualTo("""
                Failover domain: d
                Flags: Ordered\s
                Failover domain: e
                Flags: none
                  Node x (id 7, priority 0)
                """);
    }

    @Test
    void namelessOnesEndTheReadingToo() {
        assertThat(domains("<failoverdomain/><failoverdomain name='e'/>").all()).isEmpty();
        assertThat(FailoverDomains.read(Xml.parse("<cluster/>")).all()).isEmpty();
    }
}
