package org.quorate.simulation.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.quorate.simulation.world.Machine;
import org.quorate.simulation.world.SimulatedProcess;
import org.quorate.time.Moment;

/** A machine with the suite installed: which daemons run, in which order they start, and which are started again. */
public final class SimulatedNode {
    private static final Duration FENCED_RESTART = Duration.ofSeconds(1);
    private static final Duration RGMANAGER_RESTART = Duration.ofMillis(100);
    private static final Duration QUICKEST_START = Duration.ofMillis(50);
    private static final Duration SLOWEST_START = Duration.ofMillis(600);
    private static final Duration QUICKEST_BOOT = Duration.ofMillis(300);
    private static final Duration SLOWEST_BOOT = Duration.ofSeconds(6);

    private final Site site;
    private final Machine machine;
    private Optional<Cmand> cmand = Optional.empty();
    private Optional<Fenced> fenced = Optional.empty();
    private Optional<Dlmd> dlmd = Optional.empty();
    private Optional<Rgmanager> rgmanager = Optional.empty();
    private boolean stopping;
    private Duration ahead = Duration.ZERO;

    SimulatedNode(Site site, Machine machine) {
        this.site = site;
        this.machine = machine;
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** Whether all its daemons run and none is stopped. */
    public boolean isComplete() {
        return machine.isOn() && running("cmand") && running("fenced") && running("dlmd") && running("rgmanager");
    }

    private boolean running(String daemon) {
        return machine.process(daemon).isPresent();
    }

    /** The living resource manager. */
    public Optional<Rgmanager> rgmanager() {
        return rgmanager.filter(one -> one.process().isAlive());
    }

    /** From now on, its clock goes ahead of the others' by that, or behind them if that is negative. */
    public void clockIsAhead(Duration by) {
        ahead = by;
    }

    /** Wall-clock time of this node, ms since 1970. */
    long wallMillis() {
        return site.wallMillis() + ahead.toMillis();
    }

    Optional<Fenced> fenced() {
        return fenced.filter(one -> one.process().isAlive());
    }

    Optional<Cmand> cmand() {
        return cmand.filter(one -> one.process().isAlive());
    }

    Optional<Dlmd> dlmd() {
        return dlmd.filter(one -> one.process().isAlive());
    }

    Site site() {
        return site;
    }

    void say(String daemon, String line) {
        site.world().trace().say(machine + " " + daemon, line);
    }

    Moment now() {
        return site.world().time().now();
    }

    void boot() {
        stopping = false;
        var init = machine.start("init");
        var when = now().plus(site.chance().between(QUICKEST_BOOT, SLOWEST_BOOT));
        for (var step : new Runnable[] {this::startCmand, this::startFenced, this::startDlmd, this::startRgmanager,
                this::startLockUser}) {
            init.at(when, step);
            when = when.plus(site.chance().between(QUICKEST_START, SLOWEST_START));
        }
    }

    private void startCmand() {
        if (machine.runDirectory().containsKey(Cmand.STATE)) {
            say("cmand", "not started: an earlier cmand ended while this node held state; reboot it");
            return;
        }
        cmand = Optional.of(new Cmand(this, machine.start("cmand")));
    }

    private void startFenced() {
        if (!stopping && !running("fenced") && cmand().isPresent()) {
            fenced = Optional.of(new Fenced(this, begin("fenced", FENCED_RESTART, this::startFenced)));
        }
    }

    private void startDlmd() {
        if (cmand().isPresent()) {
            dlmd = Optional.of(new Dlmd(this, machine.start("dlmd")));
        }
    }

    private void startRgmanager() {
        if (!stopping && !running("rgmanager") && cmand().isPresent() && dlmd().isPresent()) {
            var process = begin("rgmanager", RGMANAGER_RESTART, this::startRgmanager);
            rgmanager = Optional.of(new Rgmanager(this, process));
        }
    }

    private void startLockUser() {
        if (!stopping && !running(LockUser.PROGRAM) && cmand().isPresent() && dlmd().isPresent()) {
            new LockUser(this, begin(LockUser.PROGRAM, FENCED_RESTART, this::startLockUser)).begin();
        }
    }

    private SimulatedProcess begin(String daemon, Duration pause, Runnable again) {
        var process = machine.start(daemon);
        process.whenEnded(() -> machine.process("init").ifPresent(init -> init.at(now().plus(pause), again)));
        return process;
    }

    /** Somebody says here that another node is off, unless fenced does not listen just now. */
    public void vouchForOff(SimulatedNode other) {
        fenced().filter(one -> !one.process().isPaused()).ifPresent(one -> one.acknowledge(other.machine().name()));
    }

    /** Cuts its power off and on again: the node does so itself, or somebody who stands beside it. */
    public void reboot() {
        machine.powerOff();
        site.world().time().after(site.chance().between(QUICKEST_BOOT, SLOWEST_BOOT), machine::powerOn);
    }

    /** Stops the daemons in order, as when the machine is shut down; it is switched off after that. */
    public void shutDown(Duration offAfter) {
        stopping = true;
        say("init", "shutting down");
        machine.process(LockUser.PROGRAM).ifPresent(SimulatedProcess::end);
        rgmanager().ifPresent(Rgmanager::endInOrder);
        machine.process("init").ifPresent(init -> {
            waitFor(init, () -> rgmanager().isEmpty(), () -> {
                fenced().ifPresent(Fenced::leaveAndEnd);
                waitFor(init, () -> machine.process("fenced").isEmpty(), () -> {
                    machine.process("dlmd").ifPresent(SimulatedProcess::end);
                    cmand().ifPresent(Cmand::leave);
                });
            });
            init.at(now().plus(offAfter), machine::powerOff);
        });
    }

    private void waitFor(SimulatedProcess init, BooleanSupplier over, Runnable then) {
        if (over.getAsBoolean()) {
            then.run();
        } else {
            init.at(now().plus(QUICKEST_START), () -> waitFor(init, over, then));
        }
    }
}
