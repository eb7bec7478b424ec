package org.quorate.config;

import static java.time.temporal.ChronoUnit.MILLIS;
import static org.quorate.config.Problem.Severity.ERROR;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Timing and protection of the messages between nodes: the section {@code totem}.
 *
 * @param token                         silence after which a member is lost; 10000 ms
 * @param tokenWritten                  whether it stands in the file; a quorum disk judges a written one only
 * @param join                          wait for join messages; 60 ms
 * @param consensus                     time to agree on a view; token + 2000 ms, with two nodes a fifth of the token
 *                                      kept within 200 and 2000 ms
 * @param failRecvConst                 rotations without a message before a new view; 2500
 * @param tokenRetransmits              retransmissions before the token counts as lost; 20
 * @param seqnoUnchanged                idle rotations before merge detection; 30
 * @param missCount                     token visits before a missing message is asked for again; 5
 * @param netmtu                        network frame, bytes; 1500
 * @param windowSize                    messages a rotation; 50
 * @param maxMessages                   messages a node and rotation; 17
 * @param rrpMode                       use of two rings; passive when nodes have a second name, else none
 * @param rrpProblemCountThreshold      problems until a ring is faulty; 3
 * @param rrpProblemCountMcastThreshold the same for multicast; ten times the above
 * @param rrpProblemCountTimeout        after which a problem is forgotten; 2000 ms
 * @param rrpAutorecoveryCheckTimeout   how often a faulty ring is tried; 1000 ms
 * @param secauth                       whether messages are authenticated and encrypted; on
 * @param keyfile                       where {@code cman} names none
 */
public record TotemConfig(Duration token, boolean tokenWritten, Duration join, Duration consensus, int failRecvConst,
        int tokenRetransmits, int seqnoUnchanged, int missCount, int netmtu, int windowSize, int maxMessages,
        RrpMode rrpMode, int rrpProblemCountThreshold, int rrpProblemCountMcastThreshold,
        Duration rrpProblemCountTimeout, Duration rrpAutorecoveryCheckTimeout, boolean secauth,
        Optional<String> keyfile) {
    private static final Duration TOKEN = Duration.ofMillis(10000);
    private static final Duration LEAST_CONSENSUS = Duration.ofMillis(200);
    private static final Duration MOST_CONSENSUS = Duration.ofMillis(2000);
    private static final Map<String, RrpMode> RRP_MODES =
            Map.of("none", RrpMode.NONE, "active", RrpMode.ACTIVE, "passive", RrpMode.PASSIVE);
    private static final Map<String, Boolean> ON_OFF = Map.of("on", true, "off", false);

    static TotemConfig of(Section totem, List<NodeConfig> nodes) {
        if (totem.has("transport")) {
            totem.error("totem-transport", "transport belongs to cman, not totem", "move it to cman");
        }
        Duration token = Duration.ofMillis(totem.number("token", (int) TOKEN.toMillis(), Range.POSITIVE));
        boolean rings = nodes.stream().anyMatch(node -> node.altName().isPresent());
        int threshold = totem.number("rrp_problem_count_threshold", 3, Range.POSITIVE);
        return new TotemConfig(token, totem.has("token"),
                totem.time("join", Duration.ofMillis(60), MILLIS),
                totem.time("consensus", consensus(token, nodes.size()), MILLIS),
                totem.number("fail_recv_const", 2500, Range.POSITIVE),
                totem.number("token_retransmits_before_loss_const", 20, Range.POSITIVE),
                totem.number("seqno_unchanged_const", 30, Range.POSITIVE),
                totem.number("miss_count_const", 5, Range.POSITIVE),
                totem.number("netmtu", 1500, Range.POSITIVE),
                totem.number("window_size", 50, Range.POSITIVE),
                totem.number("max_messages", 17, Range.POSITIVE),
                totem.word("rrp_mode", rings ? RrpMode.PASSIVE : RrpMode.NONE, RRP_MODES, ERROR,
                        "none, active or passive"),
                threshold,
                totem.number("rrp_problem_count_mcast_threshold",
                        (int) Math.min(10L * threshold, Integer.MAX_VALUE), Range.POSITIVE),
                totem.time("rrp_problem_count_timeout", Duration.ofMillis(2000), MILLIS),
                totem.time("rrp_autorecovery_check_timeout", Duration.ofMillis(1000), MILLIS),
                totem.word("secauth", true, ON_OFF, ERROR, "on or off"),
                totem.text("keyfile"));
    }

    private static Duration consensus(Duration token, int nodes) {
        if (nodes > 2) {
            return token.plusMillis(2000);
        }
        Duration fifth = token.dividedBy(5);
        if (fifth.compareTo(LEAST_CONSENSUS) < 0) {
            return LEAST_CONSENSUS;
        }
        return fifth.compareTo(MOST_CONSENSUS) > 0 ? MOST_CONSENSUS : fifth;
    }
}
