package org.quorate.wire;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Frames in and out of one socket. Any thread may send; one thread receives. */
public final class Connection implements Closeable {
    private final Closeable socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock sending = new ReentrantLock();

    private Connection(Closeable socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(in, 16 * 1024));
        this.out = out;
    }

    /** A connection over a channel (Unix domain sockets). */
    public static Connection over(SocketChannel channel) {
        return new Connection(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    }

    /** A connection over a socket (TCP, with or without TLS). */
    public static Connection over(Socket socket) throws IOException {
        return new Connection(socket, socket.getInputStream(), socket.getOutputStream());
    }

    /**
     * Writes one frame, whole.
     *
     * @throws IOException when the other side is gone
     */
    public void send(Frame frame) throws IOException {
        var bytes = frame.bytes();
        sending.lock();
        try {
            out.write(bytes.array(), bytes.position(), bytes.remaining());
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    /**
     * Waits for the next frame; nothing when the other side closed between two frames.
     *
     * @throws MalformedFrameException when what came is no frame
     * @throws IOException             when the other side is gone in the middle of one
     */
    public Optional<Frame> receive() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        long length = ((long) first << 24) | (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        if (length > Frame.MAXIMUM_BYTES || length < Frame.HEADER_BYTES) {
            throw new MalformedFrameException("a frame of " + length + " bytes");
        }
        // Read in steps: a stranger's claim of 17 MiB must not cost 17 MiB before the bytes are there.
        var afterLength = in.readNBytes((int) length);
        if (afterLength.length < length) {
            throw new EOFException("the connection ended within a frame");
        }
        return Optional.of(Frame.parse(afterLength));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
