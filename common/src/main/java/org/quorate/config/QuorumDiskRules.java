package org.quorate.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What must hold for the quorum disk: its place, its timing beside the token's, its votes and heuristics. */
final class QuorumDiskRules {
    private static final int LEAST_TOKEN = 10000;
    private static final int MOST_HEURISTICS = 10;
    private static final int LEAST_TKO = 4;
    private static final int LEAST_TKO_UP = 2;
    private static final int UPGRADE_WAIT = 2;
    private static final Range LOG_LEVEL = Range.of(0, 7).codes("int", "log-level-range");
    private static final Range REAL_TIME_PRIORITY = Range.of(1, 100).codes("priority", "priority-range");
    private static final Range NICENESS = Range.of(-20, 20).codes("priority", "priority-range");

    private final Section quorumd;
    private final Section cluster;
    private final ClusterConfig config;
    private final List<Section> heuristics;

    private QuorumDiskRules(Section quorumd, Section cluster, ClusterConfig config) {
        this.quorumd = quorumd;
        this.cluster = cluster;
        this.config = config;
        this.heuristics = quorumd.children("heuristic");
    }

    static void check(Section cluster, ClusterConfig config) {
        Section quorumd = cluster.child("quorumd");
        if (quorumd.element().isPresent()) {
            QuorumDiskRules rules = new QuorumDiskRules(quorumd, cluster, config);
            rules.place();
            rules.timing();
            rules.heuristics();
            rules.masterWins();
            rules.votes();
            rules.process();
        }
    }

    private void place() {
        if (quorumd.text("device").isEmpty() && quorumd.text("label").isEmpty()) {
            quorumd.error("qdisk-no-device", "quorumd has neither device nor label", "name the disk by one of them");
        }
    }

    private void timing() {
        Section totem = cluster.child("totem");
        if (totem.text("token").filter(written -> Range.POSITIVE.parse(written).isEmpty()).isPresent()) {
            return;
        }
        long token = config.totem().token().toMillis();
        if (config.totem().tokenWritten() && token < LEAST_TOKEN) {
            totem.error("qdisk-token", "token " + token + " is too short with a quorum disk", "write "
                    + LEAST_TOKEN + " or more");
            return;
        }
        if (wrong(quorumd, "interval", "tko", "tko_up", "master_wait", "upgrade_wait")) {
            return;
        }
        long interval = Math.max(1, number(quorumd, "interval").orElse(1));
        long tko = number(quorumd, "tko").orElse((int) Math.max(1, (token / 1000 - interval) / 2));
        if (tko < LEAST_TKO) {
            quorumd.warning("qdisk-tko-low", "quorumd tko " + tko + " is too low", "write " + LEAST_TKO + " or more");
        }
        long up = Math.max(LEAST_TKO_UP, number(quorumd, "tko_up").orElse((int) tko / 3));
        long wait = Math.max(up + 1, number(quorumd, "master_wait").orElse((int) tko / 2));
        long upgrade = number(quorumd, "upgrade_wait").orElse(UPGRADE_WAIT);
        long needed = interval * (tko + wait + upgrade) * 1000;
        if (needed >= token) {
            long round = (needed / 1000 + 1) * 1000;
            quorumd.error("qdisk-timing", "quorum disk needs " + needed + " ms to fail over, the token timeout is "
                    + token, "set totem token to " + round + " or more");
        }
    }

    private void heuristics() {
        for (Section heuristic : heuristics) {
            if (heuristic.text("program").isEmpty()) {
                heuristic.error("heuristic-program", "heuristic has no program",
                        "it and all after it would be ignored; name the command to run");
            }
        }
        if (heuristics.size() > MOST_HEURISTICS) {
            heuristics.get(MOST_HEURISTICS).error("too-many-heuristics", "eleventh heuristic of " + heuristics.size(),
                    "at most " + MOST_HEURISTICS + " are used");
        }
        OptionalInt least = number(quorumd, "min_score");
        // Without heuristics the score is always 1 of 1.
        int scores = heuristics.isEmpty() ? 1
                : heuristics.stream().mapToInt(h -> Math.max(1, number(h, "score").orElse(1))).sum();
        if (least.isPresent() && least.getAsInt() > scores) {
            quorumd.error("qdisk-min-score", "min_score " + least.getAsInt() + " is more than all heuristics together ("
                    + scores + ")", "the disk would never have votes");
        }
        if (heuristics.isEmpty() && config.nodes().size() > 2) {
            quorumd.warning("qdisk-no-heuristic", "quorumd has no heuristic, with " + config.nodes().size() + " nodes",
                    "add one, so that a node without network cannot win");
        }
    }

    private void masterWins() {
        if (quorumd.text("master_wins").filter("1"::equals).isEmpty()) {
            return;
        }
        if (!heuristics.isEmpty()) {
            quorumd.warning("qdisk-master-wins", "master_wins is ignored with heuristics", "leave out one of them");
        } else if (config.nodes().size() != 2) {
            quorumd.warning("qdisk-master-wins", "master_wins is ignored with " + config.nodes().size() + " nodes",
                    "it is for exactly two");
        }
    }

    private void votes() {
        Optional<NodeConfig> uneven = config.nodes().stream().filter(node -> node.votes() != 1).findFirst();
        if (!quorumd.has("votes") && uneven.isPresent()) {
            quorumd.error("qdisk-votes", Problem.quoted(uneven.get().name()) + " has " + uneven.get().votes()
                    + " votes", "give quorumd its votes, they follow from the nodes' only where each has one");
        } else if (!wrong(quorumd, "votes")) {
            int disk = number(quorumd, "votes").orElse(Math.max(0, config.nodes().size() - 1));
            VoteRules.checkWithDisk(cluster, config, disk);
        }
    }

    private void process() {
        Optional<String> scheduler = quorumd.text("scheduler");
        String letter = scheduler.orElse("rr").substring(0, 1).toLowerCase(Locale.ROOT);
        if (!"rfo".contains(letter)) {
            quorumd.warning("enum", "scheduler " + Problem.quoted(scheduler.get())
                    + " of quorumd is not rr, fifo or other", "it is ignored");
        }
        Section lenient = quorumd.lenient();
        lenient.number("priority", letter.equals("o") ? NICENESS : REAL_TIME_PRIORITY);
        lenient.number("log_level", LOG_LEVEL);
        for (String old : List.of("log_level", "log_facility")) {
            if (quorumd.has(old)) {
                quorumd.warning("deprecated", old + " of quorumd is deprecated", "use logging");
            }
        }
    }

    /** A number that is written and right; others are told by the schema's rules. */
    private static OptionalInt number(Section section, String attribute) {
        return section.element().flatMap(e -> e.attribute(attribute)).map(Range.ANY::parse).orElse(OptionalInt.empty());
    }

    private static boolean wrong(Section section, String... attributes) {
        for (String attribute : attributes) {
            if (section.has(attribute) && number(section, attribute).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
