package org.quorate.api.dlm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.quorate.wire.MalformedFrameException;
import org.quorate.wire.Messages;
import org.quorate.wire.Protocol;

/** The numbers of dlmd's messages on the wire; what concerns single locks has a fixed layout, since it must be fast. */
public final class DlmProtocol {
    /** The port that dlmds speak to each other on. */
    public static final int PORT = 21064;

    /** What may be said on {@code dlmd.sock}. */
    public static final Protocol<DlmRequest, DlmReply, DlmEvent> LOCAL = new Protocol<>(
            new Messages<DlmRequest>()
                    .with(1, DlmRequest.OpenLockspace.class)
                    .with(2, DlmRequest.CloseLockspace.class)
                    .with(3, DlmRequest.Lock.class, fixed(DlmProtocol::putLock, DlmProtocol::lock))
                    .with(4, DlmRequest.Convert.class, fixed(DlmProtocol::putConvert, DlmProtocol::convert))
                    .with(5, DlmRequest.Unlock.class, fixed(DlmProtocol::putUnlock, DlmProtocol::unlock))
                    .with(6, DlmRequest.OrphansQuery.class)
                    .with(7, DlmRequest.Purge.class)
                    .with(8, DlmRequest.LockspacesQuery.class)
                    .with(9, DlmRequest.LocksQuery.class),
            new Messages<DlmReply>()
                    .with(1, DlmReply.Done.class)
                    .with(2, DlmReply.Completed.class, fixed(DlmProtocol::putCompleted, DlmProtocol::completed))
                    .with(3, DlmReply.Orphans.class)
                    .with(4, DlmReply.Lockspaces.class)
                    .with(5, DlmReply.Locks.class),
            new Messages<DlmEvent>()
                    .with(1, DlmEvent.Blocking.class, fixed(
                            (out, told) -> putMode(out.putInt(told.lock()), told.mode()),
                            in -> new DlmEvent.Blocking(in.getInt(), mode(in)))));

    /** Bytes of the longest of these layouts. */
    private static final int LONGEST = 512;

    private DlmProtocol() {}

    /** A layout made of a writer and a reader; the reader may fail as buffers do. */
    public static <T> Messages.Layout<T> fixed(BiConsumer<ByteBuffer, T> writer, Function<ByteBuffer, T> reader) {
        return new Messages.Layout<>() {
            @Override
            public byte[] write(T message) {
                var out = ByteBuffer.allocate(LONGEST);
                writer.accept(out, message);
                var bytes = new byte[out.flip().remaining()];
                out.get(bytes);
                return bytes;
            }

            @Override
            public T read(byte[] payload) throws MalformedFrameException {
                try {
                    return reader.apply(ByteBuffer.wrap(payload));
                } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException wrong) {
                    throw new MalformedFrameException("a lock message that is none: " + wrong);
                }
            }
        };
    }

    /** Writes a mode. */
    public static ByteBuffer putMode(ByteBuffer out, LockMode mode) {
        return out.put((byte) mode.number());
    }

    /** Reads a mode. */
    public static LockMode mode(ByteBuffer in) {
        return LockMode.of(in.get());
    }

    /** Writes a resource. */
    public static ByteBuffer putResource(ByteBuffer out, LockResource resource) {
        putText(out, resource.lockspace(), StandardCharsets.UTF_8);
        return putText(out, resource.name(), StandardCharsets.ISO_8859_1);
    }

    /** Reads a resource. */
    public static LockResource resource(ByteBuffer in) {
        return new LockResource(text(in, StandardCharsets.UTF_8), text(in, StandardCharsets.ISO_8859_1));
    }

    private static ByteBuffer putText(ByteBuffer out, String text, java.nio.charset.Charset charset) {
        var bytes = text.getBytes(charset);
        if (bytes.length > 127) {
            throw new IllegalArgumentException("a name of " + bytes.length + " bytes");
        }
        return out.put((byte) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in, java.nio.charset.Charset charset) {
        var bytes = new byte[Byte.toUnsignedInt(in.get())];
        in.get(bytes);
        return new String(bytes, charset);
    }

    /** Reads a value block. */
    public static ValueBlock value(ByteBuffer in) {
        var bytes = new byte[ValueBlock.BYTES];
        in.get(bytes);
        return new ValueBlock(bytes);
    }

    private static void putHow(ByteBuffer out, LockMode mode, LockFlags flags, int timeoutCentis, ValueBlock value) {
        putMode(out, mode).putInt(flags.bits());
        if (flags.has(LockFlag.TIMEOUT)) {
            out.putInt(timeoutCentis);
        }
        putValue(out, flags, value);
    }

    private static void putValue(ByteBuffer out, LockFlags flags, ValueBlock value) {
        if (flags.has(LockFlag.VALBLK)) {
            out.put(value.bytes());
        }
    }

    private static int timeout(ByteBuffer in, LockFlags flags) {
        return flags.has(LockFlag.TIMEOUT) ? in.getInt() : 0;
    }

    private static ValueBlock value(ByteBuffer in, LockFlags flags) {
        return flags.has(LockFlag.VALBLK) ? value(in) : ValueBlock.ZERO;
    }

    private static void putLock(ByteBuffer out, DlmRequest.Lock asked) {
        putResource(out.putInt(asked.lock()), asked.resource());
        putHow(out, asked.mode(), asked.flags(), asked.timeoutCentis(), asked.value());
    }

    private static DlmRequest.Lock lock(ByteBuffer in) {
        int lock = in.getInt();
        var resource = resource(in);
        var mode = mode(in);
        var flags = new LockFlags(in.getInt());
        return new DlmRequest.Lock(lock, resource, mode, flags, timeout(in, flags), value(in, flags));
    }

    private static void putConvert(ByteBuffer out, DlmRequest.Convert asked) {
        putHow(out.putInt(asked.lock()), asked.mode(), asked.flags(), asked.timeoutCentis(), asked.value());
    }

    private static DlmRequest.Convert convert(ByteBuffer in) {
        int lock = in.getInt();
        var mode = mode(in);
        var flags = new LockFlags(in.getInt());
        return new DlmRequest.Convert(lock, mode, flags, timeout(in, flags), value(in, flags));
    }

    private static void putUnlock(ByteBuffer out, DlmRequest.Unlock asked) {
        putValue(out.putInt(asked.lock()).putInt(asked.flags().bits()), asked.flags(), asked.value());
    }

    private static DlmRequest.Unlock unlock(ByteBuffer in) {
        int lock = in.getInt();
        var flags = new LockFlags(in.getInt());
        return new DlmRequest.Unlock(lock, flags, value(in, flags));
    }

    private static void putCompleted(ByteBuffer out, DlmReply.Completed done) {
        putMode(out.putInt(done.lock()).putInt(done.status().number()), done.mode()).put((byte) done.flags());
        done.value().ifPresent(value -> out.put(value.bytes()));
    }

    private static DlmReply.Completed completed(ByteBuffer in) {
        int lock = in.getInt();
        var status = LockStatus.of(in.getInt());
        var mode = mode(in);
        int flags = in.get();
        return new DlmReply.Completed(lock, status, mode, flags,
                in.hasRemaining() ? Optional.of(value(in)) : Optional.empty());
    }
}
