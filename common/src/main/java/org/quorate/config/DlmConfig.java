package org.quorate.config;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lock manager: the section {@code dlm}. What concerns POSIX locks may stand in {@code gfs_controld} instead, where
 * RHEL 5 had it.
 *
 * @param protocol           how lock managers talk; detect
 * @param timewarn           lock waiting time that is reported; 5 s
 * @param logDebug           debug messages
 * @param enableFencing      wait for fencing before recovery; on
 * @param enableQuorum       wait for quorum before recovery
 * @param enableDeadlk       deadlock detection
 * @param enablePlock        POSIX locks of cluster file systems; on
 * @param plockOwnership     cache POSIX locks on the node that uses them; on
 * @param plockDebug         debug messages about them
 * @param plockRateLimit     of them a second; 0 is none
 * @param dropResourcesTime  how often unused ownership is given up; 10000 ms
 * @param dropResourcesCount how many at a time; 10
 * @param dropResourcesAge   unused for so long; 10000 ms
 * @param lockspaces         with rules of their own
 */
public record DlmConfig(Protocol protocol, Duration timewarn, boolean logDebug, boolean enableFencing,
        boolean enableQuorum, boolean enableDeadlk, boolean enablePlock, boolean plockOwnership, boolean plockDebug,
        int plockRateLimit, Duration dropResourcesTime, int dropResourcesCount, Duration dropResourcesAge,
        List<LockspaceConfig> lockspaces) {
    private static final Duration HUNDREDTH = Duration.ofMillis(10);

    public DlmConfig {
        lockspaces = List.copyOf(lockspaces);
    }

    /** How lock managers talk. */
    public enum Protocol {
        /** SCTP with two rings, else TCP. */
        DETECT,
        /** TCP. */
        TCP,
        /** SCTP. */
        SCTP
    }

    static DlmConfig of(Section dlm, Section gfs, List<NodeConfig> nodes) {
        return new DlmConfig(protocol(dlm),
                HUNDREDTH.multipliedBy(dlm.number("timewarn", 500, Range.ANY)),
                dlm.flag("log_debug", false), dlm.flag("enable_fencing", true), dlm.flag("enable_quorum", false),
                dlm.flag("enable_deadlk", false),
                having("enable_plock", dlm, gfs).flag("enable_plock", true),
                having("plock_ownership", dlm, gfs).flag("plock_ownership", true),
                having("plock_debug", dlm, gfs).flag("plock_debug", false),
                having("plock_rate_limit", dlm, gfs).number("plock_rate_limit", 0, Range.ANY),
                having("drop_resources_time", dlm, gfs)
                        .time("drop_resources_time", Duration.ofMillis(10000), MILLIS),
                having("drop_resources_count", dlm, gfs).number("drop_resources_count", 10, Range.ANY),
                having("drop_resources_age", dlm, gfs).time("drop_resources_age", Duration.ofMillis(10000), MILLIS),
                lockspaces(dlm, nodes));
    }

    private static List<LockspaceConfig> lockspaces(Section dlm, List<NodeConfig> nodes) {
        Set<String> nodeNames = nodes.stream().map(NodeConfig::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> names = new HashSet<>();
        List<LockspaceConfig> read = new ArrayList<>();
        for (Section written : dlm.children("lockspace")) {
            LockspaceConfig lockspace = LockspaceConfig.of(written, nodeNames);
            if (!lockspace.name().isEmpty() && !names.add(lockspace.name())) {
                written.error("lockspace-duplicate", "second lockspace " + Problem.quoted(lockspace.name()),
                        "make one of them");
            }
            read.add(lockspace);
        }
        return read;
    }

    private static Section having(String attribute, Section dlm, Section gfs) {
        return !dlm.has(attribute) && gfs.has(attribute) ? gfs : dlm;
    }

    /** Any case, and the beginning of a word is enough. */
    private static Protocol protocol(Section dlm) {
        Optional<String> written = dlm.text("protocol");
        if (written.isEmpty()) {
            return Protocol.DETECT;
        }
        String word = written.get().toUpperCase(Locale.ROOT);
        Optional<Protocol> meant = Stream.of(Protocol.values()).filter(p -> p.name().startsWith(word)).findFirst();
        if (meant.isEmpty()) {
            dlm.warning("enum", "protocol " + Problem.quoted(written.get()) + " of dlm is not tcp, sctp or detect",
                    "it is ignored");
        }
        return meant.orElse(Protocol.DETECT);
    }
}
