package org.quorate.rgmanager.core.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.WalkResult;
import org.quorate.time.Moment;

/** Several members that share one book of records, do each step at once, and write down what they do. */
final class TracedCluster {
    /** Where the original's clock stood. */
    private static final long EPOCH = 1_000_000;
    /** What these give is looked at bit by bit; all others either worked or did not. */
    private static final Set<Operation> BY_BITS = EnumSet.of(Operation.STATUS, Operation.CONDITIONAL_STOP,
            Operation.CONDITIONAL_START);

    final ServiceConfiguration configuration;
    final Map<ServiceName, ServiceRecord> records = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Consumer<String> trace;
    List<Integer> online = List.of();
    final Map<Integer, Presence> away = new LinkedHashMap<>();
    boolean locked;
    boolean ending;
    boolean quorate = true;
    boolean central;
    private long seconds;

    private static final class Failure {
        final int node;
        final ServiceName service;
        final String operation;
        final int code;
        int times;

        Failure(int node, ServiceName service, String operation, int code, int times) {
            this.node = node;
            this.service = service;
            this.operation = operation;
            this.code = code;
            this.times = times;
        }
    }

    TracedCluster(ServiceConfiguration configuration, Consumer<String> trace) {
        this.configuration = configuration;
        this.trace = trace;
        configuration.services().forEach(s -> records.put(s, ServiceRecord.unwritten(s)));
    }

    void pass(int more) {
        seconds += more;
    }

    void fail(int node, ServiceName service, String operation, int code, int times) {
        failures.add(new Failure(node, service, operation, code, times));
    }

    void clearFailures() {
        failures.clear();
    }

    private Optional<Integer> told(int node, ServiceName service, String operation) {
        for (Failure f : failures) {
            if ((f.node == 0 || f.node == node) && f.service.equals(service) && f.operation.equals(operation)
                    && f.times != 0) {
                f.times -= f.times > 0 ? 1 : 0;
                return Optional.of(f.code);
            }
        }
        return Optional.empty();
    }

    Answer request(int node, ServiceRequest request, ServiceName service, int target, boolean domain) {
        return carryOut(node, service, new Requests(around(node)).begin(request, service, target, domain));
    }

    private Answer carryOut(int node, ServiceName service, Step first) {
        Step step = first;
        while (true) {
            switch (step) {
                case Answer answer -> {
                    return answer;
                }
                case Step.Own own -> step = own.then().get();
                case Step.Alone alone -> step = alone.then().get();
                case Step.NotArrived arrived -> step = arrived.then().get();
                case Step.Write write -> {
                    var changed = write.change().apply(records.get(service));
                    changed.ifPresent(r -> write(node, r, write.event()));
                    step = changed.isPresent() ? write.then().get() : write.otherwise().get();
                }
                case Step.Operate(var operation, var then) -> step = then.apply(
                        new Step.Outcome(operate(node, service, operation), "test"));
                case Step.Migrate(int target, var then) -> {
                    int code = told(node, service, "migrate").orElse(0);
                    trace.accept("  [" + node + "] OP migrate " + service + " to " + target + " -> " + code);
                    step = then.apply(code);
                }
                case Step.Ask(int target, var request, var then) ->
                        step = then.apply(ask(node, service, target, request));
                case Step.Pause(Duration length, var then) -> {
                    seconds += length.toSeconds();
                    step = then.get();
                }
                case Step.Because because -> step = because.then().get();
                case Step.Decide decide -> step = decide.then().get();
                case Step.Alert alert -> step = alert.then().get();
            }
        }
    }

    void write(int node, ServiceRecord record, boolean event) {
        records.put(record.name(), record);
        trace.accept("  [" + node + "] STATE " + record.name() + " " + record.state().text() + " owner="
                + record.owner() + " last=" + record.lastOwner() + " restarts=" + record.restarts() + " flags="
                + flags(record));
        if (event) {
            int owner = record.owner() == 0 ? -1 : record.owner();
            trace.accept("  [" + node + "] EVENT " + record.name() + " " + record.state().text() + " owner=" + owner
                    + " last=" + record.lastOwner());
        }
    }

    private static String flags(ServiceRecord record) {
        return switch (record.flags()) {
            case 0 -> "-";
            case ServiceRecord.FROZEN -> "frozen";
            case ServiceRecord.PARTIAL -> "partial";
            default -> "frozen,partial";
        };
    }

    private WalkResult operate(int node, ServiceName service, Operation operation) {
        String word = switch (operation) {
            case START -> "start";
            case STOP -> "stop";
            case STATUS -> "status";
            case INQUIRY -> "inquiry";
            case CONDITIONAL_START -> "condstart";
            case CONDITIONAL_STOP -> "condstop";
            case CONVALESCE -> "convalesce";
        };
        int bits = told(node, service, word).orElse(0);
        trace.accept("  [" + node + "] OP " + word + " " + service + " -> " + bits);
        return new WalkResult(BY_BITS.contains(operation) || bits == 0 ? bits : WalkResult.FAILURE);
    }

    private Answer ask(int node, ServiceName service, int target, ServiceRequest request) {
        if (request == ServiceRequest.EXPECT) {
            return Answer.of(ServiceResult.SUCCESS);
        }
        if (request == ServiceRequest.STATUS_ELSEWHERE || request == ServiceRequest.ARRIVED) {
            return Answer.of(told(target, service, "seen").orElse(0) == 1 ? ServiceResult.YES : ServiceResult.NO);
        }
        if (request == ServiceRequest.ENABLE) {
            // The request itself goes there, and is nobody's order.
            return Answer.because(ServiceResult.NOT_HERE, "it is asked for on node " + target);
        }
        trace.accept("  [" + node + "] SEND " + request.words() + " " + service + " to " + target);
        var canned = told(target, service, "reply");
        Answer answer = canned.map(code -> Answer.of(resultOf(code)))
                .orElseGet(() -> request(target, request, service, 0, false));
        trace.accept("  [" + node + "] REPLY from " + target + ": " + answer.result().code() + " ("
                + answer.result().text() + ")");
        return answer;
    }

    private static ServiceResult resultOf(int code) {
        for (ServiceResult result : ServiceResult.values()) {
            if (result.code() == code) {
                return result;
            }
        }
        throw new IllegalArgumentException("no result " + code);
    }

    /** A node evaluates all services since a member came or went. */
    void evaluate(int node, int changed, boolean up) {
        var evaluation = new Evaluation(around(node));
        for (ServiceName service : configuration.services()) {
            var record = records.get(service);
            if (!up && Evaluation.wentDown(record, changed)) {
                write(node, Evaluation.stopped(record, EPOCH + seconds), true);
            }
            judge(node, service, evaluation.onMember(service, changed, up));
        }
    }

    /** A node evaluates dependencies since a service came or went. */
    void evaluate(int node, ServiceRecord event) {
        var evaluation = new Evaluation(around(node));
        configuration.services().forEach(s -> judge(node, s, evaluation.onService(s, event)));
    }

    private void judge(int node, ServiceName service, Evaluation.Verdict verdict) {
        switch (verdict) {
            case Evaluation.Verdict.Leave() -> { /* nothing is wanted, nothing is traced */ }
            case Evaluation.Verdict.Disable() ->
                    write(node, records.get(service).in(ServiceState.DISABLED, EPOCH + seconds), false);
            case Evaluation.Verdict.Queue(var request, int target) -> trace.accept("  [" + node + "] QUEUE "
                    + request.words() + " " + service + " target=" + target);
        }
    }

    Surroundings around(int node) {
        return new Surroundings() {
            @Override
            public ServiceConfiguration configuration() {
                return configuration;
            }

            @Override
            public int self() {
                return node;
            }

            @Override
            public List<Integer> online() {
                return online;
            }

            @Override
            public Presence presence(int other) {
                return online.contains(other) ? Presence.ONLINE
                        : away.getOrDefault(other, Presence.GONE);
            }

            @Override
            public boolean quorate() {
                return quorate;
            }

            @Override
            public boolean locked() {
                return locked;
            }

            @Override
            public ServiceRecord record(ServiceName service) {
                return records.getOrDefault(service, ServiceRecord.unwritten(service));
            }

            @Override
            public boolean ending() {
                return ending;
            }

            @Override
            public boolean central() {
                return central;
            }

            @Override
            public Moment now() {
                return Moment.START.plus(Duration.ofSeconds(seconds));
            }

            @Override
            public long wallSeconds() {
                return EPOCH + seconds;
            }
        };
    }
}
