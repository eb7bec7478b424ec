package org.quorate.dist.site;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The management module of the chassis: serves its command line by telnet and switches the power of the blades.
 *
 * <p>As a program: {@code BladeCenter PORT USER PASSWORD LOG NAME...}, the names in the order of the bays. It says
 * {@code ready} when it can be called, and logs each power switch with the moment of {@link System#nanoTime}.
 */
public final class BladeCenter implements AutoCloseable {
    private final ServerSocket door;
    private final Chassis chassis;
    private final String user;
    private final String password;

    /**
     * A module that can be called at once, and answers when {@link #serve} runs.
     *
     * @param port 0 for any that is free
     */
    public BladeCenter(int port, Chassis chassis, String user, String password) throws IOException {
        this.chassis = chassis;
        this.user = user;
        this.password = password;
        door = new ServerSocket(port);
    }

    /** Runs the module until it is killed. */
    public static void main(String[] words) throws IOException {
        SortedMap<Integer, String> blades = new TreeMap<>();
        Arrays.stream(words).skip(4).forEach(name -> blades.put(blades.size() + 1, name));
        try (PrintStream log = new PrintStream(Files.newOutputStream(Path.of(words[3])), true, StandardCharsets.UTF_8);
                BladeCenter module = new BladeCenter(Integer.parseInt(words[0]),
                        new LoggedChassis(new SiteChassis(blades), log), words[1], words[2])) {
            System.setErr(log);
            System.out.println("ready");
            module.serve();
        }
    }

    /** Where it can be called. */
    public int port() {
        return door.getLocalPort();
    }

    /** Serves callers, each in a virtual thread, until the door is closed. */
    public void serve() {
        try {
            while (true) {
                Socket caller = door.accept();
                Thread.ofVirtual().name("caller-" + caller.getPort()).start(() -> serve(caller));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                System.err.println("management module: " + e.getMessage());
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            caller.setTcpNoDelay(true);
            Telnet telnet = new Telnet(new BufferedInputStream(caller.getInputStream()),
                    new BufferedOutputStream(caller.getOutputStream()));
            Console console = new Console(chassis, user, password);
            telnet.open();
            telnet.say(console.greeting());
            while (console.stage() != Console.Stage.OVER) {
                String line = telnet.line(console.stage() != Console.Stage.PASSWORD);
                if (line == null) {
                    return;
                }
                telnet.say(console.answer(line));
            }
        } catch (IOException | IllegalStateException e) {
            System.err.println("management module: a call ended: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    /** Tells the log what was switched, and when it was done. */
    private record LoggedChassis(Chassis chassis, PrintStream log) implements Chassis {
        @Override
        public SortedMap<Integer, String> blades() {
            return chassis.blades();
        }

        @Override
        public boolean isOn(int bay) {
            return chassis.isOn(bay);
        }

        @Override
        public void power(int bay, boolean on) {
            chassis.power(bay, on);
            log.println(System.nanoTime() + " blade " + bay + (on ? " on" : " off"));
        }
    }
}
