package org.quorate.dist.fence;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session at a BladeCenter management module's command line, by telnet.
 *
 * <p>Each line that is sent is answered by what it says, and a prompt; an answer without a prompt within the time
 * allowed is a failure.
 */
final class ModuleSession implements Outlets, Closeable {
    private static final int COMMAND = 255;
    private static final int DONT = 254;
    private static final int DO = 253;
    private static final int WONT = 252;
    private static final int WILL = 251;
    private static final int SUBNEGOTIATION = 250;
    private static final int SUBNEGOTIATION_END = 240;
    private static final int LONGEST_ANSWER = 100_000;
    private static final String SYSTEM = "system>";
    private static final Pattern USER = Pattern.compile("(?i)(user ?name|login)\\s*:\\s*$");
    private static final Pattern PASSWORD = Pattern.compile("(?i)pass(word| phrase)\\s*:?\\s*$");
    private static final Pattern PROMPT = Pattern.compile("(system(?::blade\\[\\d+\\])?>)\\s*$");
    private static final Pattern LOGGED_IN = Pattern.compile(PROMPT.pattern() + "|" + USER.pattern());
    private static final Pattern BLADE = Pattern.compile("\\s*blade\\[(\\d+)\\]\\s+(.*?)\\s*");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Duration patience;
    private final boolean missingAsOff;

    private ModuleSession(Socket socket, Duration patience, boolean missingAsOff) throws IOException {
        this.socket = socket;
        this.patience = patience;
        this.missingAsOff = missingAsOff;
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /**
     * Calls the module and logs in.
     *
     * @param patience     how long each answer may take
     * @param missingAsOff whether a bay without a blade counts as one that is off
     */
    static ModuleSession open(InetSocketAddress address, String user, String password, Duration loginTimeout,
            Duration patience, boolean missingAsOff) throws FenceFailure {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) loginTimeout.toMillis());
            ModuleSession session = new ModuleSession(socket, patience, missingAsOff);
            session.until(USER, loginTimeout);
            session.send(user);
            session.until(PASSWORD, loginTimeout);
            session.send(password);
            if (!PROMPT.matcher(session.until(LOGGED_IN, loginTimeout)).find()) {
                throw new FenceFailure("the module refuses user " + user + " or its password");
            }
            return session;
        } catch (IOException e) {
            throw closed(socket, new FenceFailure("cannot call " + address + ": " + e.getMessage()));
        } catch (FenceFailure e) {
            throw closed(socket, e);
        }
    }

    private static FenceFailure closed(Socket socket, FenceFailure failure) {
        try {
            socket.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    @Override
    public boolean isOn(String plug) throws FenceFailure {
        if (!target(plug)) {
            return false;
        }
        List<String> said = ask("power -state").lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        String state = said.size() < 2 ? "nothing" : said.get(said.size() - 2);
        return switch (state.toLowerCase(java.util.Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new FenceFailure("blade " + plug + " is neither on nor off: the module says " + state);
        };
    }

    @Override
    public void power(String plug, boolean on) throws FenceFailure {
        if (target(plug)) {
            ask(on ? "power -on" : "power -off");
        }
    }

    @Override
    public SortedMap<String, String> list() throws FenceFailure {
        SortedMap<String, String> blades = new TreeMap<>();
        ask("env -T system");
        ask("list -l 2").lines().map(BLADE::matcher).filter(Matcher::matches)
                .forEach(blade -> blades.put(blade.group(1), blade.group(2)));
        return blades;
    }

    // Whether there is such a blade; it is what later commands are about.
    private boolean target(String plug) throws FenceFailure {
        if (!plug.matches("\\d{1,2}")) {
            throw new FenceFailure("plug " + plug + " is not the number of a bay");
        }
        Matcher prompt = PROMPT.matcher(ask("env -T system:blade[" + plug + "]"));
        if (prompt.find() && !prompt.group(1).equals(SYSTEM)) {
            return true;
        }
        if (missingAsOff) {
            return false;
        }
        throw new FenceFailure("there is no blade " + plug);
    }

    private String ask(String line) throws FenceFailure {
        send(line);
        return until(PROMPT, patience);
    }

    private void send(String line) throws FenceFailure {
        try {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            throw new FenceFailure("the module has gone: " + e.getMessage());
        }
    }

    private String until(Pattern end, Duration limit) throws FenceFailure {
        long deadline = System.nanoTime() + limit.toNanos();
        StringBuilder said = new StringBuilder();
        try {
            while (said.length() < LONGEST_ANSWER) {
                // Only at the end of what has come: a prompt is where the module stops talking.
                if (in.available() == 0 && end.matcher(said).find()) {
                    return said.toString();
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new FenceFailure("no answer from the module within " + limit.toSeconds() + " s");
                }
                socket.setSoTimeout((int) left);
                int c = in.read();
                if (c < 0) {
                    throw new FenceFailure("the module has hung up");
                } else if (c == COMMAND) {
                    negotiate();
                } else {
                    said.append((char) c);
                }
            }
            throw new FenceFailure("the module talks without end");
        } catch (SocketTimeoutException e) {
            throw new FenceFailure("no answer from the module within " + limit.toSeconds() + " s");
        } catch (IOException e) {
            throw new FenceFailure("the module has gone: " + e.getMessage());
        }
    }

    // We do nothing that the other side may ask of us, and let it do what it likes.
    private void negotiate() throws IOException {
        int what = in.read();
        switch (what) {
            case DO -> out.write(new byte[] {(byte) COMMAND, (byte) WONT, (byte) in.read()});
            case WILL -> out.write(new byte[] {(byte) COMMAND, (byte) DO, (byte) in.read()});
            case WONT, DONT -> in.read();
            case SUBNEGOTIATION -> {
                int c = in.read();
                while (c >= 0 && c != SUBNEGOTIATION_END) {
                    c = in.read();
                }
            }
            default -> { }
        }
    }

    @Override
    public void close() {
        try (socket) {
            send("exit");
        } catch (IOException | FenceFailure gone) {
            // It has hung up first: what was asked for has been answered by then.
            assert socket.isClosed() : gone;
        }
    }
}
