package org.quorate.simulation.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.cman.NodeId;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.simulation.daemon.Rgmanager;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.world.Machine;
import org.quorate.time.Moment;

/**
 * The people: they switch on what stays off, reboot nodes on which daemons are missing for long, give orders for
 * services, and in the end put everything in order.
 */
public final class Caretaker {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final List<ServiceRequest> ORDERS = List.of(ServiceRequest.ENABLE, ServiceRequest.DISABLE,
            ServiceRequest.RELOCATE, ServiceRequest.RELOCATE, ServiceRequest.RESTART, ServiceRequest.STOP_USER,
            ServiceRequest.FREEZE, ServiceRequest.UNFREEZE);

    private final Scene scene;
    private final List<ServiceName> services;
    private final SortedMap<Machine, Moment> brokenSince = new TreeMap<>();
    private boolean tidying;

    /** Somebody who looks after these services. */
    public Caretaker(Scene scene, List<ServiceName> services) {
        this.scene = scene;
        this.services = List.copyOf(services);
    }

    /** Goes the rounds from now on. */
    public void begin() {
        scene.site().world().time().after(ROUND, () -> {
            scene.site().nodes().forEach(this::look);
            if (tidying && scene.end().plus(Duration.ofSeconds(30)).isBefore(scene.now())) {
                tidy();
            }
            begin();
        });
    }

    /** From now on, everything is to be put in order. */
    public void tidyUp() {
        tidying = true;
    }

    private void look(SimulatedNode node) {
        var machine = node.machine();
        if (node.isComplete()) {
            brokenSince.remove(machine);
            return;
        }
        var since = brokenSince.computeIfAbsent(machine, _ -> scene.now());
        if (!machine.isOn() && scene.chance().permille(200)) {
            // It is off at this moment; whenever it comes back, it has started anew.
            scene.nodeThatIsOn().ifPresent(other -> other.vouchForOff(node));
        }
        boolean longAgo = since.plus(PATIENCE).isBefore(scene.now());
        if (longAgo && (tidying || scene.chance().permille(300))) {
            brokenSince.remove(machine);
            scene.site().world().trace().say("caretaker", (machine.isOn() ? "reboots " : "switches on ") + machine);
            if (machine.isOn()) {
                node.reboot();
            } else {
                machine.powerOn();
            }
        }
    }

    /** Gives an order about some service on some node. */
    public void giveOrder() {
        scene.nodeThatIsOn().flatMap(SimulatedNode::rgmanager).ifPresent(manager -> {
            var by = manager.process().machine();
            if (scene.chance().permille(60)) {
                boolean lock = scene.chance().permille(400);
                scene.say("clusvcadm " + (lock ? "-l" : "-u") + " on " + by);
                manager.ask(new RgRequest.SetLock(lock), _ -> { });
                return;
            }
            var service = scene.chance().oneOf(services);
            var order = scene.chance().oneOf(ORDERS);
            int target = scene.chance().permille(500) ? scene.node().machine().id().number() : 0;
            manager.ask(new RgRequest.ServicesQuery(), reply -> {
                var chosen = order == ServiceRequest.DISABLE ? whereItFailed(reply, service).orElse(manager) : manager;
                scene.say("clusvcadm " + order.words() + " " + service + " to " + target + " on "
                        + chosen.process().machine());
                chosen.ask(new RgRequest.Act(order, service, target, false), _ -> { });
            });
        });
    }

    /** Disabling a service that failed to stop vouches for it, so it is done where its parts can be stopped. */
    private Optional<Rgmanager> whereItFailed(RgReply reply, ServiceName service) {
        return reply instanceof RgReply.Services(_, var records) ? records.stream()
                .filter(one -> one.name().equals(service)).findFirst().flatMap(this::whereItFailed) : Optional.empty();
    }

    private Optional<Rgmanager> whereItFailed(ServiceRecord record) {
        return record.is(ServiceState.FAILED) && record.lastOwner() > 0
                ? scene.site().node(new NodeId(record.lastOwner())).rgmanager() : Optional.empty();
    }

    private void tidy() {
        scene.site().nodes().stream().flatMap(node -> node.rgmanager().stream()).findFirst().ifPresent(manager -> {
            manager.ask(new RgRequest.SetLock(false), _ -> { });
            manager.ask(new RgRequest.ServicesQuery(), reply -> {
                if (reply instanceof RgReply.Services(var ready, var records) && ready) {
                    records.forEach(record -> tidy(manager, record));
                }
            });
        });
    }

    private void tidy(Rgmanager manager, ServiceRecord record) {
        if (record.frozen()) {
            order(manager, ServiceRequest.UNFREEZE, record.name());
        }
        if (record.is(ServiceState.FAILED)) {
            order(whereItFailed(record).orElse(manager), ServiceRequest.DISABLE, record.name());
        } else if (record.is(ServiceState.DISABLED, ServiceState.STOPPED)) {
            order(manager, ServiceRequest.ENABLE, record.name());
        }
    }

    private void order(Rgmanager manager, ServiceRequest order, ServiceName service) {
        scene.site().world().trace().say("caretaker", order.words() + " " + service);
        manager.ask(new RgRequest.Act(order, service, 0, false), _ -> { });
    }
}
