package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** The guest agent over a stand-in for virsh: the guest's state is a file, and each call is written down. */
class VmAgentTest {
    private static final String VIRSH = """
            cd "$QUORATE_ROOT/virt" || exit 1
            shift 2
            [ "$1" = domstate ] || echo "$*" >> calls
            if [ -e refuse.$1 ]; then cat refuse.$1; exit 1; fi
            case $1 in
                domstate) [ -e state ] || { echo "error: failed to get domain 'test'" >&2; exit 1; }; cat state; echo ;;
                start | create | restore) echo running > state ;;
                shutdown) [ -e deaf ] || echo 'shut off' > state ;;
                save) echo image > "$3"; echo 'shut off' > state ;;
                destroy | migrate) rm state ;;
            esac
            """;

    @TempDir
    private Path folder;
    private Installed node;

    @BeforeEach
    void install() throws IOException {
        node = new Installed(folder);
        node.program("virsh", VIRSH);
        Files.createDirectory(folder.resolve("virt"));
    }

    @AfterEach
    void remove() {
        node.close();
    }

    @Test
    void aGuestIsStartedOnceCheckedAndShutDown() throws IOException {
        assertThat(vm("status").status()).isEqualTo(7);
        assertThat(vm("start").status()).isZero();
        assertThat(vm("start").status()).isZero();
        assertThat(vm("status")).isEqualTo(new Outcome(0, ""));
        assertThat(vm("stop").status()).isZero();
        assertThat(vm("stop")).isEqualTo(new Outcome(0, ""));
        assertThat(vm("status").status()).isEqualTo(7);
        assertThat(calls()).containsExactly("start test", "shutdown test");
    }

    @Test
    void aGuestThatDoesNotListenIsDestroyedUnlessThatIsForbidden() throws IOException {
        vm("start");
        state("deaf");
        assertThat(vm("stop", "no_kill", "1", "shutdown_wait", "1").status()).isEqualTo(1);
        assertThat(vm("stop", "shutdown_wait", "1").status()).isZero();
        assertThat(calls()).endsWith("destroy test");
    }

    @Test
    void aGuestIsDescribedByAFileOfThePath() throws IOException {
        var file = Files.writeString(folder.resolve("test.xml"), "<domain/>");
        assertThat(vm("start", "path", "/nowhere:" + folder).status()).isZero();
        assertThat(calls()).containsExactly("create " + file);
    }

    @Test
    void aSavedGuestIsRestoredOnce() throws IOException {
        var images = folder.resolve("images");
        vm("start");
        assertThat(vm("stop", "snapshot", images.toString()).status()).isZero();
        assertThat(images.resolve("test")).exists();
        assertThat(vm("start", "snapshot", images.toString()).status()).isZero();
        assertThat(images.resolve("test")).doesNotExist();
        assertThat(calls()).containsExactly("start test", "save test " + images + "/test",
                "restore " + images + "/test");
    }

    @Test
    void whereLibvirtDoesNotAnswerNothingIsTakenForStopped() throws IOException {
        refuse("domstate", "error: failed to connect to the hypervisor");
        assertThat(vm("status").status()).isEqualTo(1);
        assertThat(vm("stop").status()).isEqualTo(1);
        assertThat(vm("start").status()).isEqualTo(1);
    }

    @Test
    void deepDownAProgramIsAsked() {
        vm("start");
        assertThat(vm("status", "status_program", "exit 3").status()).isZero();
        var deep = Map.of("status_program", "test -e " + folder + "/works");
        assertThat(node.agent("vm", "status", deep, "OCF_CHECK_LEVEL", "10").status()).isEqualTo(1);
        node.sh("touch " + folder + "/works");
        assertThat(node.agent("vm", "status", deep, "OCF_CHECK_LEVEL", "10").status()).isZero();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        migrate | pause             | migrate test qemu+ssh://node2/system
        migrate | live              | migrate --live test qemu+ssh://node2/system
        migration_mapping | node3:c,node2:b | migrate --live test qemu+ssh://b/system
        migration_uri | qemu+tls://%s/x     | migrate --live test qemu+tls://node2/x
        hypervisor | xen            | migrate --live test xenmigr://node2/
        tunnelled | yes             | migrate --live --p2p --tunnelled test qemu+ssh://node2/system
        migrate_options | --unsafe --undefinesource | \
            migrate --live --unsafe --undefinesource test qemu+ssh://node2/system
        """)
    void aGuestGoesWhereItIsSent(String attribute, String value, String call) throws IOException {
        vm("start");
        assertThat(migrate(attribute, value).status()).isZero();
        assertThat(calls()).endsWith(call);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # state  | exit status | because
        running  | 150         | it is still here
        paused   | 150         | it is still here
        -        | 6           | there is no such guest
        shut off | 1           | it ended on the way
        """)
    void aFailedMigrationSaysWhereTheGuestIs(String state, int status, String because) throws IOException {
        if (state != null) {
            Files.writeString(folder.resolve("virt/state"), state + "\n");
        }
        refuse("migrate", "error: cannot reach the target");
        assertThat(migrate("migrate", "live").status()).as(because).isEqualTo(status);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThat(vm("start", "use_virsh", "0").status()).isEqualTo(6);
        assertThat(vm("start", "hypervisor", "vmware").status()).isEqualTo(2);
        assertThat(vm("start", "name", "a/b").status()).isEqualTo(2);
        assertThat(vm("migrate").status()).isEqualTo(2);
        assertThat(vm("reconfig").status()).isZero();
    }

    private Outcome vm(String action, String... attributes) {
        var all = new HashMap<String, String>();
        for (int at = 0; at < attributes.length; at += 2) {
            all.put(attributes[at], attributes[at + 1]);
        }
        return node.agent("vm", action, all);
    }

    private Outcome migrate(String attribute, String value) {
        return Program.run(List.of(Program.agent("vm"), "migrate", "node2"), Map.of("QUORATE_ROOT",
                folder.toString(), "OCF_RESKEY_name", "test", "OCF_RESKEY_" + attribute, value));
    }

    private void state(String file) throws IOException {
        Files.writeString(folder.resolve("virt").resolve(file), "");
    }

    private void refuse(String command, String answer) throws IOException {
        Files.writeString(folder.resolve("virt/refuse." + command), answer + "\n");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("virt/calls"));
    }
}
