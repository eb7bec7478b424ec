package org.quorate.fenced;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.quorate.api.cman.NodeId;
import org.quorate.api.cman.NodeName;
import org.quorate.config.ClusterConfig;
import org.quorate.config.NodeConfig;
import org.quorate.daemon.ExitStatus;
import org.quorate.daemon.StartFailure;
import org.quorate.fenced.core.FencePolicy;

/**
 * What the command line says; it wins over the configuration.
 *
 * @param postJoinDelay {@code -j}; -1 waits for ever
 * @param postFailDelay {@code -F}; -1 waits for ever
 * @param overrideTime  {@code -R}
 */
record Options(Optional<Duration> postJoinDelay, Optional<Duration> postFailDelay, Optional<Duration> overrideTime) {
    static final String HELP = """
              -j <s>       wait so long for nodes after another has joined; -1: for ever
              -F <s>       wait so long for a node after it failed; -1: for ever
              -R <s>       pause between two rounds over all methods, at least 3
              -L, -q, -g <n>, -r <dir>, -O <path>   taken and of no effect
              -c, -s       refused: cluster.conf says it, <fence_daemon clean_start="1"/> instead of -c
            """;

    private static final Duration LEAST_PAUSE = Duration.ofSeconds(3);

    static Options of(List<String> arguments) throws StartFailure {
        var options = new Options(Optional.empty(), Optional.empty(), Optional.empty());
        for (int i = 0; i < arguments.size(); i++) {
            var option = arguments.get(i);
            var letter = option.length() > 1 && option.charAt(0) == '-' ? option.substring(0, 2) : option;
            if (List.of("-L", "-q").contains(option)) {
                continue;
            }
            if (List.of("-c", "-s").contains(option)) {
                throw usage(option + " is said in cluster.conf now: <fence_daemon "
                        + (option.equals("-c") ? "clean_start" : "skip_undefined") + "=\"1\"/>");
            }
            if (!List.of("-j", "-F", "-R", "-g", "-r", "-O").contains(letter)) {
                throw usage("unknown option " + option);
            }
            boolean glued = option.length() > 2;
            if (!glued && i + 1 == arguments.size()) {
                throw usage("option " + option + " requires an argument");
            }
            var value = glued ? option.substring(2) : arguments.get(++i);
            options = options.with(letter, value);
        }
        return options;
    }

    private Options with(String letter, String value) throws StartFailure {
        return switch (letter) {
            case "-j" -> new Options(Optional.of(seconds(value)), postFailDelay, overrideTime);
            case "-F" -> new Options(postJoinDelay, Optional.of(seconds(value)), overrideTime);
            case "-R" -> new Options(postJoinDelay, postFailDelay, Optional.of(seconds(value)));
            default -> this;
        };
    }

    private static Duration seconds(String value) throws StartFailure {
        if (!value.matches("-1|[0-9]{1,6}")) {
            throw usage(value + " is no number of seconds");
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }

    private static StartFailure usage(String what) {
        return new StartFailure(ExitStatus.USAGE, what + "; try 'fenced -h'");
    }

    /** The part of the configuration that the fence domain decides by. */
    FencePolicy policy(ClusterConfig config) {
        var fence = config.fence();
        var pause = overrideTime.orElse(fence.overrideTime());
        return new FencePolicy(
                postJoinDelay.orElse(fence.postJoinDelay()),
                postFailDelay.orElse(fence.postFailDelay()),
                pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause,
                fence.raceDelay(),
                config.cman().twoNode(),
                config.nodes().stream().map(Options::node).toList());
    }

    private static FencePolicy.Node node(NodeConfig node) {
        return new FencePolicy.Node(new NodeId(node.id()), new NodeName(node.name()), node.methods().size());
    }
}
