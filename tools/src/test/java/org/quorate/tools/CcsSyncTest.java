package org.quorate.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.ccs.CcsEvent;
import org.quorate.api.ccs.CcsProtocol;
import org.quorate.api.ccs.CcsReply;
import org.quorate.api.ccs.CcsRequest;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.FrameServer.Handler;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;

/** What scripts get that bring cluster.conf to the others by its old program. */
class CcsSyncTest {
    private static final String FILE = """
            <cluster name="alpha" config_version="6">
              <!-- kept -->
              <clusternodes>
                <clusternode name="a" nodeid="1"/>
              </clusternodes>
            </cluster>
            """;

    @TempDir
    Path root;

    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();
    private final List<String> updates = new ArrayList<>();
    private Paths paths;

    @BeforeEach
    void prepare() throws Exception {
        paths = new Paths(root);
        Files.createDirectories(paths.clusterConf().getParent());
        Files.writeString(paths.clusterConf(), FILE);
    }

    @Test
    void aRaisedFileIsBroughtToAllMembers() throws Exception {
        try (var ccsd = ccsd()) {
            assertThat(ccsd).isNotNull();
            assertThat(run("-i", "-p", "11111", "a")).isZero();
        }
        assertThat(updates).containsExactly(FILE.replace("\"6\"", "\"7\""));
        assertThat(paths.clusterConf()).content().isEqualTo(FILE.replace("\"6\"", "\"7\""));
        assertThat(err.text()).doesNotContain("Warning: a");
    }

    @Test
    void aFileThatIsInForceIsLeftAlone() throws Exception {
        try (var ccsd = ccsd()) {
            assertThat(ccsd).isNotNull();
            assertThat(run()).isZero();
            assertThat(run("-w", "b")).isEqualTo(1);
        }
        assertThat(updates).isEmpty();
        assertThat(err.text()).isEqualTo("Warning: b is no clusternode; it does not get the file\n");
    }

    @Test
    void whatCannotBeBroughtIsOneLine() throws Exception {
        assertThat(run()).isEqualTo(1);
        assertThat(run("-f", root.resolve("none").toString())).isEqualTo(1);
        assertThat(run("-f", Files.writeString(root.resolve("bad"), "<cluster").toString())).isEqualTo(1);
        assertThat(run("-f")).isEqualTo(1);
        assertThat(run("-x")).isEqualTo(1);
        assertThat(err.text().lines().map(line -> line.replace(root.toString(), ""))).containsExactly(
                "ccs_sync: Unable to connect to the CCS daemon: Connection refused",
                "ccs_sync: /none: no such file; write one, or copy it from another node of the cluster",
                "ccs_sync: Unable to parse /bad; ccs_config_validate -f /bad tells why",
                "ccs_sync: option requires an argument -- 'f'", "ccs_sync: invalid option -- 'x'", "Try -h");
        assertThat(run("-h")).isZero();
        assertThat(out.text()).startsWith("Usage:\n  ccs_sync ");
    }

    private int run(String... words) {
        return new CcsSync(paths, out, err).run(List.of(words));
    }

    private FrameServer<CcsRequest, CcsReply, CcsEvent> ccsd() throws Exception {
        Handler<CcsRequest, CcsReply, CcsEvent> handler = (session, id, request) -> {
            switch (request) {
                case CcsRequest.Update update -> {
                    updates.add(new String(update.document(), UTF_8));
                    session.reply(id, new CcsReply.Updated(6, 7, List.of("a")));
                }
                default -> session.reply(id, new CcsReply.Document(6, FILE.getBytes(UTF_8)));
            }
        };
        return FrameServer.open(LocalDoor.at(paths.socket("ccsd")), CcsProtocol.LOCAL, Hello.of("ccsd"), handler);
    }
}
