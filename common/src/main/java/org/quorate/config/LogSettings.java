package org.quorate.config;

/**
 * How one daemon logs.
 *
 * @param toSyslog        whether to syslog; yes
 * @param toLogfile       whether to its file; yes
 * @param syslogFacility  a word of syslog; {@code daemon}, as RHEL has it
 * @param syslogPriority  this and graver goes to syslog; info
 * @param logfilePriority this and graver goes to the file; info
 * @param logfile         {@code /var/log/cluster/DAEMON.log}, below the root of {@code Paths}
 * @param debug           whether debug messages go to the file too
 */
public record LogSettings(boolean toSyslog, boolean toLogfile, String syslogFacility, LogPriority syslogPriority,
        LogPriority logfilePriority, String logfile, boolean debug) {}
