package org.quorate.dist.fence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code fence_bladecenter}: cuts the power of an IBM blade by its chassis's management module.
 *
 * <p>Exit status: 0 done, 1 not done or not known, 2 from {@code status} for off.
 */
public final class FenceBladecenter {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int OFF = 2;
    private static final int TELNET = 23;

    private final PrintStream out;
    private final PrintStream err;

    FenceBladecenter(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs it. */
    public static void main(String[] words) {
        System.exit(new FenceBladecenter(System.out, System.err).run(List.of(words), System.in));
    }

    int run(List<String> words, InputStream in) {
        try {
            return run(words.isEmpty() ? told(in) : Request.ofOptions(words));
        } catch (FenceFailure failure) {
            err.println("fence_bladecenter: " + failure.getMessage());
            return FAILED;
        }
    }

    private static Request told(InputStream in) throws FenceFailure {
        try {
            return Request.ofLines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines());
        } catch (UncheckedIOException e) {
            throw new FenceFailure("cannot read what to do: " + e.getCause().getMessage());
        }
    }

    private int run(Request request) throws FenceFailure {
        String action = request.action();
        switch (action) {
            case "metadata", "meta-data" -> out.print(Description.metadata());
            case "help", "manpage" -> out.print(Description.help());
            case "version" -> out.println("fence_bladecenter of Quorate");
            case "validate-all" -> validated(request);
            default -> {
                return switched(action, validated(request));
            }
        }
        return DONE;
    }

    private static Request validated(Request request) throws FenceFailure {
        if (request.isSet("secure") || request.isSet("ssh")) {
            throw new FenceFailure("this agent speaks telnet only; for ssh install the package fence-agents");
        }
        request.needed("ip");
        request.needed("username");
        if (request.text("password").isEmpty() && request.text("password_script").isEmpty()) {
            throw new FenceFailure("password is not given");
        }
        boolean one = !List.of("list", "list-status", "monitor").contains(request.action());
        if (one && request.plugs().isEmpty()) {
            throw new FenceFailure("plug is not given: which blade?");
        }
        return request;
    }

    private int switched(String action, Request request) throws FenceFailure {
        if (List.of("off", "reboot").contains(action)) {
            pass(request.seconds("delay", 0));
        }
        var address = new InetSocketAddress(request.needed("ip"), request.number("ipport", TELNET));
        try (var session = ModuleSession.open(address, request.needed("username"), password(request),
                request.seconds("login_timeout", 5), request.seconds("shell_timeout", 3),
                request.isSet("missing_as_off"))) {
            var power = new PowerSwitch(session, request.seconds("power_wait", 0), request.seconds("power_timeout", 20),
                    request.number("retry_on", 1), FenceBladecenter::pass);
            String separator = request.text("separator").orElse(",");
            switch (action) {
                case "list", "monitor" -> session.list().forEach((bay, name) -> out.println(bay + separator + name));
                case "list-status" -> {
                    for (Map.Entry<String, String> blade : session.list().entrySet()) {
                        out.println(blade.getKey() + separator + blade.getValue() + separator
                                + (session.isOn(blade.getKey()) ? "ON" : "OFF"));
                    }
                }
                case "status" -> {
                    boolean on = power.anyOn(request.plugs());
                    out.println("Status: " + (on ? "ON" : "OFF"));
                    return on ? DONE : OFF;
                }
                default -> out.println(power.act(action, request.plugs()));
            }
            return DONE;
        }
    }

    private static String password(Request request) throws FenceFailure {
        var script = request.text("password_script");
        if (script.isEmpty()) {
            return request.needed("password");
        }
        try {
            Process process = new ProcessBuilder(script.get()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new FenceFailure(script.get() + " fails, so there is no password");
            }
            return said;
        } catch (IOException e) {
            throw new FenceFailure(script.get() + " does not run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FenceFailure("interrupted");
        }
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
