package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.quorate.dist.site.Output;

/** Virtual machines: they go from node to node while they run, and there is never a second one. */
interface GuestCases extends Cases {
    @Test
    @Order(11)
    default void aGuestMovesLiveOrPaused() {
        trio().awaitOn(1, "guest:guest");
        trio().says(1, 0, "Trying to migrate vm:guest to amcluster3...Success", "-M", "vm:guest", "-m", "amcluster3");
        assertThat(trio().where("guest:guest")).containsExactly(3);
        trio().says(2, 0, "Trying to migrate vm:still to amcluster2...Success", "-M", "vm:still", "-m", "amcluster2");
        assertThat(trio().where("guest:still")).containsExactly(2);
        trio().awaitOn(2, "guest:still");
        trio().says(2, 0, "Trying to migrate vm:still to amcluster1...Success", "-M", "vm:still", "-m", "amcluster1");
        trio().awaitOn(1, "guest:still");
    }

    @Test
    @Order(12)
    default void aGuestWhoseSourceDiesUnderWayStartsOnce() {
        trio().share("slow", "");
        CompletableFuture<Void> asked = CompletableFuture.runAsync(() ->
                trio().clusvcadm(1, "-M", "vm:guest", "-m", "amcluster1"));
        trio().await("half of it has arrived", () -> trio().at(1, "test", "-e", "/srv/shared/to-am1.here").success());
        trio().blade(3).powerOff();
        trio().unshare("slow");
        trio().awaitOn(1, "guest:guest");
        asked.join();
        trio().settle();
    }

    /** After the others: all managers die, and what they knew of earlier decisions with them. */
    @Test
    @Order(16)
    default void whatMayHaveArrivedIsNotStartedThoughNobodyIsLeftWhoKnows() {
        trio().settle();
        trio().await("the guest runs", () -> trio().where("guest:guest").size() == 1);
        int source = trio().where("guest:guest").getFirst();
        int target = source % 3 + 1;
        int third = target % 3 + 1;
        trio().share("slow", "");
        CompletableFuture<Void> asked = CompletableFuture.runAsync(() ->
                trio().clusvcadm(source, "-M", "vm:guest", "-m", "amcluster" + target));
        trio().await("half of it has arrived",
                () -> trio().at(target, "test", "-e", "/srv/shared/to-am" + target + ".here").success());
        endManager(target);
        endManager(third);
        trio().blade(source).powerOff();
        trio().unshare("slow");
        startManager(third);
        trio().await("its start is put off", () -> trio().at(third, "grep", "-q", "wait with the start on amcluster"
                + third + ": vm:guest may have been sent to .*amcluster" + target, "/var/log/cluster/rgmanager.log")
                .success());
        assertThat(trio().where("guest:guest")).isEmpty();
        startManager(target);
        trio().await("it has not arrived, and is started", () -> trio().where("guest:guest").size() == 1);
        asked.join();
        trio().settle();
    }

    /** With the warden, who would start another one. */
    private void endManager(int node) {
        long manager = trio().blade(node).pidOf("rgmanager").orElseThrow();
        assertThat(trio().at(node, "sh", "-c", "read -r _ _ _ warden _ < /proc/" + manager
                + "/stat; kill -KILL $warden " + manager)).matches(Output::success, "kills");
        trio().await("no manager", () -> !trio().at(node, "kill", "-0", Long.toString(manager)).success());
    }

    private void startManager(int node) {
        assertThat(trio().at(node, "/etc/init.d/rgmanager", "start")).matches(Output::success, "starts");
    }
}
