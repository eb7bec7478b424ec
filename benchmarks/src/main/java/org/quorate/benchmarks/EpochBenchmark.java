package org.quorate.benchmarks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.cman.core.CmanWire;
import org.quorate.cman.core.Membership;
import org.quorate.cman.core.MembershipEffect.Multicast;
import org.quorate.cman.core.MembershipEvent.Received;
import org.quorate.cman.core.MembershipEvent.ViewInstalled;
import org.quorate.cman.core.Peer;
import org.quorate.cman.core.Remembered;
import org.quorate.cman.core.Self;
import org.quorate.cman.core.Settings;
import org.quorate.cman.core.ViewId;
import org.quorate.time.Moment;
import org.quorate.wire.Cbor;
import org.quorate.wire.MalformedFrameException;

/**
 * From the view without a failed member to the epoch: what each member says goes to all others as bytes, and each
 * computes the agreement. A shot is the work of all members together; a member's own share is that divided by their
 * number, since real ones work side by side.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
public class EpochBenchmark {
    /** How many members there are before one fails; 128 is the most that RHEL 5 supported. */
    @Param({"3", "128"})
    private int members;

    private final TreeMap<Peer, Membership> nodes = new TreeMap<>();
    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
    private long views;

    private record Sent(Peer from, byte[] info) {}

    /** Lets all be members of one epoch. */
    @Setup(Level.Invocation)
    public void form() throws MalformedFrameException {
        nodes.clear();
        var configured = new ArrayList<Settings.ConfiguredNode>();
        for (int i = 1; i <= members; i++) {
            configured.add(new Settings.ConfiguredNode(new NodeId(i), new NodeName("node" + i), 1));
        }
        var settings = new Settings(7, configured, 1, members, false, true, Duration.ofSeconds(5),
                Duration.ofSeconds(10), Settings.EXCHANGE_RETRY);
        for (var node : configured) {
            var peer = new Peer("peer" + node.id());
            nodes.put(peer, new Membership(new Self(peer, node.id(), node.name(), 1, "large", 7,
                    List.of("192.0.2." + node.id()), List.of("239.192.0.7"), 0, Remembered.NOTHING), settings));
        }
        install();
    }

    /** One member fails. */
    @Benchmark
    public long fail() throws MalformedFrameException {
        nodes.remove(nodes.lastKey());
        return install();
    }

    private long install() throws MalformedFrameException {
        var peers = List.copyOf(nodes.keySet());
        var view = new ViewInstalled(new ViewId("peer", ++views), peers);
        nodes.forEach((peer, node) -> node.on(view, Moment.START).forEach(effect -> {
            if (effect instanceof Multicast(CmanWire.Info info)) {
                underWay.add(new Sent(peer, Cbor.write(info)));
            }
        }));
        while (!underWay.isEmpty()) {
            var sent = underWay.remove();
            for (var node : nodes.values()) {
                node.on(new Received(sent.from(), Cbor.read(sent.info(), CmanWire.Info.class)), Moment.START);
            }
        }
        for (var node : nodes.values()) {
            if (node.epoch().members().size() != peers.size()) {
                throw new IllegalStateException("an epoch of " + node.epoch().members().size() + " members");
            }
        }
        return nodes.firstEntry().getValue().epoch().number();
    }
}
