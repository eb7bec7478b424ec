package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.api.ccs.Change;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** What a person or a script sees, against a ccsd that answers as told. */
class CcsToolTest {
    @TempDir
    Path root;

    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();
    private List<Change> history = List.of();
    private Paths paths;

    @BeforeEach
    void prepare() {
        paths = new Paths(root);
    }

    @Test
    void anUpdateSaysFromWhichVersionToWhich() throws Exception {
        try (var ccsd = ccsd(6, new CcsReply.Updated(6, 7, List.of("a", "b")))) {
            assertThat(ccsd).isNotNull();
            assertThat(run("update", file(7))).isZero();
            assertThat(out.text())
                    .isEqualTo("Config file updated from version 6 to 7\n\nUpdate complete.\n");
        }
    }

    @Test
    void aVersionThatIsNotGreaterIsRefusedWithBothNumbers() throws Exception {
        try (var ccsd = ccsd(7, new Refused("EINVAL", "never asked"))) {
            assertThat(ccsd).isNotNull();
            assertThat(run("update", file(7))).isEqualTo(1);
            assertThat(err.text()).isEqualTo("""
                    Proposed updated config file does not have greater version number.
                      Current config_version :: 7
                      Proposed config_version:: 7

                    Failed to update config file.
                    """);
        }
    }

    @Test
    void whoRaisedTheSameNumberFirstIsNamed() throws Exception {
        history = List.of(new Change(7, "ab", 1, 1, "node2", "root (alice)", "update"));
        try (var ccsd = ccsd(7, new Refused("EINVAL", "never asked"))) {
            assertThat(ccsd).isNotNull();
            var mine = Files.writeString(root.resolve("mine.conf"), Files.readString(Path.of(file(7))) + "\n");
            assertThat(run("update", mine.toString())).isEqualTo(1);
            assertThat(err.text()).contains(
                    "Version 7 is in force with other content, update by root (alice) on node2 at ",
                    "'ccs_tool diff active " + mine + "' shows what differs; give this file config_version 8.");
        }
    }

    @Test
    void theReasonOfEachNodeIsShown() throws Exception {
        try (var ccsd = ccsd(6, new Refused("EINVAL", "node3: no space left on device"))) {
            assertThat(ccsd).isNotNull();
            assertThat(run("update", file(7))).isEqualTo(1);
            assertThat(err.text())
                    .isEqualTo("node3: no space left on device\n\nFailed to update config file.\n");
        }
    }

    @Test
    void aMissingDaemonAFaultyFileAndAnUnknownWordAreOneLineEach() throws Exception {
        assertThat(run("update", file(7))).isEqualTo(1);
        assertThat(run("update", Files.writeString(root.resolve("bad.conf"), "<cluster").toString())).isEqualTo(1);
        assertThat(run("update", root.resolve("none.conf").toString())).isEqualTo(1);
        assertThat(run("update")).isEqualTo(1);
        assertThat(run("upgrate")).isEqualTo(1);
        assertThat(err.text())
                .contains("Unable to connect to the CCS daemon: Connection refused\n")
                .contains("bad.conf:1:")
                .contains("none.conf: No such file or directory\n")
                .contains("Too few arguments.\n")
                .contains("Unknown command, upgrate.\n")
                .doesNotContain("Exception");
    }

    @Test
    void aKeyIsMadeOnceForRootAlone() throws Exception {
        assertThat(run("genkey")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.authKey())))
                .isEqualTo("r--------");
        assertThat(Files.size(paths.authKey())).isEqualTo(128);
        var first = Files.readAllBytes(paths.authKey());
        assertThat(run("genkey")).isEqualTo(1);
        assertThat(Files.readAllBytes(paths.authKey())).isEqualTo(first);
        assertThat(err.text()).contains("authkey exists; remove it first");
    }

    @Test
    void aKeyThatIsThereButOfNoUseIsSaidSo() throws Exception {
        Files.createDirectories(paths.authKey().getParent());
        Files.write(paths.authKey(), new byte[3]);
        assertThat(run("genkey")).isEqualTo(1);
        Files.write(paths.authKey(), new byte[128]);
        Files.setPosixFilePermissions(paths.authKey(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("genkey")).isEqualTo(1);
        assertThat(err.text().lines()).hasSize(2)
                .anyMatch(line -> line.contains("16 to 4096 bytes, this file has 3; copy that of another node"))
                .anyMatch(line -> line.endsWith("run 'chmod 0400 " + paths.authKey() + "'"));
    }

    private int run(String... words) {
        return new CcsTool(paths, out, err).run(List.of(words));
    }

    private String file(int version) throws Exception {
        return Files.writeString(root.resolve("cluster-" + version + ".conf"), """
                <cluster name="alpha" config_version="%d">
                  <clusternodes>
                    <clusternode name="a" nodeid="1"/>
                  </clusternodes>
                </cluster>
                """.formatted(version)).toString();
    }

    private FrameServer<CcsRequest, CcsReply, CcsEvent> ccsd(int version, Object answer) throws Exception {
        var content = Files.readAllBytes(Path.of(file(version)));
        Handler<CcsRequest, CcsReply, CcsEvent> handler = (session, id, request) -> {
            switch (request) {
                case CcsRequest.Update _ -> answer(session, id, answer);
                case CcsRequest.HistoryQuery() -> session.reply(id, new CcsReply.History(history));
                default -> session.reply(id, new CcsReply.Document(version, content));
            }
        };
        return FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, Hello.of("ccsd"), handler);
    }

    private static void answer(Session<CcsReply, CcsEvent> session, long id, Object answer) {
        if (answer instanceof Refused refused) {
            session.refuse(id, refused);
        } else {
            session.reply(id, (CcsReply) answer);
        }
    }
}
