package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.cman.Epoch;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.time.Moment;

/** A machine and its manager: how they start, fail, are cut off and switched off. */
final class Node {
    final int id;
    private final World world;
    private final VirtualTime time;
    Optional<Services> manager = Optional.empty();
    boolean up;
    boolean cutOff;
    /** It failed, and nobody is told yet that it is off. */
    boolean victim;
    boolean wantsReboot;
    /** The epoch that it was not part of any more. */
    long failedAt;
    /** Each machine and each manager lives once; what was to befall an earlier one does not befall the next. */
    long life;
    long boots;
    /** By which joining its manager is in the group, 0 when it is not. */
    long joining;
    Epoch epoch = Epoch.NONE;
    List<Versioned> remembered = List.of();
    int rememberedVersion;
    SortedMap<ServiceName, Integer> rememberedKept = new TreeMap<>();
    /** By service, the resources that run here. */
    final SortedMap<ServiceName, SortedSet<String>> running = new TreeMap<>();
    /** Messages of an epoch that is not here yet. */
    final List<ServicesEvent.Told> heldBack = new ArrayList<>();
    /** Locks that it has said it drops. */
    final SortedSet<ServiceName> dropping = new TreeSet<>();
    Moment lastMessage = Moment.START;
    Moment lastLockMessage = Moment.START;

    Node(int id, World world, VirtualTime time) {
        this.id = id;
        this.world = world;
        this.time = time;
    }

    void tell(ServicesEvent event) {
        if (manager.isPresent()) {
            for (var effect : manager.get().on(event, time.now())) {
                world.carryOut(this, effect);
            }
        }
    }

    /** Happens to nobody if the machine or its manager has ended by then. */
    void at(Moment when, Runnable deed) {
        long then = life;
        time.at(when, () -> {
            if (life == then) {
                deed.run();
            }
        });
    }

    void at(Duration later, Runnable deed) {
        at(time.now().plus(later), deed);
    }

    void boot() {
        up = true;
        boots++;
        cutOff = false;
        boolean settles = victim;
        victim = false;
        wantsReboot = false;
        remembered = List.of();
        rememberedVersion = 0;
        rememberedKept = new TreeMap<>();
        running.clear();
        life++;
        time.say("node " + id + " boots");
        world.membership.newEpoch();
        if (settles) {
            world.membership.settle(this);
        }
        // What starts a machine takes its time until it comes to the manager.
        time.at(time.soon(1500), this::startManager);
    }

    void startManager() {
        if (!up || manager.isPresent()) {
            return;
        }
        life++;
        joining = 0;
        var before = world.configuration(rememberedVersion);
        dropping.clear();
        manager = Optional.of(new Services(id, before, time.now(), 1000));
        time.say("manager " + id + " starts");
        var orphans = world.locks.heldBy(this);
        var kept = new TreeMap<ServiceName, ServiceConfiguration>();
        rememberedKept.forEach((service, version) -> kept.put(service, world.configuration(version)));
        var expected = world.locks.expectedBy(this);
        at(time.soon(5), () -> {
            tell(new ServicesEvent.Began(remembered, kept, orphans, expected, true));
            tell(new ServicesEvent.EpochInstalled(epoch));
            if (before.version() != world.configuration().version()) {
                tell(new ServicesEvent.Configured(world.configuration()));
            }
        });
    }

    void crashManager() {
        if (manager.isPresent()) {
            time.say("manager " + id + " crashes");
            endManager();
        }
    }

    void endManager() {
        manager = Optional.empty();
        life++;
        world.locks.forgetWantsOf(this);
        leaveGroup();
    }

    void leaveGroup() {
        if (joining != 0) {
            joining = 0;
            world.membership.newEpoch();
        }
    }

    /** The machine fails; what it ran may run on until it is fenced. */
    void crash() {
        if (!up) {
            return;
        }
        time.say("node " + id + " fails");
        up = false;
        life++;
        manager = Optional.empty();
        joining = 0;
        world.locks.forgetWantsOf(this);
        world.membership.lose(this);
    }

    /** The machine lives on, but nobody hears it. */
    void cutOff() {
        if (!up || cutOff) {
            return;
        }
        time.say("node " + id + " is cut off");
        cutOff = true;
        joining = 0;
        world.membership.lose(this);
    }

    /** The machine is switched off, and comes back later; that it is off may be known before, or never. */
    void powerCycle(boolean known) {
        time.say("node " + id + " is fenced");
        up = false;
        manager = Optional.empty();
        life++;
        running.clear();
        if (known) {
            victim = false;
            world.membership.settle(this);
        }
        time.at(time.soon(3000), () -> {
            // Its power may have been cut more than once.
            if (!up) {
                boot();
            }
        });
    }
}
