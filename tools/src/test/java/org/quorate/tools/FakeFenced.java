package org.quorate.tools;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.quorate.api.fence.FenceProtocol;
import org.quorate.api.fence.FenceReply;
import org.quorate.api.fence.FenceRequest;
import org.quorate.system.Paths;
import org.quorate.wire.FrameServer;
import org.quorate.wire.Hello;
import org.quorate.wire.LocalDoor;
import org.quorate.wire.Refused;
import org.quorate.wire.Session;

/** A fenced that answers as told, the last answer again and again. */
final class FakeFenced implements FrameServer.Handler<FenceRequest, FenceReply, Void>, Closeable {
    private final FrameServer<FenceRequest, FenceReply, Void> server;
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<FenceRequest> asked = Collections.synchronizedList(new ArrayList<>());

    FakeFenced(Paths paths, Object... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        server = FrameServer.open(
                LocalDoor.at(paths.socket("fenced")), FenceProtocol.LOCAL, Hello.of("fenced"), this);
    }

    @Override
    public synchronized void received(Session<FenceReply, Void> session, long id, FenceRequest request) {
        asked.add(request);
        var answer = answers.size() > 1 ? answers.poll() : answers.peek();
        if (answer instanceof Refused refused) {
            session.refuse(id, refused);
        } else {
            session.reply(id, (FenceReply) answer);
        }
    }

    List<FenceRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
