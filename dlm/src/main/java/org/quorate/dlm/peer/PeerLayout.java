package org.quorate.dlm.peer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;
import org.quorate.dlm.core.Basis;
import org.quorate.dlm.core.HeldLock;
import org.quorate.dlm.core.PeerMessage;
import org.quorate.dlm.core.Region;
import org.quorate.dlm.core.StoredValue;
import org.quorate.wire.MalformedFrameException;
import org.quorate.wire.Messages;
import org.quorate.wire.Protocol;

/** How the messages between dlmds look on the wire: fixed fields, since there are many of them. */
final class PeerLayout implements Messages.Layout<Numbered> {
    /** What may be said between dlmds: numbered messages one way, what has been received the other. */
    static final Protocol<Numbered, Void, Numbered.Received> PROTOCOL = new Protocol<>(
            new Messages<Numbered>().with(1, Numbered.class, new PeerLayout()),
            new Messages<>(),
            new Messages<Numbered.Received>().with(1, Numbered.Received.class));

    private static final PeerMessage.Kind[] KINDS = PeerMessage.Kind.values();

    private interface Item<T> {
        void put(DataOutputStream out, T item) throws IOException;
    }

    private interface Reading<T> {
        T take(DataInputStream in) throws IOException;
    }

    @Override
    public byte[] write(Numbered numbered) {
        var bytes = new ByteArrayOutputStream(160);
        try {
            var out = new DataOutputStream(bytes);
            out.writeLong(numbered.epoch());
            out.writeLong(numbered.sequence());
            put(out, numbered.message());
        } catch (IOException never) {
            throw new AssertionError("memory is always there", never);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, PeerMessage message) throws IOException {
        switch (message) {
            case PeerMessage.Here m -> {
                out.writeByte(1);
                putBasis(out, m.opened());
                putBasis(out, m.prepared());
                out.writeBoolean(m.holding());
            }
            case PeerMessage.Report m -> {
                out.writeByte(2);
                putAll(out, m.masters(), PeerLayout::putResource);
                putAll(out, m.lost(), PeerLayout::putLost);
                putAll(out, m.locks(), PeerLayout::putHeld);
                putAll(out, m.regions(), PeerLayout::putRegion);
                putAll(out, m.spaces(), PeerLayout::putText);
                out.writeBoolean(m.last());
            }
            case PeerMessage.Ready() -> out.writeByte(3);
            case PeerMessage.Lookup(var resource) -> {
                out.writeByte(4);
                putResource(out, resource);
            }
            case PeerMessage.Master(var resource, var master) -> {
                out.writeByte(5);
                putResource(out, resource);
                out.writeInt(master.number());
            }
            case PeerMessage.Remove(var resource) -> {
                out.writeByte(6);
                putResource(out, resource);
            }
            case PeerMessage.Operate m -> {
                out.writeByte(7);
                putOperate(out, m);
            }
            case PeerMessage.Answer m -> {
                out.writeByte(8);
                putAnswer(out, m);
            }
            case PeerMessage.Blocking(var lock, var mode) -> {
                out.writeByte(9);
                out.writeLong(lock);
                out.writeByte(mode.number());
            }
            case PeerMessage.NotMaster(var lock, var turn) -> {
                out.writeByte(10);
                out.writeLong(lock);
                out.writeInt(turn);
            }
            case PeerMessage.Spaces(var open) -> {
                out.writeByte(11);
                putAll(out, open, PeerLayout::putText);
            }
        }
    }

    private static void putOperate(DataOutputStream out, PeerMessage.Operate m) throws IOException {
        out.writeByte(m.kind().ordinal());
        out.writeLong(m.lock());
        out.writeInt(m.turn());
        putResource(out, m.resource());
        out.writeByte(m.mode().number());
        out.writeInt(m.flags().bits());
        if (m.flags().has(LockFlag.VALBLK)) {
            out.write(m.value().bytes());
        }
    }

    private static void putAnswer(DataOutputStream out, PeerMessage.Answer m) throws IOException {
        out.writeLong(m.lock());
        out.writeInt(m.turn());
        out.writeInt(m.status().number());
        out.writeByte(m.mode().number());
        out.writeByte(m.flags());
        putStored(out, m.value());
        out.writeLong(m.ticket());
    }

    private static void putHeld(DataOutputStream out, HeldLock m) throws IOException {
        out.writeLong(m.number());
        out.writeInt(m.turn());
        putResource(out, m.resource());
        out.writeByte(m.granted().number());
        out.writeByte(m.requested().number());
        out.writeInt(m.flags().bits());
        out.writeByte((m.awaiting() ? 1 : 0) | (m.usesValue() ? 2 : 0) | (m.masterLost() ? 4 : 0));
        putStored(out, m.value());
        out.writeLong(m.ticket());
    }

    private static void putStored(DataOutputStream out, StoredValue value) throws IOException {
        out.writeLong(value.sequence());
        out.writeByte((value.valid() ? 1 : 0) | (value.present() ? 2 : 0));
        if (value.present()) {
            out.write(value.block().bytes());
        }
    }

    private static void putLost(DataOutputStream out, PeerMessage.Lost lost) throws IOException {
        putResource(out, lost.resource());
        putNodes(out, lost.until());
    }

    private static void putRegion(DataOutputStream out, Region region) throws IOException {
        putNodes(out, region.nodes());
        putNodes(out, region.gone());
        putNodes(out, region.until());
    }

    private static void putNodes(DataOutputStream out, SortedSet<NodeId> nodes) throws IOException {
        putAll(out, List.copyOf(nodes), (to, node) -> to.writeInt(node.number()));
    }

    private static void putBasis(DataOutputStream out, Basis basis) throws IOException {
        out.writeLong(basis.epoch());
        out.writeInt(basis.lowest());
    }

    private static void putResource(DataOutputStream out, LockResource resource) throws IOException {
        putText(out, resource.lockspace());
        putBytes(out, resource.name().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void putText(DataOutputStream out, String text) throws IOException {
        putBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void putBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static <T> void putAll(DataOutputStream out, List<T> items, Item<T> item) throws IOException {
        out.writeInt(items.size());
        for (var one : items) {
            item.put(out, one);
        }
    }

    @Override
    public Numbered read(byte[] payload) throws MalformedFrameException {
        try (var in = new DataInputStream(new ByteArrayInputStream(payload))) {
            return new Numbered(in.readLong(), in.readLong(), message(in));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new MalformedFrameException("a message between dlmds that is none: " + wrong);
        }
    }

    private static PeerMessage message(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1 -> new PeerMessage.Here(basis(in), basis(in), in.readBoolean());
            case 2 -> new PeerMessage.Report(all(in, PeerLayout::resource), all(in, PeerLayout::lost),
                    all(in, PeerLayout::held), all(in, PeerLayout::region), all(in, PeerLayout::text),
                    in.readBoolean());
            case 3 -> new PeerMessage.Ready();
            case 4 -> new PeerMessage.Lookup(resource(in));
            case 5 -> new PeerMessage.Master(resource(in), new NodeId(in.readInt()));
            case 6 -> new PeerMessage.Remove(resource(in));
            case 7 -> operate(in);
            case 8 -> new PeerMessage.Answer(in.readLong(), in.readInt(), LockStatus.of(in.readInt()), mode(in),
                    in.readByte(), stored(in), in.readLong());
            case 9 -> new PeerMessage.Blocking(in.readLong(), mode(in));
            case 10 -> new PeerMessage.NotMaster(in.readLong(), in.readInt());
            case 11 -> new PeerMessage.Spaces(all(in, PeerLayout::text));
            default -> throw new MalformedFrameException("unknown kind " + kind);
        };
    }

    private static PeerMessage.Operate operate(DataInputStream in) throws IOException {
        var kind = KINDS[in.readUnsignedByte()];
        long lock = in.readLong();
        int turn = in.readInt();
        var resource = resource(in);
        var mode = mode(in);
        var flags = new LockFlags(in.readInt());
        return new PeerMessage.Operate(kind, lock, turn, resource, mode, flags,
                flags.has(LockFlag.VALBLK) ? block(in) : ValueBlock.ZERO);
    }

    private static HeldLock held(DataInputStream in) throws IOException {
        long number = in.readLong();
        int turn = in.readInt();
        var resource = resource(in);
        var granted = mode(in);
        var requested = mode(in);
        var flags = new LockFlags(in.readInt());
        int bits = in.readUnsignedByte();
        var value = stored(in);
        return new HeldLock(number, turn, resource, granted, requested, flags, (bits & 1) != 0, value,
                in.readLong(), (bits & 2) != 0, (bits & 4) != 0);
    }

    private static StoredValue stored(DataInputStream in) throws IOException {
        long sequence = in.readLong();
        int bits = in.readUnsignedByte();
        boolean present = (bits & 2) != 0;
        return new StoredValue(sequence, present ? block(in) : ValueBlock.ZERO, (bits & 1) != 0, present);
    }

    private static ValueBlock block(DataInputStream in) throws IOException {
        var bytes = new byte[ValueBlock.BYTES];
        in.readFully(bytes);
        return new ValueBlock(bytes);
    }

    private static PeerMessage.Lost lost(DataInputStream in) throws IOException {
        return new PeerMessage.Lost(resource(in), nodes(in));
    }

    private static Region region(DataInputStream in) throws IOException {
        return new Region(nodes(in), nodes(in), nodes(in));
    }

    private static SortedSet<NodeId> nodes(DataInputStream in) throws IOException {
        return new TreeSet<>(all(in, from -> new NodeId(from.readInt())));
    }

    private static Basis basis(DataInputStream in) throws IOException {
        return new Basis(in.readLong(), in.readInt());
    }

    private static LockMode mode(DataInputStream in) throws IOException {
        return LockMode.of(in.readByte());
    }

    private static LockResource resource(DataInputStream in) throws IOException {
        return new LockResource(text(in), new String(bytes(in), StandardCharsets.ISO_8859_1));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }

    private static <T> List<T> all(DataInputStream in, Reading<T> item) throws IOException {
        int count = in.readInt();
        // Each item has a byte at least: a count beyond that is a lie that must not cost memory.
        if (count < 0 || count > in.available()) {
            throw new MalformedFrameException("a list of " + count + " items");
        }
        var items = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.take(in));
        }
        return items;
    }
}
