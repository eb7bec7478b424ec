package org.quorate.rgmanager.core.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;

/** Reads commands such as {@code req 1 enable service:a}, has them done, and gives the trace. */
final class TracedCommands {
    private static final Map<String, ServiceRequest> REQUESTS = Map.ofEntries(
            Map.entry("start", ServiceRequest.START), Map.entry("enable", ServiceRequest.ENABLE),
            Map.entry("stop", ServiceRequest.STOP), Map.entry("userstop", ServiceRequest.STOP_USER),
            Map.entry("disable", ServiceRequest.DISABLE), Map.entry("relocate", ServiceRequest.RELOCATE),
            Map.entry("restart", ServiceRequest.RESTART), Map.entry("status", ServiceRequest.STATUS),
            Map.entry("migrate", ServiceRequest.MIGRATE), Map.entry("freeze", ServiceRequest.FREEZE),
            Map.entry("unfreeze", ServiceRequest.UNFREEZE), Map.entry("convalesce", ServiceRequest.CONVALESCE),
            Map.entry("exit", ServiceRequest.STOP_EXITING), Map.entry("start-remote", ServiceRequest.START_REMOTE),
            Map.entry("start-recover", ServiceRequest.START_RECOVER));

    private static final Set<ServiceRequest> STARTS = EnumSet.of(ServiceRequest.START, ServiceRequest.ENABLE,
            ServiceRequest.RESTART);

    private static final Set<ServiceRequest> UNTOLD = EnumSet.of(ServiceRequest.START_REMOTE,
            ServiceRequest.START_RECOVER, ServiceRequest.MIGRATE);

    private final List<String> trace = new ArrayList<>();
    private final TracedCluster cluster;

    private TracedCommands(ServiceConfiguration configuration) {
        cluster = new TracedCluster(configuration, trace::add);
    }

    static List<String> run(ServiceConfiguration configuration, List<String> commands) {
        var run = new TracedCommands(configuration);
        commands.stream().filter(c -> !c.isBlank()).forEach(run::command);
        return run.trace;
    }

    private void command(String line) {
        if (line.startsWith("#")) {
            trace.add(line);
            return;
        }
        trace.add("> " + line);
        String[] words = line.split(" +");
        switch (words[0]) {
            case "online" -> cluster.online = Arrays.stream(words).skip(1).map(Integer::valueOf).toList();
            case "req" -> request(words);
            case "fail" -> cluster.fail(number(words, 1), service(words, 2), words[3], number(words, 4),
                    number(words, 5));
            case "clearfail" -> cluster.clearFailures();
            case "set" -> set(words);
            case "eval" -> unlessLocked(() ->
                    cluster.evaluate(number(words, 1), number(words, 2), words[3].equals("up")));
            case "svcevent" -> unlessLocked(() ->
                    cluster.evaluate(number(words, 1), ServiceRecord.unwritten(service(words, 2))
                            .in(state(words[3]), 0).ownedBy(Math.max(number(words, 4), 0))));
            case "fod" -> cluster.configuration.nodes().keySet().forEach(n -> trace.add("  node " + n + ": "
                    + cluster.around(1).score(service(words, 1), n, cluster.online).ordinal()));
            case "best" -> trace.add("  best other than " + words[1] + ": " + new MemberChoice(cluster.around(1))
                    .best(service(words, 2), cluster.online, number(words, 1)));
            case "lock" -> cluster.locked = true;
            case "unlock" -> cluster.locked = false;
            case "quorate" -> cluster.quorate = words[1].equals("1");
            case "central" -> cluster.central = words[1].equals("1");
            case "tick" -> cluster.pass(number(words, 1));
            default -> throw new IllegalArgumentException(line);
        }
    }

    /** While services are locked nothing is evaluated; the original says so with EAGAIN. */
    private void unlessLocked(Runnable evaluation) {
        if (cluster.locked) {
            trace.add("  = -11");
            return;
        }
        evaluation.run();
        trace.add("  = 0");
    }

    private void request(String[] words) {
        int target = words.length > 4 ? number(words, 4) : 0;
        boolean domain = words.length > 5 && words[5].equals("1");
        int node = number(words, 1);
        var request = REQUESTS.get(words[2]);
        var service = service(words, 3);
        int before = trace.size();
        var answer = cluster.request(node, request, service, target, domain);
        // Who carries these out for another member has nobody to tell where the service runs now.
        boolean told = answer.result() != ServiceResult.RUNNING && !UNTOLD.contains(request);
        int owner = told ? answer.owner() : 0;
        boolean leftAlone = STARTS.contains(request) && cluster.records.get(service).is(ServiceState.RECOVERING)
                && trace.stream().skip(before).noneMatch(line -> line.contains(" SEND "));
        if (owner == 0 && answer.result() == ServiceResult.SUCCESS && leftAlone) {
            // Somebody else recovers it. The original takes this for its own success.
            owner = node;
        }
        trace.add("  = " + answer.result().code() + " (" + answer.result().text() + ") new_owner=" + owner);
    }

    private void set(String[] words) {
        var service = service(words, 1);
        long transition = words.length > 5 ? number(words, 5) : 1;
        int flags = words.length > 6 ? number(words, 6) : 0;
        cluster.write(-1, new ServiceRecord(service, number(words, 3), number(words, 4), state(words[2]), 0,
                transition, (flags & ServiceRecord.FROZEN) != 0, (flags & ServiceRecord.PARTIAL) != 0), false);
    }

    private static ServiceState state(String word) {
        return ServiceState.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static ServiceName service(String[] words, int index) {
        return new ServiceName(words[index]);
    }

    private static int number(String[] words, int index) {
        return Integer.parseInt(words[index]);
    }
}
