package org.quorate.simulation.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.api.cman.CmanRequest;
import org.quorate.api.cman.Epoch;
import org.quorate.ccsd.core.Candidate;
import org.quorate.simulation.world.FileDisk;
import org.quorate.simulation.world.Machine;

/** A machine on which only ccsd and cmand run, both started again whenever they end. */
public final class ConfigurationNode {
    private static final Duration RESTART = Duration.ofSeconds(3);
    private static final Duration BOOT = Duration.ofSeconds(1);
    private static final Duration CMAND_BEHIND = Duration.ofMillis(1500);

    private final SimulatedNode node;
    private final ConfigurationCluster cluster;
    private final FileDisk disk = new FileDisk();
    private Optional<Cmand> cmand = Optional.empty();
    private Optional<Ccsd> ccsd = Optional.empty();

    ConfigurationNode(SimulatedNode node, ConfigurationCluster cluster) {
        this.node = node;
        this.cluster = cluster;
    }

    /** The machine. */
    public Machine machine() {
        return node.machine();
    }

    /** Its disk, with cluster.conf. */
    public FileDisk disk() {
        return disk;
    }

    /** Puts a file there as an administrator does, beside all rules. */
    public void edit(Candidate candidate) {
        try {
            new ConfigurationFiles(disk, _ -> { }).activate(candidate);
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    /** What stands in its file; nothing where it is torn or missing. */
    public Optional<Candidate> onDisk() {
        return new ConfigurationFiles(disk, _ -> { }).live();
    }

    /** What is in force there, while its ccsd lives and is ready. */
    public Optional<Candidate> active() {
        return living().flatMap(Ccsd::active);
    }

    /** The epoch in which its ccsd is. */
    public Epoch epoch() {
        return living().map(Ccsd::epoch).orElse(Epoch.NONE);
    }

    /** {@code ccs_tool update}; nothing is answered if ccsd is not there or ends meanwhile. */
    public void update(Candidate candidate, Consumer<String> answer) {
        living().ifPresent(daemon -> daemon.update(candidate, answer));
    }

    /** {@code fence_ack_manual}, also of somebody who has not made sure. */
    public void declareOff(Machine victim) {
        cmand().ifPresent(daemon -> daemon.connect(machine().start("fence_ack_manual"), _ -> { }, () -> { })
                .tell(new CmanRequest.ReportFenced(victim.id(), epoch().number(), "override")));
    }

    Optional<Ccsd> living() {
        return ccsd.filter(daemon -> daemon.process().isAlive());
    }

    Optional<Cmand> cmand() {
        return cmand.filter(daemon -> daemon.process().isAlive());
    }

    SimulatedNode node() {
        return node;
    }

    ConfigurationCluster cluster() {
        return cluster;
    }

    void boot() {
        var init = machine().start("init");
        init.at(node.now().plus(BOOT), this::startCcsd);
        init.at(node.now().plus(BOOT).plus(CMAND_BEHIND), this::startCmand);
    }

    private void startCcsd() {
        var process = machine().start("ccsd");
        ccsd = Optional.of(new Ccsd(this, process));
        process.whenEnded(() -> again(this::startCcsd));
        ccsd.get().begin();
    }

    private void startCmand() {
        var process = machine().start("cmand");
        cmand = Optional.of(new Cmand(node, process));
        process.whenEnded(() -> again(this::startCmand));
    }

    private void again(Runnable start) {
        machine().process("init").ifPresent(init -> init.at(node.now().plus(RESTART), start));
    }
}
