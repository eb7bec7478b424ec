package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.quorate.dist.site.Output;

/** What clusvcadm answers, and what comes of it. */
interface RequestCases extends Cases {
    @Test
    @Order(1)
    default void eachServiceIsWhereItsDomainLikesItBest() {
        Stream.of("web", "app", "log", "again", "away", "off").forEach(name -> trio().awaitOn(1, "work:" + name));
        trio().awaitOn(2, "work:db");
        trio().awaitOn(2, "work:parts");
        // These do not go back: they are where the first node that came started them.
        for (String name : List.of("service:mail", "service:cold")) {
            if (!trio().state(name).equals("started 3")) {
                trio().says(3, 0, "Trying to relocate " + name + " to amcluster3...Success\n" + name
                        + " is now running on amcluster3", "-r", name, "-m", "amcluster3");
            }
            trio().awaitOn(3, name.replace("service:", "work:"));
        }
        if (!trio().state("vm:guest").equals("started 3")) {
            assertThat(trio().clusvcadm(1, "-M", "vm:guest", "-m", "amcluster3")).matches(Output::success, "migrates");
        }
        trio().awaitOn(3, "guest:guest");
        assertThat(trio().state("service:alone")).isEqualTo("disabled");
        assertThat(trio().where("work:alone")).isEmpty();
    }

    @Test
    @Order(2)
    default void agentsOfOcfRunAsTheyCome() {
        assertThat(trio().at(1, "ip", "-br", "-4", "address", "show", "bond0").text()).contains("192.168.100.30/24");
        assertThat(trio().at(1, "ls", "/run/resource-agents").text()).contains("web-dummy");
        trio().says(2, 0, """
                Trying to relocate service:web to amcluster2...Success
                service:web is now running on amcluster2""", "-r", "web", "-m", "amcluster2");
        trio().awaitOn(2, "work:web");
        assertThat(trio().at(2, "ip", "-br", "-4", "address", "show", "bond0").text()).contains("192.168.100.30/24");
        assertThat(trio().at(1, "ip", "-br", "-4", "address", "show", "bond0").text()).doesNotContain("100.30");
        // Its check finds that the address is gone, and the whole service starts again where it is.
        trio().at(2, "ip", "address", "del", "192.168.100.30/24", "dev", "bond0").text();
        trio().await("the address is back", () -> trio().at(2, "ip", "-br", "-4", "address", "show", "bond0").text()
                .contains("192.168.100.30/24"));
        trio().says(3, 0, """
                Trying to relocate service:web...Success
                service:web is now running on amcluster1""", "-r", "web");
        trio().awaitOn(1, "work:web");
    }

    @Test
    @Order(3)
    default void commandsAnswerInTheWordsThatTheyHaveAlwaysHad() {
        trio().says(1, 0, "Local machine disabling service:off...Success", "-d", "off");
        assertThat(trio().state("service:off")).isEqualTo("disabled");
        assertThat(trio().where("work:off")).isEmpty();
        trio().says(1, 0, """
                Local machine trying to enable service:off...Success
                service:off is now running on amcluster1""", "-e", "off");
        trio().says(2, 0, "Local machine trying to enable service:off...Service is already running", "-e", "off");
        trio().says(2, 0, "Local machine stopping service:off...Success", "-s", "off");
        assertThat(trio().state("service:off")).isEqualTo("stopped");
        trio().says(1, 0, """
                Member amcluster3 trying to enable service:off...Success
                service:off is now running on amcluster3""", "-e", "off", "-m", "amcluster3");
        trio().awaitOn(3, "work:off");
        int pid = trio().pid("work:off");
        trio().says(2, 0, "Local machine trying to restart service:off...Success", "-R", "off");
        trio().awaitOn(3, "work:off");
        assertThat(trio().pid("work:off")).isNotEqualTo(pid);
        trio().says(2, 0, "Local machine disabling service:off...Success", "-d", "off");
        trio().says(3, 0, """
                Local machine trying to enable service:off...Success
                service:off is now running on amcluster1""", "-F", "-e", "off");
        trio().awaitOn(1, "work:off");
        trio().says(1, 0, """
                Trying to relocate service:db to amcluster3...Success
                service:db is now running on amcluster3""", "-r", "db", "-n", "amcluster3");
        // Node 1 is none of the domain's, and it is restricted: the service starts again where it was.
        trio().says(1, 239, "Trying to relocate service:db to amcluster1...Failed; service running on original owner",
                "-r", "db", "-m", "amcluster1");
        trio().says(1, 0, """
                Trying to relocate service:db...Success
                service:db is now running on amcluster2""", "-r", "db");
        trio().awaitOn(2, "work:db");
        trio().awaitOn(1, "work:app");
    }

    @Test
    @Order(3)
    default void whatIsRefusedHasAReason() {
        trio().says(1, 252, "Local machine trying to enable service:nosuch...Service does not exist", "-e", "nosuch");
        trio().says(1, 248, "Trying to migrate service:web to amcluster2...Invalid operation for resource", "-M", "web",
                "-m", "amcluster2");
        trio().says(2, 1, """
                'nosuch' not in membership list
                No matches for 'nosuch' found""", "-r", "web", "-m", "nosuch");
        trio().says(1, 0, "Local machine convalescing service:parts...Service is already running", "-c", "parts");
        trio().says(1, 0, "Resource groups locked", "-l");
        for (int node : List.of(1, 2, 3)) {
            trio().says(node, 0, "Resource groups locked", "-S");
        }
        trio().says(3, 0, "Local machine disabling service:away...Success", "-d", "away");
        trio().says(2, 250, "Local machine trying to enable service:away...Temporary failure; try again", "-e", "away");
        trio().says(2, 0, "Resource groups unlocked", "-u");
        trio().says(1, 0, "Resource groups unlocked", "-S");
        trio().says(1, 0, """
                Local machine trying to enable service:away...Success
                service:away is now running on amcluster1""", "-e", "away");
        // Everywhere runs something, so there is no room for one that wants a node for itself.
        trio().says(1, 248, "Local machine trying to enable service:alone...Invalid operation for resource",
                "-e", "alone");
        assertThat(trio().where("work:alone")).isEmpty();
        assertThat(trio().at(2, "clustat", "--why", "alone").out()).contains("refused: enable");
        trio().says(1, 0, "Local machine freezing service:web...Success", "-Z", "web");
        trio().says(3, 245, "Trying to relocate service:web...Failure: Service is frozen", "-r", "web");
        trio().says(2, 245, "Local machine disabling service:web...Failure: Service is frozen", "-d", "web");
        trio().says(2, 0, "Local machine unfreezing service:web...Success", "-U", "web");
    }
}
