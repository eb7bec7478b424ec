package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.rgmanager.agents.Program.Outcome;

/** The volume agent over a stand-in for lvm with the group vg, its volumes a and b, and their tags as files. */
class LvmAgentTest {
    private static final String LVM = """
            cd "$QUORATE_ROOT/lvm" || exit 5
            [ ! -e broken ] || exit 5
            what=$(for what in "$@"; do :; done; echo "$what")
            case $what in vg) volumes='a b' tags=tags.vg ;; vg/a) volumes=a tags=tags.a ;; *) exit 5 ;; esac
            case $1:$4 in
                vgs:vg_name | lvs:lv_name) echo "  ${what#vg/}" ;;
                vgs:vg_tags | lvs:lv_tags) echo "  $(cat $tags)" ;;
                vgs:vg_attr) echo "  $(cat attributes) " ;;
                lvs:lv_active) for v in $volumes; do [ -e active.$v ] && echo "  active" || echo "        "; done ;;
                *change:*)
                    echo "$*" >> calls
                    case "$*" in
                        *--deltag*) sed -i "s/\\(^\\|,\\)$3//;s/^,//" $tags ;;
                        *--addtag*) t=$(cat $tags); echo "${t:+$t,}$3" > $tags ;;
                        *'-a n'*) [ ! -e busy ] || exit 5; for v in $volumes; do rm -f active.$v; done ;;
                        *'-a y'*) for v in $volumes; do : > active.$v; done ;;
                    esac ;;
            esac
            exit 0
            """;

    @TempDir
    private Path folder;
    private Installed node;

    @BeforeEach
    void install() throws IOException {
        node = new Installed(folder);
        node.program("lvm", LVM);
        node.sh("mkdir " + folder + "/lvm; cd " + folder + "/lvm; echo other > tags.vg; echo > tags.a; "
                + "echo wz--n- > attributes");
    }

    @AfterEach
    void remove() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({"'',tags.vg", "a,tags.a"})
    void itIsActiveWhereItBearsTheNodesTag(String volume, String tags) {
        assertThat(lvm("status", volume).status()).isEqualTo(7);
        assertThat(lvm("start", volume).status()).isZero();
        assertThat(lvm("start", volume).status()).isZero();
        assertThat(folder.resolve("lvm/" + tags)).hasContent("node1");
        assertThat(lvm("status", volume)).isEqualTo(new Outcome(0, ""));
        assertThat(lvm("stop", volume).status()).isZero();
        assertThat(folder.resolve("lvm/" + tags)).content().isBlank();
        assertThat(folder.resolve("lvm/active.a")).doesNotExist();
        assertThat(lvm("stop", volume).status()).isZero();
    }

    @Test
    void onlyWhatBearsTheTagIsActivated() {
        lvm("start", "");
        assertThat(folder.resolve("lvm/calls")).hasContent("""
                vgchange --deltag other vg
                vgchange --addtag node1 vg
                vgchange --config activation { volume_list = [ "@node1" ] } -a y vg
                """);
    }

    @Test
    void activeUnderAnothersTagIsAFailure() throws IOException {
        lvm("start", "");
        Files.writeString(folder.resolve("lvm/tags.vg"), "node2\n");
        var outcome = lvm("status", "");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("node2");
    }

    @Test
    void oneVolumeThatIsNotActiveIsTooMany() throws IOException {
        lvm("start", "");
        Files.delete(folder.resolve("lvm/active.b"));
        assertThat(lvm("status", "").status()).isEqualTo(7);
    }

    @Test
    void whatIsStillActiveIsNotStopped() throws IOException {
        lvm("start", "");
        Files.writeString(folder.resolve("lvm/busy"), "");
        assertThat(lvm("stop", "").status()).isEqualTo(1);
        assertThat(folder.resolve("lvm/tags.vg")).as("it stays ours").hasContent("node1");
    }

    @Test
    void aNodeThatCannotDeactivateRestartsItselfWhenToldTo() throws IOException {
        node.program("reboot", "echo \"$@\" >> \"$QUORATE_ROOT/reboots\"\n");
        var attributes = Map.of("vg_name", "vg", "self_fence", "yes");
        lvm("start", "");
        Files.writeString(folder.resolve("lvm/busy"), "");
        lvm("stop", "");
        assertThat(folder.resolve("reboots")).as("nobody told it to").doesNotExist();
        assertThat(node.agent("lvm", "stop", attributes, "QUORATE_NODE", "node1").status()).isEqualTo(1);
        assertThat(folder.resolve("reboots")).hasContent("-f -n");
        Files.delete(folder.resolve("lvm/busy"));
        assertThat(node.agent("lvm", "stop", attributes, "QUORATE_NODE", "node1").status()).isZero();
        assertThat(folder.resolve("reboots")).as("it could").hasContent("-f -n");
    }

    @Test
    void aGroupThatLacksADiskIsNotActivated() throws IOException {
        Files.writeString(folder.resolve("lvm/attributes"), "wz-pn-\n");
        assertThat(lvm("start", "").output()).contains("lacks a physical volume");
    }

    @Test
    void aGroupThatIsNotThereHasNothingToStop() throws IOException {
        Files.writeString(folder.resolve("lvm/broken"), "");
        assertThat(lvm("start", "").status()).isEqualTo(1);
        assertThat(lvm("stop", "").status()).isZero();
        assertThat(node.agent("lvm", "start", Map.of("vg_name", "-x")).status()).isEqualTo(2);
    }

    private Outcome lvm(String action, String volume) {
        var attributes = new HashMap<>(Map.of("vg_name", "vg"));
        if (!volume.isEmpty()) {
            attributes.put("lv_name", volume);
        }
        return node.agent("lvm", action, attributes, "QUORATE_NODE", "node1");
    }
}
