package org.quorate.rgmanager.core.central;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.request.Presence;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.request.Step.Answer;
import org.quorate.time.Moment;

/** Members that do at once what they are ordered to, or refuse as they were told; all is written down. */
final class Stage implements Overview {
    private final ServiceConfiguration configuration;
    final Map<ServiceName, ServiceRecord> records = new LinkedHashMap<>();
    final Map<Integer, Presence> away = new LinkedHashMap<>();
    final List<ServiceName> later = new ArrayList<>();
    final List<ServiceName> recoverLater = new ArrayList<>();
    final BuiltInRules rules;
    private final Map<String, ServiceResult> refusals = new LinkedHashMap<>();
    private final Consumer<String> trace;
    List<Integer> online = List.of();
    List<Integer> exiting = List.of();
    boolean locked;
    String answer = "";

    Stage(ServiceConfiguration configuration, Consumer<String> trace) {
        this.configuration = configuration;
        this.trace = trace;
        configuration.services().forEach(s -> records.put(s, ServiceRecord.unwritten(s)));
        rules = new BuiltInRules(this, recoverLater::contains, later::add);
    }

    void refuse(int node, ServiceName service, ServiceResult result) {
        refusals.put(node + " " + service, result);
    }

    /** Carries out what is to be done; gives the code, 0 where a script is answered. */
    int carryOut(Deed first) {
        Deed deed = first;
        while (true) {
            switch (deed) {
                case Deed.Over(int code) -> {
                    return code;
                }
                case Deed.Reply(var line) -> {
                    answer = line;
                    return 0;
                }
                case Deed.Then(var next) -> deed = next.get();
                case Deed.Pause(Duration length, var then) -> {
                    trace.accept("  waits " + length.toSeconds() + " s");
                    deed = then.get();
                }
                case Deed.Say(var loudness, var line, var then) -> {
                    trace.accept("  says " + loudness.name().toLowerCase(Locale.ROOT) + ": " + line);
                    deed = then.get();
                }
                case Deed.Order order -> {
                    var result = obey(order);
                    trace.accept("  " + nameOf(order.member()) + ": " + order.request().words() + " " + order.service()
                            + (order.target() == 0 ? "" : " to " + nameOf(order.target()))
                            + (result == ServiceResult.SUCCESS ? "" : " - " + result));
                    deed = order.then().apply(new Answer(result, 0, ""));
                }
            }
        }
    }

    private ServiceResult obey(Deed.Order order) {
        var service = order.service();
        var told = refusals.get(order.member() + " " + service);
        if (told != null && order.request() != ServiceRequest.STOP) {
            return told;
        }
        if (!online.contains(order.member())) {
            return ServiceResult.NO_NODE;
        }
        var record = records.get(service);
        switch (order.request()) {
            case START_REMOTE -> {
                boolean alone = exclusivity(service) > 0 || configuration.services().stream()
                        .anyMatch(s -> ownerOf(s) == order.member() && exclusivity(s) > 0);
                if (alone && load(order.member()) > 0) {
                    return ServiceResult.EXCLUSIVE;
                }
                records.put(service, record.released().ownedBy(order.member()).in(ServiceState.STARTED, 1));
            }
            case STOP, STOP_USER -> records.put(service, record.released().in(ServiceState.STOPPED, 1));
            case DISABLE -> records.put(service, record.released().in(
                    isOnline(record.owner()) || record.owner() == 0 ? ServiceState.DISABLED : ServiceState.STOPPED, 1));
            case MIGRATE -> records.put(service, record.released().ownedBy(order.target()));
            case FREEZE -> records.put(service, record.flagged(true, false));
            case UNFREEZE -> records.put(service, record.flagged(false, false));
            default -> throw new AssertionError(order.request());
        }
        return ServiceResult.SUCCESS;
    }

    @Override
    public ServiceConfiguration configuration() {
        return configuration;
    }

    @Override
    public int self() {
        return 1;
    }

    @Override
    public List<Integer> online() {
        return online.stream().filter(n -> !exiting.contains(n)).toList();
    }

    @Override
    public Presence presence(int node) {
        return online.contains(node) ? Presence.ONLINE : away.getOrDefault(node, Presence.GONE);
    }

    @Override
    public boolean quorate() {
        return true;
    }

    @Override
    public boolean locked() {
        return locked;
    }

    @Override
    public boolean ending() {
        return false;
    }

    @Override
    public ServiceRecord record(ServiceName service) {
        return records.getOrDefault(service, ServiceRecord.unwritten(service));
    }

    @Override
    public boolean central() {
        return true;
    }

    @Override
    public Moment now() {
        return Moment.START;
    }

    @Override
    public long wallSeconds() {
        return 0;
    }
}
