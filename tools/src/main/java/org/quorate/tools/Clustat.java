package org.quorate.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;
import org.quorate.tools.service.ClustatJson;
import org.quorate.tools.service.ClustatText;
import org.quorate.tools.service.ClustatXml;
import org.quorate.tools.service.ClusterView;
import org.quorate.tools.service.Explained;
import org.quorate.tools.service.Wanted;
import org.quorate.tools.service.WhyText;
import org.quorate.tools.words.CommandLine;
import org.quorate.tools.words.Errno;

/** {@code clustat}: shows members and services. clustat(8). */
public final class Clustat {
    private static final int UNKNOWN = 255;
    private static final int USUAL_COLUMNS = 80;
    private static final String CLEAR = "\033[H\033[2J";
    private static final String HELP = """
            Usage:

            clustat [-i <sec>] [-I] [-l] [-m <member>] [-s <service>] [-Q] [-f] [-v] [-x] [-h]
            clustat [--json] [--why <service>]

            -i <sec>      Show again every so many seconds
            -I            Show this node's id, then exit
            -l            Show services at length
            -m <member>   Show this member; exit with its state: 0 online, 1 offline
            -s <service>  Show this service; exit with its state: 0 running
            -Q            Exit with 0 if the cluster is quorate, with 1 if it is not
            -f            Fast: as ever, there is nothing to wait for
            -v            Show the version, then exit
            -x            Show as XML
            --json        Show as JSON
            --why <service>
                          Show why this service is where it is: how each node suits it, the policy, and the
                          last ten decisions about it
            """;

    private static final char JSON = 'J';
    private static final char WHY = 'W';
    private static final List<CommandLine.LongOption> LONG_OPTIONS = List.of(
            new CommandLine.LongOption("json", JSON, false), new CommandLine.LongOption("why", WHY, true));

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;
    private final int columns;
    private final Clock clock;
    private String member;
    private String service;
    private Duration refresh = Duration.ZERO;
    private boolean details;
    private boolean xml;
    private boolean json;
    private String why;
    private boolean quorumOnly;
    private boolean idOnly;

    Clustat(Paths paths, PrintStream out, PrintStream err, int columns, Clock clock) {
        this.paths = paths;
        this.out = out;
        this.err = err;
        this.columns = columns;
        this.clock = clock;
    }

    /** Runs it. */
    public static void main(String[] args) {
        int status = new Clustat(Paths.ofSystem(), System.out, System.err, columns(), Clock.systemDefaultZone())
                .run(List.of(args));
        System.out.flush();
        System.exit(status);
    }

    private static int columns() {
        if (System.console() == null || !System.console().isTerminal()) {
            return USUAL_COLUMNS;
        }
        try {
            var size = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
            var words = new String(size.getInputStream().readAllBytes()).strip().split(" ");
            return words.length == 2 ? Math.max(Integer.parseInt(words[1]), USUAL_COLUMNS / 2) : USUAL_COLUMNS;
        } catch (IOException | NumberFormatException unknown) {
            return USUAL_COLUMNS;
        }
    }

    int run(List<String> arguments) {
        try {
            var ended = parse(CommandLine.read("fIls:m:i:xvQh?", LONG_OPTIONS, arguments));
            return ended.isPresent() ? ended.get() : show();
        } catch (CommandLine.Wrong wrong) {
            err.println("clustat: " + wrong.getMessage());
            out.print(HELP);
            return 0;
        }
    }

    private Optional<Integer> parse(CommandLine line) throws CommandLine.Wrong {
        for (var option : line.options()) {
            switch (option.letter()) {
                case 'i' -> refresh = Duration.ofSeconds(Math.max(number(option.text()), 1));
                case 'm' -> member = option.text();
                case 's' -> service = ServiceName.parse(option.text()).text();
                case 'l' -> details = true;
                case 'Q' -> quorumOnly = true;
                case 'I' -> idOnly = true;
                case 'x' -> {
                    if (!refresh.isZero()) {
                        out.println("Error: Options '-i' and '-x' are mutually exclusive");
                        return Optional.of(1);
                    }
                    xml = true;
                }
                case JSON -> json = true;
                case WHY -> why = ServiceName.parse(option.text()).text();
                case 'v' -> {
                    out.println("clustat version " + Daemon.VERSION);
                    return Optional.of(0);
                }
                case 'h', '?' -> {
                    out.print(HELP);
                    return Optional.of(0);
                }
                default -> { /* -f: there is nothing that could be left out */ }
            }
        }
        line.check();
        if (json && (xml || !refresh.isZero())) {
            err.println("clustat: '--json' goes neither with '-x' nor with '-i'");
            return Optional.of(1);
        }
        if (xml && why != null) {
            err.println("clustat: '--why' goes with '--json', not with '-x'");
            return Optional.of(1);
        }
        return Optional.empty();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    private int show() {
        while (true) {
            int status = showOnce();
            if (refresh.isZero() || status != 0 && member == null && service == null && why == null) {
                return status;
            }
            out.flush();
            try {
                Thread.sleep(refresh);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return status;
            }
            out.print(CLEAR);
        }
    }

    private int showOnce() {
        try {
            return print(ClusterView.of(paths));
        } catch (ClusterView.TooLate silent) {
            err.println("Timed out waiting for a response from Resource Group Manager");
            return service == null && why == null ? 0 : UNKNOWN;
        } catch (IOException missing) {
            if (!quorumOnly) {
                err.println("Could not connect to CMAN: " + Errno.ENOENT.words());
            }
            return 1;
        }
    }

    private int print(ClusterView view) {
        if (quorumOnly) {
            return view.quorate() ? 0 : 1;
        }
        if (idOnly) {
            out.printf("0x%08x%n", view.status().nodeId());
            return 0;
        }
        if (why != null) {
            return explain(view);
        }
        var wanted = wanted();
        if (json) {
            out.print(new ClustatJson(view, wanted, Optional.empty()).document());
            return statusOf(view);
        }
        out.print(xml ? new ClustatXml(view, wanted, clock.getZone()).document()
                : new ClustatText(view, wanted, columns, clock.getZone()).at(clock.instant().getEpochSecond()));
        return statusOf(view);
    }

    private Wanted wanted() {
        return new Wanted(Optional.ofNullable(member), Optional.ofNullable(service), details);
    }

    private int explain(ClusterView view) {
        return switch (Explained.ask(paths, new ServiceName(why))) {
            case Explained.Unknown(var line) -> {
                err.println("clustat: " + line);
                yield UNKNOWN;
            }
            case Explained.Why(var explanation) -> {
                out.print(json ? new ClustatJson(view, wanted(), Optional.of(explanation)).document()
                        : new WhyText(view, explanation, clock.getZone()).text());
                yield ofService(view, why);
            }
        };
    }

    private int statusOf(ClusterView view) {
        int ofMember = member == null ? 0 : view.member(member).map(m -> m.online() ? 0 : 1).orElse(UNKNOWN);
        return ofMember != 0 || service == null ? ofMember : ofService(view, service);
    }

    private static int ofService(ClusterView view, String name) {
        return view.service(name).map(s -> s.is(ServiceState.STARTING, ServiceState.STARTED, ServiceState.STOPPING)
                ? 0 : s.state().number()).orElse(UNKNOWN);
    }
}
