package org.quorate.dist.amha;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.dist.site.Blade;
import org.quorate.dist.site.Links;
import org.quorate.dist.site.Output;

/**
 * After each blow the service runs once and answers, and at no moment did two blades have anything of it.
 *
 * <p>One site for all cases, because booting it is the most of each. What came out is in {@code target/amha}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AmhaTest {
    private static final String BUSINESS = "bond0";

    @TempDir
    private static Path folder;
    private static Amha amha;

    @BeforeAll
    static void boot() throws IOException {
        amha = Amha.boot(folder);
        try {
            amha.settle();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @AfterEach
    void atNoMomentWasItOnTwoBlades() {
        assertThat(amha.counter().twice()).isEmpty();
    }

    @AfterAll
    static void close() throws IOException {
        if (amha != null) {
            try (Amha ending = amha) {
                ending.report(Path.of("target", "amha"));
                ending.table().forEach(System.out::println);
                System.out.println("on two blades: " + ending.counter().twice().size() + " of "
                        + ending.counter().looks() + " looks");
            }
        }
    }

    @Test
    @Order(1)
    void aWebServerThatDiesIsStartedAgainWhereItWas() {
        Blade owner = amha.owner();
        amha.begin("web server killed");
        kill(owner, Held.by(owner).servers().getFirst());
        amha.await("an answer of a new one", () -> amha.outage() > 0);
        amha.settle();
        assertThat(amha.owner()).isEqualTo(owner);
        assertThat(amha.switched()).isEmpty();
    }

    @Test
    @Order(2)
    void theServiceDoesNotNoticeThatItsResourceManagerDiesAndIsStartedAgain() {
        Blade owner = amha.owner();
        Held held = Held.by(owner);
        long pid = owner.pidOf("rgmanager").orElseThrow();
        amha.begin("rgmanager killed");
        kill(owner, pid);
        amha.await("another rgmanager", () -> owner.pidOf("rgmanager").orElse(pid) != pid);
        amha.settle();
        assertUntouched(held);
    }

    @Test
    @Order(2)
    void theServiceDoesNotNoticeThatFencedDiesAndIsStartedAgain() {
        Blade owner = amha.owner();
        Held held = Held.by(owner);
        long pid = owner.pidOf("fenced").orElseThrow();
        amha.begin("fenced killed");
        kill(owner, pid);
        amha.await("another fenced in the domain", () -> owner.pidOf("fenced").orElse(pid) != pid
                && owner.run("fence_tool", "ls").out().contains("members"));
        amha.settle();
        assertUntouched(held);
    }

    @Test
    @Order(3)
    void aNodeThatIsStoppedGivesTheServiceAwayAndIsNotFenced() {
        Blade owner = amha.owner();
        Blade other = amha.other();
        amha.begin("cluster.sh stop, and start");
        assertThat(clusterScript(owner, "stop")).matches(Output::success, "stops");
        assertThat(amha.answer(other)).isPresent();
        assertThat(Stream.of("rgmanager", "fenced", "dlmd", "cmand", "ccsd").filter(d -> owner.pidOf(d).isPresent()))
                .as("daemons that still run").isEmpty();
        assertThat(clusterScript(owner, "start")).matches(Output::success, "starts");
        amha.settle();
        assertThat(amha.owner()).isEqualTo(other);
        assertThat(amha.switched()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"cmand", "dlmd"})
    @Order(4)
    void anOwnerThatLosesADaemonThatSafetyRestsOnIsFenced(String daemon) {
        Blade owner = amha.owner();
        Blade other = amha.other();
        amha.begin(daemon + " killed");
        owner.signal(daemon, "KILL");
        assertThat(amha.answer(other)).isPresent();
        amha.settle();
        assertThat(amha.switched()).containsExactly(switched(owner, "off"), switched(owner, "on"));
    }

    @Test
    @Order(5)
    void anOwnerThatLosesItsPowerIsFencedAndReplaced() {
        Blade owner = amha.owner();
        Blade other = amha.other();
        amha.begin("power cut");
        owner.powerOff();
        assertThat(amha.answer(other)).isPresent();
        amha.settle();
        assertThat(amha.switched()).endsWith(switched(owner, "on"));
        // Also the one that was fenced, which has heard it from the other.
        for (Blade blade : amha.blades()) {
            assertThat(blade.run("clustat", "--why", Amha.SERVICE)).matches(Output::success, "tells why")
                    .extracting(Output::out).asString().contains("\nScores:\n", "\nPolicy:\n")
                    .containsPattern(": start on amcluster" + other.number() + "\n +members changed, it ran on "
                            + "amcluster" + owner.number() + "; amcluster1 [a-z]+ \\(.*amcluster2 [a-z]+ \\(");
        }
        assertThat(decisions(owner)).isNotEmpty().isEqualTo(decisions(other));
    }

    private static String decisions(Blade blade) {
        String json = blade.run("clustat", "--json", "--why", Amha.SERVICE).out();
        return json.substring(Math.max(json.indexOf("\"decisions\""), 0));
    }

    @Test
    @Order(5)
    void whoIsRefusedSomethingIsToldWhy() {
        Blade blade = amha.other();
        amha.begin("requests refused");
        refused(blade, 252, "Service does not exist", "cluster.conf version \\d+ has no service:nosuch, but .*"
                + Amha.SERVICE, "-e", "nosuch");
        refused(blade, 248, "Invalid operation for resource", Amha.SERVICE + " cannot migrate: .*", "-M", Amha.SERVICE,
                "-m", "amcluster1");
        assertThat(blade.run("clusvcadm", "-Z", Amha.SERVICE)).matches(Output::success, "freezes");
        refused(blade, 245, "Failure: Service is frozen", Amha.SERVICE + " is frozen; clusvcadm -U " + Amha.SERVICE
                + " unfreezes it", "-r", Amha.SERVICE);
        assertThat(blade.run("clusvcadm", "-U", Amha.SERVICE)).matches(Output::success, "unfreezes");
        assertThat(blade.run("clustat", "--why", Amha.SERVICE).out())
                .contains("refused: relocate\n      Failure: Service is frozen: " + Amha.SERVICE + " is frozen;");
        assertThat(blade.run("clustat", "--why", "nosuch").status()).isEqualTo(255);
        amha.settle();
    }

    private static void refused(Blade blade, int exit, String line, String reason, String... arguments) {
        var command = new ArrayList<>(List.of("clusvcadm"));
        command.addAll(List.of(arguments));
        Output output = blade.run(command.toArray(String[]::new));
        assertThat(output.status()).as(output.toString()).isEqualTo(exit);
        assertThat(output.out()).endsWith("..." + line + "\n");
        assertThat(output.err()).matches("clusvcadm: " + reason + "\n");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"IN", "OUT", "NONE"})
    @Order(6)
    void ofTwoBladesThatDoNotHearEachOtherOneIsFenced(Links passing) {
        Blade owner = amha.owner();
        Blade other = amha.other();
        amha.begin("business network passes " + passing);
        owner.links(passing, BUSINESS);
        amha.await("one of them fenced", () -> amha.switched().stream().anyMatch(what -> what.endsWith(" on")));
        owner.links(Links.BOTH, BUSINESS);
        amha.settle();
        assertThat(amha.switched()).isIn(
                Stream.of("off", "on").map(s -> switched(owner, s)).toList(),
                Stream.of("off", "on").map(s -> switched(other, s)).toList());
    }

    private static void assertUntouched(Held held) {
        assertThat(Held.by(amha.owner())).isEqualTo(held);
        assertThat(amha.uninterrupted()).as("the client was answered all the time").isTrue();
        assertThat(amha.switched()).isEmpty();
    }

    private static String switched(Blade blade, String how) {
        return "blade " + blade.number() + " " + how;
    }

    private static void kill(Blade blade, long pid) {
        blade.run("kill", "-KILL", Long.toString(pid)).text();
    }

    private static Output clusterScript(Blade blade, String verb) {
        return blade.run(Duration.ofSeconds(90), "/etc/init.d/cluster.sh", verb);
    }
}
