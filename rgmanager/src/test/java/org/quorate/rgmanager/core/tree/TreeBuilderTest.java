package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;

class TreeBuilderTest {
    private static Stream<String> names(TreeNode node) {
        return Stream.concat(Stream.of(node.resource().fullName()),
                node.children().stream().flatMap(TreeBuilderTest::names));
    }

    private static List<String> texts(ResourceConfiguration configuration) {
        return configuration.messages().stream().map(Message::text).toList();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        # resources | service | messages or children | because
          <address address='1'/><address address='1'/> | <address ref='1'/> \
            | Error: Primary attribute collision. type=address attr=address value=1;Error storing address resource;\
        address:1 | a primary value belongs to one
          <disk name='a' mountpoint='/a' device='/d'/><disk name='b' mountpoint='/b' device='/d'/> | <disk ref='b'/> \
            | Error: Unique attribute collision. type=disk attr=device value=/d;Error storing disk resource;\
        Error: Reference to nonexistent resource b (type disk) | a unique value belongs to one
          <address address='1'/> | <address ref='1'/><shared name='s'><address ref='1'/></shared> \
            | Warning: Max references exceeded for resource address (type address);address:1;shared:s \
            | one use and no more
          ~~ | <shared name='s'/><shared name='t'><shared ref='s'/></shared> \
            | Error: Reference to inlined resource s (type shared) is illegal;shared:s;shared:t \
            | what is defined inside cannot be referred to
          <program name='p' file='/p'/> | <program ref='/p'/> | program:p \
            | another unique and required value will do
          <address address='1' monitor_link='7'/> | <address ref='7'/> \
            | Error: Reference to nonexistent resource 7 (type address) | but not just any value
          <disk name='a' mountpoint='/a' device='/a'/><disk name='b'/><disk name='c' mountpoint='/c' device='/c'/> \
            | <disk ref='a'/><disk ref='c'/> \
            | Error: Reference to nonexistent resource c (type disk);disk:a | an invalid entry hides later ones
          ~~ | <address address='1'/><address/><address address='2'/><shared name='s'/> | address:1;shared:s \
            | of a declared type, too, and without a word
          ~~ | <shared name='s'/><client name='c'/><shared name='t'/> \
            | No resource found @ /cluster/rm/child::*[2]/child::*[2];shared:s \
            | where types are not declared, of all types
          ~~ | <nosuch/><shared name='s'/> | shared:s | an unknown element is passed over
          ~~ | <disk name='a' mountpoint='/a' device='/a'><address address='1'/><shared name='s'/></disk> \
            | disk:a;shared:s | a forbidden child is dropped without a word
          ~~ | <program name='p' file=''/> | program:p | an empty value is a value
          ~~ | <shared name='s'/><PROGRAM name='p' file='/p'/><program name='q' file='/q'/> \
            | program:q;shared:s;program:p | an element in other letters is an undeclared child
          ~~ | <shared name='s'/><program name='p' file='/p'/><disk name='d' mountpoint='/d' device='/d'/> \
            | disk:d;program:p;shared:s | declared types first, in the order of the declarations
        """)
    void aServiceHas(String resources, String service, String expected, String because) {
        ResourceConfiguration configuration = Agents.configuration("<resources>" + resources
                + "</resources><service name='web'>" + service + "</service>");
        List<String> outcome = new ArrayList<>(texts(configuration));
        names(configuration.tree().roots().getFirst()).skip(1).forEach(outcome::add);
        assertThat(outcome).as(because).containsExactly(expected.split(";"));
    }

    @Test
    void aDeclarationInOtherLettersIsForNobodyAndHidesTheElementsThatAreWrittenLikeIt() {
        var types = new ResourceRules.Reader();
        types.add("parent.sh", Xml.parse("<resource-agent name='parent'><parameters>"
                + "<parameter name='name' primary='1'/></parameters>"
                + "<special tag='rgmanager'><child type='CHILD'/></special></resource-agent>"));
        types.add("child.sh", Xml.parse("<resource-agent name='child'><parameters><parameter name='name' primary='1'/>"
                + "</parameters></resource-agent>"));
        TreeNode parent = ResourceConfiguration.read(Xml.parse("<cluster><rm><parent name='p'><CHILD name='a'/>"
                + "<child name='b'/></parent></rm></cluster>"), types.rules(), Defaults.FOR_ALL)
                .tree().roots().getFirst();
        assertThat(names(parent)).containsExactly("parent:p", "child:b");
    }

    @Test
    void ofASecondBlockOnlyEntriesBeyondTheFirstBlocksAreSeen() {
        ResourceConfiguration configuration = Agents.configuration("<resources><shared name='a'/></resources>"
                + "<resources><shared name='b'/><shared name='c'/><address address='1'/></resources>");
        assertThat(configuration.resources().all()).extracting(Resource::fullName)
                .containsExactly("address:1", "shared:a", "shared:c");
    }

    @Test
    void resourcesAreListedByTypeAndInlineOnesAsTheyAreFound() {
        ResourceConfiguration configuration = Agents.configuration("<resources><shared name='s'/><address address='1'/>"
                + "</resources><service name='web'><program name='p' file='/p'/><disk name='d' mountpoint='/d'"
                + " device='/d'/></service>");
        assertThat(configuration.resources().all()).extracting(Resource::fullName)
                .containsExactly("address:1", "shared:s", "service:web", "disk:d", "program:p");
    }

    @ParameterizedTest(name = "__independent_subtree={0}")
    @CsvSource({"1, true, false", "yes, true, false", "2, true, true", "non-critical, true, true", "3, false, false",
        "0, false, false", "no, false, false", "'', false, false"})
    void aSubtreeIsIndependentOrNotCritical(String value, boolean independent, boolean nonCritical) {
        TreeNode node = Agents.configuration("<service name='web' __independent_subtree='1'><shared name='s'"
                + " __independent_subtree='" + value + "'/></service>").tree().roots().getFirst().children().getFirst();
        assertThat(node.independent()).isEqualTo(independent);
        assertThat(node.nonCritical()).isEqualTo(nonCritical);
        assertThat(node.parent()).get().extracting(TreeNode::independent).isEqualTo(false);
    }

    @Test
    void whatIsUsedTwiceIsCritical() {
        ResourceConfiguration configuration = Agents.configuration("<resources><shared name='s'/></resources>"
                + "<service name='a'><shared ref='s' __independent_subtree='2'/></service>"
                + "<service name='b'><shared ref='s'/></service>");
        assertThat(texts(configuration)).containsExactly(
                "Non-critical flag for shared:s is being cleared due to multiple references.");
        assertThat(configuration.tree().roots()).extracting(r -> r.children().getFirst().nonCritical())
                .containsExactly(true, false);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        # path                                           | value  | because
          web/shared:t/client:c, service_name            | web    | it climbs to the nearest of the type
          web/shared:t/client:c, path                    |        | only the direct parent is asked
          web/disk:d/export:e/client:c2, path            | /d     | the parent inherits it itself
          web/disk:d/export:e/client:c3, path            | /own   | an explicit value wins
          web/disk:d, nfslock                            | 1      | from the service
          web/shared:t/client:c, options                 |        | it is not configured
        """)
    void anInheritedValueComesFromAbove(String where, String value, String because) {
        ResourceConfiguration configuration = Agents.configuration("<service name='web' nfslock='1'><shared name='t'>"
                + "<client name='c' target='*'/></shared><disk name='d' mountpoint='/d' device='/dev/d'>"
                + "<export name='e'><client name='c2' target='*'/><client name='c3' target='*' path='/own'/></export>"
                + "</disk></service>");
        String[] node = where.split(", ");
        TreeNode found = configuration.resources().all().stream().flatMap(r -> r.uses().stream())
                .filter(n -> n.path().equals("service:" + node[0])).findFirst().orElseThrow();
        assertThat(found.value(node[1]).orElse(null)).as(because).isEqualTo(value);
    }

    @Test
    void aDefinitionOverridesOperations() {
        ResourceConfiguration configuration = Agents.configuration("<resources><address address='1'>"
                + "<action name='status' depth='*' interval='7'/><action name='status' depth='10' interval='0'/>"
                + "<action name='start' timeout='1m'/><action name='status' depth='20' timeout='1' interval='2'/>"
                + "<action name='status' depth='30' timeout='1'/><action name='recover' timeout='1' interval='1'/>"
                + "</address></resources><service name='web'><address ref='1'><action name='stop' timeout='9'/>"
                + "</address></service>");
        assertThat(configuration.resources().all().getFirst().actions())
                .extracting(a -> a.name() + " " + a.depth() + " " + a.timeout().toSeconds() + "/"
                        + a.interval().toSeconds())
                .containsExactly("start 0 60/0", "stop 0 20/0", "status 0 10/7", "status 10 10/0", "status 20 1/2");
        assertThat(texts(configuration)).containsExactly(
                "Replacing action 'status' depth 0: interval: 20->7",
                "Replacing action 'status' depth 10: interval: 60->7",
                "Replacing action 'status' depth 10: interval: 7->0",
                "Replacing action 'start' depth 0: timeout: 20->60 ");
    }

    @Test
    void defaultsAreReplacedForAllOrForInlineResources() {
        String rm = "<cluster><rm><resource-defaults><address monitor_link='0' address='x'/>"
                + "<client service_name='me'/><program file='/x'/></resource-defaults>"
                + "<resources><address address='1'/></resources>"
                + "<service name='web'><address ref='1'/><address address='2'/></service></rm></cluster>";
        ResourceConfiguration all = ResourceConfiguration.read(Xml.parse(rm), Agents.rules(), Defaults.FOR_ALL);
        ResourceConfiguration inline = ResourceConfiguration.read(Xml.parse(rm), Agents.rules(), Defaults.FOR_INLINE);
        assertThat(texts(all)).isEqualTo(texts(inline)).containsExactly(
                "changing default for address attr monitor_link from 1 to 0",
                "changing default for client attr service_name from service%name to me");
        assertThat(monitorLinks(all)).containsExactly("0", "0");
        assertThat(monitorLinks(inline)).containsExactly("1", "0");
    }

    private static List<String> monitorLinks(ResourceConfiguration configuration) {
        return configuration.resources().all().stream().flatMap(r -> r.property("monitor_link").stream()).toList();
    }

    @Test
    void aRootCountsItsRestartsAsItsResourceSays() {
        ResourceConfiguration configuration = Agents.configuration("<service name='a' max_restarts='2'"
                + " __max_restarts='5' __restart_expire_time='5'/><service name='b'/><guest name='g'/>");
        assertThat(configuration.tree().roots()).extracting(r -> r.restarts().isPresent())
                .containsExactly(true, false, false);
        assertThat(configuration.tree().roots()).extracting(TreeNode::migratable).containsExactly(false, false, true);
    }

    /** Whatever stands in the file: it is read to the end, and no resource is used more often than allowed. */
    @Test
    void anyFileCanBeRead() {
        for (int seed = 0; seed < 500; seed++) {
            StringBuilder text = new StringBuilder();
            randomElements(new Random(seed), text, 0);
            ResourceConfiguration configuration = Agents.configuration(text.toString());
            assertThat(configuration.resources().all()).as("seed " + seed).allSatisfy(resource -> assertThat(
                    resource.rule().maxInstances() == 0 || resource.uses().size() <= resource.rule().maxInstances())
                    .isTrue());
            assertThat(TreeListing.tree(configuration.tree())).as("seed " + seed).doesNotContain("null;");
        }
    }

    private static void randomElements(Random random, StringBuilder text, int depth) {
        List<String> names = List.of("resources", "service", "disk", "export", "client", "address", "SHARED", "shared",
                "action", "program", "nosuch", "guest", "resource-defaults");
        List<String> attributes = List.of("name", "ref", "mountpoint", "device", "target", "address", "file", "path",
                "__independent_subtree", "__max_failures", "depth", "interval", "timeout", "memory");
        for (int n = random.nextInt(5); n > 0 && depth < 5; n--) {
            String name = names.get(random.nextInt(names.size()));
            text.append('<').append(name);
            attributes.stream().filter(_ -> random.nextInt(3) > 0).forEach(a -> text.append(' ').append(a)
                    .append("='").append(List.of("", "1", "2", "yes", "-1", "a%b", "name").get(random.nextInt(7)))
                    .append('\''));
            text.append('>');
            randomElements(random, text, depth + 1);
            text.append("</").append(name).append('>');
        }
    }
}
