package org.quorate.tools.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.api.rgmanager.ResourceChange;
import org.quorate.api.rgmanager.ResourceChange.Deed;
import org.quorate.api.rgmanager.RgEvent;
import org.quorate.api.rgmanager.RgProtocol;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceChange;
import org.quorate.api.rgmanager.ServiceChange.Kind;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Session;

class EffectTextTest {
    private static final byte[] DOCUMENT = ("<cluster name=\"c\" config_version=\"2\"><clusternodes>"
            + "<clusternode name=\"am2\" nodeid=\"2\"/></clusternodes></cluster>").getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    private List<String> told(RgReply answer) throws Exception {
        var paths = new Paths(root);
        var handler = new FrameServer.Handler<RgRequest, RgReply, RgEvent>() {
            @Override
            public void received(Session<RgReply, RgEvent> session, long id, RgRequest request) {
                assertThat(((RgRequest.EffectQuery) request).document()).isEqualTo(DOCUMENT);
                session.reply(id, answer);
            }
        };
        try (var _ = FrameServer.open(LocalDoor.at(paths.socket("rgmanager")), RgProtocol.LOCAL,
                Hello.of("rgmanager"), handler)) {
            return EffectText.of(paths, DOCUMENT);
        }
    }

    private static ServiceChange change(String name, Kind kind, int owner, String why, ResourceChange... resources) {
        return new ServiceChange(ServiceName.parse(name), kind, owner, why, List.of(resources));
    }

    @Test
    void eachServiceHasItsLine() throws Exception {
        assertThat(told(new RgReply.Effect(List.of(
                change("db", Kind.UNTOUCHED, 2, ""),
                change("web", Kind.CHANGED, 2, "", new ResourceChange("service:web/fs:data", Deed.RESTART,
                        "device changes from /dev/a to /dev/b")),
                change("old", Kind.REMOVED, 3, "it is not in the new configuration"),
                change("off", Kind.REMOVED, 0, "it is not in the new configuration"),
                change("new", Kind.ADDED, 0, "it starts where its rules let it")), List.of("odd")))).containsExactly(
                "Services:",
                "  service:db on am2 is left alone",
                "  service:web on am2 runs on, but for some of its resources",
                "    restart     fs:data: device changes from /dev/a to /dev/b",
                "  service:old on node 3 stops and is gone: it is not in the new configuration",
                "  service:off (not running) stops and is gone: it is not in the new configuration",
                "  service:new is new: it starts where its rules let it",
                "  note: odd",
                "Interrupted: service:web, service:old");
    }

    @Test
    void itIsSaidWhereNothingIsInterrupted() throws Exception {
        assertThat(told(new RgReply.Effect(List.of(change("db", Kind.RECONFIGURED, 2, "")), List.of())))
                .endsWith("Nothing that runs is interrupted.");
        assertThat(told(new RgReply.Effect(List.of(), List.of()))).containsExactly("Services: there are none");
    }

    @Test
    void whoDoesNotTellIsToldOf() throws Exception {
        assertThat(told(new RgReply.Ended(ServiceResult.NO_QUORUM, 0, "the managers have not agreed yet")))
                .containsExactly("Services: rgmanager does not tell what becomes of them: Operation requires quorum;"
                        + " the managers have not agreed yet");
    }

    @Test
    void withoutARunningManagerNothingIsKnown() {
        assertThat(EffectText.of(new Paths(root), DOCUMENT)).containsExactly(
                "Services: no rgmanager answers on this node, so nothing is known of what becomes of them");
    }
}
