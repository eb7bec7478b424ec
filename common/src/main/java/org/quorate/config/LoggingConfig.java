package org.quorate.config;

import static org.quorate.config.Problem.Severity.WARNING;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Logging: the section {@code logging}, general settings and what single daemons have instead.
 *
 * @param general  what {@code logging} itself says
 * @param daemons  what {@code logging_daemon} says, by name in any case
 * @param services what {@code log_level} and {@code log_facility} of {@code rm} say to rgmanager, as RHEL 5 had it;
 *                 {@code logging} comes before
 */
public record LoggingConfig(Overrides general, Map<String, Overrides> daemons, Overrides services) {
    private static final Map<String, Boolean> YES_NO = Map.of("yes", true, "no", false);
    private static final Map<String, Boolean> ON_OFF = Map.of("on", true, "off", false);
    private static final Map<String, String> FACILITIES = Stream.of("auth", "authpriv", "cron", "daemon", "ftp", "kern",
            "lpr", "mail", "news", "syslog", "user", "uucp", "local0", "local1", "local2", "local3", "local4", "local5",
            "local6", "local7").collect(Collectors.toMap(word -> word, word -> word));

    /** Daemons of this suite that have taken the place of others, to the names those had. */
    private static final Map<String, String> FORMER = Map.of("cmand", "corosync", "dlmd", "dlm_controld");
    private static final List<String> KNOWN = List.of("corosync", "qdiskd", "groupd", "fenced", "dlm_controld",
            "gfs_controld", "rgmanager", "cmand", "dlmd", "ccsd", "ricci");

    public LoggingConfig {
        Map<String, Overrides> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(daemons);
        daemons = Collections.unmodifiableMap(copy);
    }

    /**
     * What one element says; what it does not say is left to the more general one.
     *
     * @param toSyslog        {@code to_syslog}
     * @param toLogfile       {@code to_logfile}
     * @param syslogFacility  {@code syslog_facility}
     * @param syslogPriority  {@code syslog_priority}
     * @param logfilePriority {@code logfile_priority}
     * @param logfile         {@code logfile}
     * @param debug           {@code debug}
     */
    public record Overrides(Optional<Boolean> toSyslog, Optional<Boolean> toLogfile, Optional<String> syslogFacility,
            Optional<LogPriority> syslogPriority, Optional<LogPriority> logfilePriority, Optional<String> logfile,
            Optional<Boolean> debug) {
        static Overrides of(Section section) {
            return new Overrides(
                    written(section, "to_syslog", YES_NO, "yes or no"),
                    written(section, "to_logfile", YES_NO, "yes or no"),
                    written(section, "syslog_facility", FACILITIES, "a facility of syslog"),
                    written(section, "syslog_priority", LogPriority.WORDS, "a priority of syslog"),
                    written(section, "logfile_priority", LogPriority.WORDS, "a priority of syslog"),
                    section.text("logfile"),
                    written(section, "debug", ON_OFF, "on or off"));
        }

        private static <T> Optional<T> written(Section section, String attribute, Map<String, T> words,
                String expected) {
            return Optional.ofNullable(section.word(attribute, null, words, WARNING, expected));
        }

        /** {@code log_level} is a number of syslog; a wrong one is told elsewhere, and means nothing. */
        static Overrides ofOldSection(Section section) {
            var level = section.text("log_level").filter(text -> text.matches("[0-7]"))
                    .map(text -> LogPriority.values()[Integer.parseInt(text)]);
            return new Overrides(Optional.empty(), Optional.empty(),
                    section.text("log_facility").map(word -> word.toLowerCase(Locale.ROOT).replaceFirst("^log_", ""))
                            .filter(FACILITIES::containsKey),
                    level, level, Optional.empty(), Optional.empty());
        }

        Overrides or(Overrides other) {
            return new Overrides(toSyslog.or(other::toSyslog), toLogfile.or(other::toLogfile),
                    syslogFacility.or(other::syslogFacility), syslogPriority.or(other::syslogPriority),
                    logfilePriority.or(other::logfilePriority), logfile.or(other::logfile), debug.or(other::debug));
        }
    }

    static LoggingConfig of(Section logging, Section rm) {
        Map<String, Overrides> daemons = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Section daemon : logging.children("logging_daemon")) {
            String name = daemon.requiredName();
            if (!name.isEmpty() && KNOWN.stream().noneMatch(name::equalsIgnoreCase)) {
                daemon.warning("daemon-unknown", "logging_daemon " + Problem.quoted(name) + " is no daemon",
                        daemon.problems().near(name, KNOWN).orElse("it has no effect"));
            }
            // A part of a daemon (subsys) is not told apart here: its settings must not become the whole daemon's.
            Overrides overrides = Overrides.of(daemon);
            if (!daemon.has("subsys") && daemons.putIfAbsent(name, overrides) != null) {
                daemon.warning("logging-duplicate", "second logging_daemon " + Problem.quoted(name),
                        "the first one counts");
            }
        }
        for (Section logger : logging.children("logger")) {
            logger.warning("legacy", "logger is of old tools and means nothing", "use logging_daemon");
        }
        return new LoggingConfig(Overrides.of(logging), daemons, Overrides.ofOldSection(rm));
    }

    /** What a daemon does, all defaults applied; the settings of the daemon that it replaces are its own. */
    public LogSettings of(String daemon) {
        Overrides none = Overrides.of(new Section("", Optional.empty(), new Problems(), WARNING));
        Overrides said = daemons.getOrDefault(daemon, none)
                .or(daemons.getOrDefault(FORMER.getOrDefault(daemon, daemon), none))
                .or(general)
                .or(daemon.equals("rgmanager") ? services : none);
        return new LogSettings(said.toSyslog().orElse(true), said.toLogfile().orElse(true),
                said.syslogFacility().orElse("daemon"), said.syslogPriority().orElse(LogPriority.INFO),
                said.logfilePriority().orElse(LogPriority.INFO),
                said.logfile().orElse("/var/log/cluster/" + daemon + ".log"), said.debug().orElse(false));
    }
}
