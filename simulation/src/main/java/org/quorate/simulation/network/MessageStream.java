package org.quorate.simulation.network;

import java.util.ArrayDeque;
import java.util.Deque;
import org.quorate.time.Moment;

/** What one member sends another within views that have both: in order, each once, however often it has to be sent. */
final class MessageStream {
    private final Group group;
    private final GroupMember from;
    private final String to;
    private final Deque<Sent> held = new ArrayDeque<>();
    private Moment last = Moment.START;
    private boolean closed;

    private record Sent(View view, Object message) {}

    MessageStream(Group group, GroupMember from, String to) {
        this.group = group;
        this.from = from;
        this.to = to;
        group.links().onMend(this::flush);
    }

    void send(View view, Object message) {
        held.add(new Sent(view, message));
        flush();
    }

    /** The sender's view does not have the receiver any more; what has not left is not sent. */
    void close() {
        closed = true;
        held.clear();
    }

    private void flush() {
        if (closed || held.isEmpty() || !from.process().isAlive()) {
            return;
        }
        var receiver = group.member(to);
        if (receiver.isEmpty()) {
            held.clear();
        } else if (group.reaches(from, receiver.get())) {
            while (!held.isEmpty()) {
                var sent = held.remove();
                var arrival = group.links().reliableArrival();
                last = arrival.isBefore(last) ? last : arrival;
                receiver.get().process().at(last,
                        () -> receiver.get().arrived(from.address(), sent.view(), sent.message()));
            }
        }
    }
}
