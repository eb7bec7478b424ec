package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

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
}
