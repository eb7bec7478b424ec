package org.quorate.dist.trio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What happens when something fails, by the policies of cluster.conf. */
interface PolicyCases extends Cases {
    @Test
    @Order(4)
    default void aFailureIsRecoveredFromAsThePolicySays() {
        trio().kill("work:off");
        trio().kill("work:away");
        trio().kill("work:again");
        trio().await("it is disabled", () -> trio().state("service:off").equals("disabled"));
        trio().awaitOn(2, "work:away");
        int killed = trio().kill("work:again");
        trio().await("another one", () -> trio().running("work:again").orElse(killed) != killed);
        trio().awaitOn(1, "work:again");
        trio().kill("work:again");
        trio().awaitOn(2, "work:again");
        // One that cannot be started anywhere is stopped; one that cannot be stopped has failed.
        trio().share("away.stop", "");
        assertThat(trio().clusvcadm(1, "-s", "away").status()).isNotZero();
        assertThat(trio().state("service:away")).isEqualTo("failed");
        trio().unshare("away.stop");
        trio().says(1, 254, "Local machine trying to enable service:away...Aborted; service failed", "-e", "away");
        trio().says(1, 0, "Local machine disabling service:away...Success", "-d", "away");
        trio().share("away.start", "");
        assertThat(trio().clusvcadm(1, "-e", "away").status()).isNotZero();
        assertThat(trio().state("service:away")).isEqualTo("stopped");
        trio().unshare("away.start");
        for (String name : List.of("off", "away")) {
            trio().says(1, 0, "Local machine trying to enable service:" + name + "...Success\nservice:" + name
                    + " is now running on amcluster1", "-e", name);
        }
        trio().says(1, 0, """
                Trying to relocate service:again to amcluster1...Success
                service:again is now running on amcluster1""", "-r", "again", "-m", "amcluster1");
    }

    @Test
    @Order(4)
    default void aPartThatIsNotCriticalIsLeftOutUntilItIsAskedFor() {
        int critical = trio().pid("work:parts");
        trio().share("extra.start", "");
        trio().kill("work:extra");
        trio().await("it is partial", () -> trio().partial("service:parts"));
        assertThat(trio().where("work:extra")).isEmpty();
        trio().unshare("extra.start");
        trio().says(1, 0, "Local machine convalescing service:parts...Success", "-c", "parts");
        assertThat(trio().where("work:extra")).containsExactly(2);
        assertThat(trio().partial("service:parts")).isFalse();
        assertThat(trio().pid("work:parts")).isEqualTo(critical);
    }

    @Test
    @Order(5)
    default void aHardDependencyIsFollowedAndASoftOneIsNot() {
        int log = trio().pid("work:log");
        trio().says(1, 0, "Local machine disabling service:db...Success", "-d", "db");
        trio().await("what needs it is stopped", () -> trio().state("service:app").equals("stopped"));
        assertThat(trio().where("work:app")).isEmpty();
        trio().says(1, 249, "Local machine trying to enable service:app...Operation violates dependency rule",
                "-e", "app");
        assertThat(trio().pid("work:log")).isEqualTo(log);
        trio().says(2, 0, """
                Local machine trying to enable service:db...Success
                service:db is now running on amcluster2""", "-e", "db");
        trio().awaitOn(1, "work:app");
    }

    @Test
    @Order(6)
    default void whatWasFrozenStaysWhenItsNodeDiesAndANodeThatJoinsLaterKnows() {
        trio().says(1, 0, "Local machine freezing service:cold...Success", "-Z", "cold");
        trio().blade(3).powerOff();
        trio().awaitOn(1, "work:mail");
        trio().awaitOn(1, "guest:guest");
        assertThat(trio().where("work:cold")).isEmpty();
        trio().says(1, 0, "Resource groups locked", "-l");
        trio().settle();
        assertThat(trio().switched()).containsExactly("blade 3 on");
        trio().says(3, 0, "Resource groups locked", "-S");
        trio().says(3, 245, "Local machine trying to enable service:cold...Failure: Service is frozen", "-e", "cold");
        trio().says(3, 0, "Local machine unfreezing service:cold...Success", "-U", "cold");
        trio().says(3, 0, "Resource groups unlocked", "-u");
        trio().awaitOn(3, "work:cold");
        // nofailback
        assertThat(trio().where("work:mail")).containsExactly(1);
        trio().says(3, 0, """
                Trying to relocate service:mail to amcluster3...Success
                service:mail is now running on amcluster3""", "-r", "mail", "-m", "amcluster3");
    }
}
