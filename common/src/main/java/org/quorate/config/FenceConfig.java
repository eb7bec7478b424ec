package org.quorate.config;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;

/**
 * The fence domain: the section {@code fence_daemon}.
 *
 * @param postJoinDelay   wait before fencing nodes absent at start; 6 s
 * @param postFailDelay   wait before fencing a node that failed; 0 s
 * @param cleanStart      whether nodes absent at start are taken to be off
 * @param skipUndefined   whether nodes without methods are left out at start
 * @param overridePath    where an administrator says that a node is off; below the root of {@code Paths}
 * @param overrideTime    pause between failed rounds, in which that is heard; 3 s
 * @param fenceCheckDelay wait for a running check of fencing; 5 s
 * @param raceDelay       how long one of two nodes waits, that not both fence each other; 5 s; our own addition
 */
public record FenceConfig(Duration postJoinDelay, Duration postFailDelay, boolean cleanStart, boolean skipUndefined,
        String overridePath, Duration overrideTime, Duration fenceCheckDelay, Duration raceDelay) {
    static FenceConfig of(Section daemon) {
        return new FenceConfig(
                daemon.delay("post_join_delay", Duration.ofSeconds(6)),
                daemon.delay("post_fail_delay", Duration.ZERO),
                daemon.flag("clean_start", false),
                daemon.flag("skip_undefined", false),
                daemon.text("override_path").orElse("/var/run/cluster/fenced_override"),
                daemon.delay("override_time", Duration.ofSeconds(3)),
                daemon.delay("fence_check_delay", Duration.ofSeconds(5)),
                daemon.time("race_delay", Duration.ofSeconds(5), SECONDS));
    }
}
