package org.quorate.simulation.fault;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.simulation.daemon.Rgmanager;
import org.quorate.simulation.daemon.SimulatedNode;
import org.quorate.simulation.world.Happening;
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
            ServiceRequest.FREEZE, ServiceRequest.UNFREEZE, ServiceRequest.MIGRATE, ServiceRequest.CONVALESCE);

    private final Scene scene;
    private final boolean tidies;
    private final SortedMap<Machine, Moment> brokenSince = new TreeMap<>();
    private boolean tidying;

    /** Somebody who looks after the machines, and in the end, if wanted, after the services. */
    public Caretaker(Scene scene, boolean tidies) {
        this.scene = scene;
        this.tidies = tidies;
    }

    /** Goes the rounds from now on. */
    public void begin() {
        scene.site().world().time().after(ROUND, () -> {
            scene.site().nodes().forEach(this::look);
            if (tidying && tidies && scene.end().plus(Duration.ofSeconds(30)).isBefore(scene.now())) {
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
                scene.site().world().happened(new Happening.StartsLocked(lock));
                manager.ask(new RgRequest.SetLock(lock), _ -> { });
                return;
            }
            var services = scene.site().services();
            if (services.isEmpty()) {
                return;
            }
            var service = scene.chance().oneOf(services);
            var request = scene.chance().oneOf(ORDERS);
            boolean aimed = request == ServiceRequest.MIGRATE || scene.chance().permille(500);
            int target = aimed ? scene.node().machine().id().number() : 0;
            scene.say("clusvcadm " + request.words() + " " + service + " to " + target + " on " + by);
            order(manager, request, service, target);
        });
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
            order(manager, ServiceRequest.DISABLE, record.name());
        } else if (record.is(ServiceState.DISABLED, ServiceState.STOPPED)) {
            order(manager, ServiceRequest.ENABLE, record.name());
        }
    }

    private void order(Rgmanager manager, ServiceRequest request, ServiceName service) {
        scene.site().world().trace().say("caretaker", request.words() + " " + service);
        order(manager, request, service, 0);
    }

    private void order(Rgmanager manager, ServiceRequest request, ServiceName service, int target) {
        var world = scene.site().world();
        world.happened(new Happening.Ordered(request, service.text()));
        manager.ask(new RgRequest.Act(request, service, target, false), reply -> {
            if (reply instanceof RgReply.Ended(var result, _, _)) {
                world.happened(new Happening.OrderEnded(request, service.text(), result));
            }
        });
    }
}
