package org.quorate.rgmanager.core.central;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.central.Deed.Loudness;
import org.quorate.rgmanager.core.tree.Threshold;

/** The functions that one run of an event script calls: a line each, answered by a line. */
public final class ScriptCalls {
    private final Overview around;
    private final BuiltInRules rules;
    private final CentralEvent event;
    private int lastError;
    private boolean enough;
    private OptionalInt userReturn = OptionalInt.empty();

    /** A script that is run for an event, and may use the rules that apply otherwise. */
    public ScriptCalls(Overview around, BuiltInRules rules, CentralEvent event) {
        this.around = around;
        this.rules = rules;
        this.event = event;
    }

    /** Whether the script has said that nothing more is to be done about the event. */
    public boolean isEnough() {
        return enough;
    }

    /** What the script wants answered to a user. */
    public OptionalInt userReturn() {
        return userReturn;
    }

    /** What a call asks for, and the answer to it in the end: {@link Deed.Reply}. */
    public Deed call(String line) {
        var words = Words.of(line);
        if (words.isEmpty()) {
            return wrong("an empty line is no call");
        }
        try {
            return call(words.getFirst(), words.subList(1, words.size()), line);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NoSuchElementException misused) {
            return wrong("cannot be called so: " + line);
        }
    }

    private Deed call(String function, List<String> words, String line) {
        return switch (function) {
            case "nodes_online" -> new Deed.Reply(Nodes.text(around.online()));
            case "service_list" -> new Deed.Reply(Words.line(around.services().stream().map(ServiceName::text)
                    .toList()));
            case "service_status" -> status(service(words), words.size() > 1 && words.get(1).equals("1"));
            case "service_domain_info" -> domain(service(words));
            case "service_property" -> new Deed.Reply(around.property(service(words), words.get(1)).orElse("")
                    .replaceAll("\\R", " "));
            case "service_start" -> rules.orders().start(service(words), Nodes.subtract(nodes(words, 1),
                    nodes(words, 2)), this::code);
            case "service_stop" -> rules.orders().stop(service(words), words.size() > 1 && !words.get(1).equals("0"),
                    this::code);
            case "service_migrate" -> rules.orders().byOwner(ServiceRequest.MIGRATE, service(words),
                    Integer.parseInt(words.get(1)), this::code);
            case "service_freeze" -> byOwner(ServiceRequest.FREEZE, words);
            case "service_unfreeze" -> byOwner(ServiceRequest.UNFREEZE, words);
            case "service_convalesce" -> byOwner(ServiceRequest.CONVALESCE, words);
            case "allowed_nodes" -> new Deed.Reply(Nodes.text(rules.allowed(service(words))));
            case "move_or_start" -> rules.placing().moveOrStart(service(words), nodes(words, 1),
                    event instanceof CentralEvent.User, this::code);
            case "union" -> fold(words, Nodes::union);
            case "intersection" -> fold(words, Nodes::intersection);
            case "delta" -> fold(words, Nodes::delta);
            case "subtract" -> fold(words, Nodes::subtract);
            case "shuffle" -> new Deed.Reply(Nodes.text(rules.candidates().spread(nodes(words, 0))));
            case "debug", "info", "notice", "warning", "err", "crit", "alert", "emerg" -> new Deed.Say(
                    Loudness.valueOf(function.toUpperCase(Locale.ROOT)),
                    line.strip().substring(function.length()).strip(), () -> new Deed.Reply("0"));
            case "stop_processing" -> {
                enough = true;
                yield new Deed.Reply("0");
            }
            case "user_return" -> {
                userReturn = OptionalInt.of(Integer.parseInt(words.getFirst()));
                yield new Deed.Reply("0");
            }
            case "rg_error" -> new Deed.Reply(String.valueOf(lastError));
            case "rg_error_string" -> new Deed.Reply(Codes.result(lastError).text());
            default -> wrong("there is no function " + function);
        };
    }

    private Deed wrong(String why) {
        lastError = Codes.ERR_INVALID;
        return new Deed.Say(Loudness.WARNING, why, () -> new Deed.Reply(String.valueOf(Codes.ERR_INVALID)));
    }

    private Deed code(int code) {
        lastError = Math.min(code, 0);
        return new Deed.Reply(String.valueOf(code));
    }

    private Deed byOwner(ServiceRequest request, List<String> words) {
        IntFunction<Deed> then = this::code;
        return rules.orders().byOwner(request, service(words), 0, then);
    }

    private static ServiceName service(List<String> words) {
        return ServiceName.parse(words.getFirst());
    }

    private static List<Integer> nodes(List<String> words, int index) {
        return index < words.size() ? Nodes.parse(words.get(index).replace(' ', ',')) : List.of();
    }

    private static Deed fold(List<String> words, BinaryOperator<List<Integer>> operation) {
        var result = nodes(words, 0);
        for (int i = 1; i < words.size(); i++) {
            result = operation.apply(result, nodes(words, i));
        }
        return new Deed.Reply(Nodes.text(result));
    }

    private Deed status(ServiceName service, boolean all) {
        if (!around.has(service)) {
            return wrong("there is no service " + service);
        }
        var record = around.record(service);
        int owner = Overview.ownerOf(record);
        boolean relocates = around.policy(service).recovery().equalsIgnoreCase("relocate");
        boolean exceeded = relocates || around.restarts(service).filter(r -> isExhausted(r)).isPresent();
        var words = new ArrayList<String>();
        if (all) {
            words.add(String.valueOf(record.transition()));
            words.add(String.valueOf(record.flags()));
        }
        words.add(exceeded ? "1" : "0");
        words.add(String.valueOf(record.restarts()));
        words.add(String.valueOf(record.lastOwner()));
        words.add(String.valueOf(owner == 0 ? -1 : owner));
        words.add(record.frozen() ? "frozen" : record.state() == ServiceState.UNINITIALIZED ? "stopped"
                : record.state().text());
        return new Deed.Reply(Words.line(words));
    }

    private boolean isExhausted(Threshold restarts) {
        return restarts.exhausted(around.now());
    }

    private Deed domain(ServiceName service) {
        if (!around.has(service)) {
            return wrong("there is no service " + service);
        }
        var domain = around.domain(service);
        if (domain.isEmpty()) {
            return new Deed.Reply("0 0 0 0");
        }
        var nodes = rules.candidates().ofDomain(domain.get(), around.ownerOf(service));
        return new Deed.Reply(bit(domain.get().nofailback()) + " " + bit(domain.get().restricted()) + " "
                + bit(domain.get().ordered()) + " " + Nodes.text(nodes));
    }

    private static String bit(boolean set) {
        return set ? "1" : "0";
    }
}
