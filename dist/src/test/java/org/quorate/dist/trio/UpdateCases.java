package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.quorate.dist.site.Output;

/** What an update of cluster.conf touches, what is told of the services, and a manager's end. */
interface UpdateCases extends Cases {
    @Test
    @Order(13)
    default void anUpdateTouchesWhatItChangesAndNothingElse() {
        String next = trio().changed(1, "type=\"Dummy\"", "type=\"Dummy\" fake=\"other\"")
                .replaceFirst("(?s)<service name=\"cold\".*?</service>", "<service name=\"fresh\" domain=\"first1\">"
                        + "<script name=\"fresh\" file=\"/etc/init.d/worker-fresh\"/></service>");
        trio().put(1, "/tmp/next.conf", next);
        SortedMap<String, Integer> before = running();
        Output dry = trio().at(1, "ccs_tool", "update", "--dry-run", "/tmp/next.conf");
        assertThat(dry.status()).as(dry.toString()).isZero();
        assertThat(dry.out()).contains("""
                Services:
                  service:web on amcluster1 runs on, but for some of its resources
                    restart     ocf:web-dummy: fake is new: other
                  service:db on amcluster2 is left alone
                """, " stops and is gone: it is not in the new configuration\n",
                "  service:fresh is new: it starts where its rules let it\n",
                "Interrupted: service:web, service:cold\nNothing was changed.\n");
        assertThat(running()).isEqualTo(before);
        assertThat(trio().at(1, "ccs_tool", "update", "/tmp/next.conf")).matches(Output::success, "updates");
        trio().awaitOn(1, "work:fresh");
        trio().await("the old one is gone", () -> trio().where("work:cold").isEmpty());
        SortedMap<String, Integer> after = running();
        after.remove("work:fresh");
        before.remove("work:cold");
        assertThat(after).isEqualTo(before);
    }

    private SortedMap<String, Integer> running() {
        SortedMap<String, Integer> all = new TreeMap<>();
        List.of(1, 2, 3).forEach(node -> all.putAll(Running.on(trio().blade(node))));
        return all;
    }

    @Test
    @Order(14)
    default void whatClustatSaysInJsonKeepsToItsSchema() throws IOException {
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Trio.HOME.resolve("docs/clustat.schema.json")));
        for (int node : List.of(1, 2, 3)) {
            for (String service : List.of("web", "db", "alone", "vm:guest")) {
                String said = trio().at(node, "clustat", "--json", "--why", service).out();
                assertThat(schema.validate(Trio.json(said))).as(said).isEmpty();
                assertThat(Trio.json(said).path("why").path("decisions")).as(said).isNotEmpty();
            }
        }
    }

    @Test
    @Order(15)
    default void aManagerThatIsKilledFindsItsServicesAgainAndOneThatIsStoppedGivesThemAway() {
        List<String> switched = trio().switched();
        int db = trio().pid("work:db");
        long manager = trio().blade(2).pidOf("rgmanager").orElseThrow();
        trio().blade(2).signal("rgmanager", "KILL");
        trio().await("another manager", () -> trio().blade(2).pidOf("rgmanager").orElse(manager) != manager);
        trio().settle();
        trio().awaitOn(2, "work:db");
        assertThat(trio().pid("work:db")).isEqualTo(db);
        assertThat(trio().at(2, "/etc/init.d/rgmanager", "stop")).matches(Output::success, "stops");
        trio().awaitOn(3, "work:db");
        trio().awaitOn(3, "work:parts");
        assertThat(trio().at(2, "/etc/init.d/rgmanager", "start")).matches(Output::success, "starts");
        trio().awaitOn(2, "work:db");
        trio().awaitOn(2, "work:parts");
        assertThat(trio().switched()).isEqualTo(switched);
    }
}
