package org.quorate.dist.site;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The site's service: a web server that answers each request with the name of the blade it runs on.
 *
 * <p>{@code Web PORT} says {@code ready} when it can be asked. A page of sockets and not the JDK's own server, because
 * how long its start takes is part of every failover that the site shows.
 */
public final class Web {
    private static final int PATIENCE_MILLIS = 1000;

    private Web() { }

    /** Serves until it is killed. */
    public static void main(String[] words) throws IOException {
        String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        // Joined, not added: the machinery behind + would take longer to start than all the rest here.
        byte[] answer = String.join("\r\n", "HTTP/1.0 200 OK", "Content-Type: text/plain", "", name, "")
                .getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket door = new ServerSocket(Integer.parseInt(words[0]))) {
            System.out.println("ready");
            while (true) {
                serve(door.accept(), answer);
            }
        }
    }

    // One after the other: they are short, and the patience with each is too.
    private static void serve(Socket caller, byte[] answer) {
        try (caller) {
            caller.setSoTimeout(PATIENCE_MILLIS);
            int newlines = 0;
            while (newlines < 2) {
                int c = caller.getInputStream().read();
                if (c < 0) {
                    return;
                }
                newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
            }
            caller.getOutputStream().write(answer);
        } catch (SocketTimeoutException e) {
            System.err.println("a caller said nothing");
        } catch (IOException e) {
            System.err.println("a caller has gone: " + e.getMessage());
        }
    }
}
