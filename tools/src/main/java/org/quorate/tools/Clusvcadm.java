package org.quorate.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.CmanClient;
import org.quorate.api.cman.CmanReply;
import org.quorate.api.rgmanager.RgEvent;
import org.quorate.api.rgmanager.RgProtocol;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;
import org.quorate.tools.service.MemberName;
import org.quorate.tools.words.CommandLine;
import org.quorate.wire.FrameClient;
import org.quorate.wire.FrameClient.Listener;
import org.quorate.wire.Hello;
import org.quorate.wire.RefusedException;

/** {@code clusvcadm}: starts, stops and moves services. clusvcadm(8). */
public final class Clusvcadm {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** A service takes as long to start as its agents like. */
    private static final Duration END = Duration.ofDays(1);
    private static final String HELP = """
            Usage:
              clusvcadm -e <service> [-m <member>]  Enable a service, here or on a member
              clusvcadm -e <service> -F             Enable it where its failover domain likes it best
              clusvcadm -d <service>                Disable it: stop it, and keep it stopped
              clusvcadm -s <service>                Stop it until something changes
              clusvcadm -R <service>                Restart it where it is
              clusvcadm -r <service> [-m <member>]  Relocate it
              clusvcadm -M <service> -m <member>    Migrate it while it runs
              clusvcadm -Z <service>                Freeze it: leave it alone
              clusvcadm -U <service>                Unfreeze it
              clusvcadm -c <service>                Convalesce: start failed parts that are not critical
              clusvcadm -l | -u | -S                Lock starts, unlock them, show whether they are locked
              clusvcadm -n <member> ...             The same as -m
              clusvcadm -q ...                      Say nothing
              clusvcadm -v                          Show the version
              clusvcadm -h                          Show this
            """;

    private final Paths paths;
    private PrintStream out;
    private final PrintStream err;
    private Optional<ServiceRequest> request = Optional.empty();
    private String service = "";
    private Optional<String> target = Optional.empty();
    private boolean domain;

    Clusvcadm(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new Clusvcadm(Paths.ofSystem(), System.out, System.err).run(List.of(args)));
    }

    int run(List<String> arguments) {
        try {
            var ended = parse(CommandLine.read("luSe:d:r:n:m:vR:s:qh?M:Z:U:c:F", arguments));
            return ended.isPresent() ? ended.get() : act();
        } catch (CommandLine.Wrong wrong) {
            err.println("clusvcadm: " + wrong.getMessage());
            return help();
        }
    }

    private int help() {
        out.print(HELP);
        return 1;
    }

    private Optional<Integer> parse(CommandLine line) throws CommandLine.Wrong {
        for (var option : line.options()) {
            switch (option.letter()) {
                case 'l' -> {
                    return Optional.of(lock(new RgRequest.SetLock(true), "Lock"));
                }
                case 'u' -> {
                    return Optional.of(lock(new RgRequest.SetLock(false), "Unlock"));
                }
                case 'S' -> {
                    return Optional.of(lock(new RgRequest.LockQuery(), "Query"));
                }
                case 'v' -> {
                    out.println(Daemon.VERSION);
                    return Optional.of(0);
                }
                case 'q' -> out = new PrintStream(OutputStream.nullOutputStream());
                case 'm', 'n' -> target = option.argument();
                case 'F' -> domain = true;
                case 'h', '?' -> {
                    return Optional.of(help());
                }
                default -> {
                    request = Optional.of(requestOf(option.letter()));
                    service = option.text();
                }
            }
        }
        line.check();
        return Optional.empty();
    }

    private static ServiceRequest requestOf(char option) {
        return switch (option) {
            case 'e' -> ServiceRequest.ENABLE;
            case 'd' -> ServiceRequest.DISABLE;
            case 's' -> ServiceRequest.STOP_USER;
            case 'R' -> ServiceRequest.RESTART;
            case 'r' -> ServiceRequest.RELOCATE;
            case 'M' -> ServiceRequest.MIGRATE;
            case 'Z' -> ServiceRequest.FREEZE;
            case 'U' -> ServiceRequest.UNFREEZE;
            case 'c' -> ServiceRequest.CONVALESCE;
            default -> throw new AssertionError("no request -" + option);
        };
    }

    private static String wordsFor(ServiceRequest request) {
        return switch (request) {
            case ENABLE -> "trying to enable";
            case DISABLE -> "disabling";
            case STOP_USER -> "stopping";
            case RESTART -> "trying to restart";
            case FREEZE -> "freezing";
            case UNFREEZE -> "unfreezing";
            case CONVALESCE -> "convalescing";
            default -> request.words();
        };
    }

    private int lock(RgRequest asked, String what) {
        try (var rgmanager = rgmanager()) {
            var reply = rgmanager.call(asked, ANSWER);
            if (reply instanceof RgReply.Locked(boolean locked)) {
                out.println(locked ? "Resource groups locked" : "Resource groups unlocked");
                return 0;
            }
            out.println(what + " operation failed");
            if (reply instanceof RgReply.Ended ended) {
                sayWhy(ended);
            }
        } catch (IOException | RefusedException missing) {
            out.println("Could not connect to resource group manager");
            out.println(what + " operation failed");
        }
        return 1;
    }

    private FrameClient<RgRequest, RgReply, RgEvent> rgmanager() throws IOException {
        return FrameClient.local(paths.socket("rgmanager"), RgProtocol.LOCAL, Hello.of("clusvcadm"), Listener.none());
    }

    private int act() {
        if (request.isEmpty()) {
            return help();
        }
        if (domain && target.isPresent()) {
            err.println("Cannot use '-F' with '-n' or '-m'");
            return 1;
        }
        if (request.get() == ServiceRequest.MIGRATE && target.isEmpty()) {
            out.println("Migration requires a target cluster member");
            return 1;
        }
        List<CmanReply.Node> nodes;
        try {
            nodes = nodes();
        } catch (IOException | RefusedException missing) {
            out.println("Could not connect to cluster service");
            return 1;
        }
        var member = target.map(name -> MemberName.find(name, nodes));
        member.ifPresent(m -> m.lines().forEach(out::println));
        if (member.isPresent() && member.get().node().isEmpty()) {
            return 1;
        }
        var node = member.flatMap(MemberName::node);
        if (request.get() == ServiceRequest.MIGRATE && !node.orElseThrow().state().equals("Member")) {
            out.println("'" + node.get().name() + "' is offline");
            return 1;
        }
        return ask(request.get(), ServiceName.parse(service), node, nodes);
    }

    private List<CmanReply.Node> nodes() throws IOException, RefusedException {
        try (var cman = CmanClient.connect(paths, "clusvcadm")) {
            return cman.nodes();
        }
    }

    private int ask(ServiceRequest wanted, ServiceName name, Optional<CmanReply.Node> node,
            List<CmanReply.Node> nodes) {
        out.print(leadingText(wanted, name, node.map(CmanReply.Node::name)));
        out.flush();
        FrameClient<RgRequest, RgReply, RgEvent> rgmanager;
        try {
            rgmanager = rgmanager();
        } catch (IOException missing) {
            out.println("Could not connect to resource group manager");
            return 1;
        }
        try (rgmanager) {
            int id = node.map(CmanReply.Node::id).orElse(0);
            var reply = rgmanager.call(new RgRequest.Act(wanted, name, id, domain), END);
            return reply instanceof RgReply.Ended ended ? show(wanted, name, id, ended, nodes) : 1;
        } catch (IOException | RefusedException gone) {
            err.println("Error receiving reply!");
            return 1;
        }
    }

    private static String leadingText(ServiceRequest wanted, ServiceName name, Optional<String> node) {
        if (wanted == ServiceRequest.RELOCATE || wanted == ServiceRequest.MIGRATE) {
            return "Trying to " + wordsFor(wanted) + " " + name + node.map(n -> " to " + n).orElse("") + "...";
        }
        return node.map(n -> "Member " + n).orElse("Local machine") + " " + wordsFor(wanted) + " " + name + "...";
    }

    private int show(ServiceRequest wanted, ServiceName name, int asked, RgReply.Ended ended,
            List<CmanReply.Node> nodes) {
        out.println(ended.result().text());
        boolean placed = wanted == ServiceRequest.ENABLE || wanted == ServiceRequest.RELOCATE;
        if (ended.result() == ServiceResult.SUCCESS && placed) {
            String owner = nodes.stream().filter(n -> n.id() == ended.owner()).map(CmanReply.Node::name).findFirst()
                    .orElse("unknown");
            out.println((asked != 0 && asked != ended.owner() ? "Warning: " : "") + name + " is now running on "
                    + owner);
        }
        if (ended.result() != ServiceResult.SUCCESS) {
            sayWhy(ended);
        }
        return ended.result().exitStatus();
    }

    private void sayWhy(RgReply.Ended refused) {
        if (!refused.why().isEmpty()) {
            err.println("clusvcadm: " + refused.why());
        }
    }
}
