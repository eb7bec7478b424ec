package org.quorate.dist.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * The client who wants an answer: asks the web server again and again, and tells who answers.
 *
 * <p>{@code Probe ADDRESS PORT} writes a line at each change: {@code NANOS NAME} when another blade answers than
 * before, or one does again; {@code NANOS -} when nobody does, with the moment of the last answer. Moments are those of
 * {@link System#nanoTime}, which all processes of a machine share.
 */
public final class Probe {
    private static final int PATIENCE_MILLIS = 200;
    private static final long BETWEEN_NANOS = 5_000_000;
    private static final byte[] QUESTION = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Probe() { }

    /** Asks until it is killed. */
    public static void main(String[] words) {
        InetSocketAddress service = new InetSocketAddress(words[0], Integer.parseInt(words[1]));
        String before = "-";
        long last = System.nanoTime();
        while (true) {
            String now = ask(service);
            if (!now.equals("-")) {
                if (!now.equals(before)) {
                    // Two lines, so that the silence before another's answer is told even if no question fell into it.
                    System.out.println((before.equals("-") ? "" : last + " -\n") + System.nanoTime() + " " + now);
                }
                last = System.nanoTime();
            } else if (!before.equals("-")) {
                System.out.println(last + " -");
            }
            before = now;
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    private static String ask(InetSocketAddress service) {
        try (Socket socket = new Socket()) {
            socket.connect(service, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(QUESTION);
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int end = said.indexOf("\r\n\r\n");
            return end < 0 ? "-" : said.substring(end + 4).strip();
        } catch (IOException nobody) {
            // That nobody answers is an answer too: it is what this program is there to notice.
            return "-";
        }
    }
}
