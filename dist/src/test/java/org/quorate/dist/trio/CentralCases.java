package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.quorate.dist.site.Output;

/** One member decides for all, by event scripts, and another one does when it dies. */
interface CentralCases extends Cases {
    @Test
    @Order(21)
    default void scriptsPlaceServicesOnTheNodesThatThereAre() throws IOException {
        rgmanagers("stop");
        trio().put(1, "/tmp/next.conf", Files.readString(Trio.CONFIGURATIONS.resolve("central.conf")));
        Output updated = trio().at(1, "ccs_tool", "update", "/tmp/next.conf");
        assertThat(updated.status()).as(updated.toString()).isZero();
        rgmanagers("start");
        trio().settle();
        assertThat(trio().at(2, "clustat").out()).containsPattern("amcluster1 +1 Online, RG-Master\n")
                .containsPattern("amcluster3 +3 Online, RG-Worker\n");
        // A and B are apart, and a service that a script places is where the script put it.
        trio().await("both", () -> trio().where("work:a").size() == 1 && trio().where("work:b").size() == 1);
        assertThat(trio().where("work:a")).isNotEqualTo(trio().where("work:b"));
        trio().says(2, 0, """
                Local machine trying to enable service:placed...Success
                service:placed is now running on amcluster3""", "-e", "placed");
        trio().awaitOn(3, "work:placed");
        trio().says(1, 0, "Local machine stopping service:placed...Success", "-s", "placed");
    }

    private void rgmanagers(String verb) {
        CompletableFuture.allOf(List.of(1, 2, 3).stream().map(node -> CompletableFuture.runAsync(() ->
                assertThat(trio().at(node, "/etc/init.d/rgmanager", verb)).matches(Output::success, verb + "s")))
                .toArray(CompletableFuture[]::new)).join();
    }

    @Test
    @Order(22)
    default void theMasterDiesAndTheNextOneDecides() {
        trio().awaitOn(1, "work:a");
        int followed = trio().where("work:b").getFirst();
        trio().blade(1).powerOff();
        trio().awaitOn(followed, "work:a");
        trio().await("the one that was followed moves on", () -> trio().where("work:b").size() == 1
                && !trio().where("work:b").equals(List.of(followed)));
        assertThat(trio().at(followed, "grep", "-h", "event master", "/var/log/cluster/rgmanager.log").out()
                + trio().at(5 - followed, "grep", "-h", "event master", "/var/log/cluster/rgmanager.log").out())
                .contains("this node is the event master");
    }
}
