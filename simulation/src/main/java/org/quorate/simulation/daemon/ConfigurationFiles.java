package org.quorate.simulation.daemon;

import java.io.IOException;
import java.util.Optional;
import org.quorate.ccsd.core.Candidate;
import org.quorate.simulation.world.FileDisk;

/**
 * ccsd's files on a simulated disk: the same deeds in the same order as its own store does them, each of them a step
 * at which its process or its machine may end.
 */
final class ConfigurationFiles {
    static final String LIVE = "cluster.conf";
    private static final String STAGING = "cluster.conf-update";
    private static final String INTERRUPTED = "cluster.conf-interrupted";
    private static final String FRESH = ".new";

    private final FileDisk disk;
    private final Steps steps;

    /** Told before each deed; does not come back when the process has ended. */
    interface Steps {
        void before(String deed);
    }

    ConfigurationFiles(FileDisk disk, Steps steps) {
        this.disk = disk;
        this.steps = steps;
    }

    /** As a file holds it. */
    static String text(Candidate candidate) {
        return candidate.cluster() + " " + candidate.version() + " " + candidate.digest();
    }

    private static Candidate candidate(String text) {
        var parts = text.split(" ");
        return new Candidate(parts[0], Integer.parseInt(parts[1]), parts[2]);
    }

    Optional<Candidate> live() {
        return disk.read(LIVE).map(ConfigurationFiles::candidate);
    }

    Optional<Candidate> interrupted() {
        return disk.read(INTERRUPTED).map(ConfigurationFiles::candidate);
    }

    void stage(Candidate candidate) throws IOException {
        write(STAGING, candidate);
    }

    void activateStaged(Candidate candidate) throws IOException {
        rename(STAGING, LIVE);
        forgetInterruptedBy(candidate);
    }

    void activate(Candidate candidate) throws IOException {
        write(LIVE, candidate);
        discard();
        forgetInterruptedBy(candidate);
    }

    void discard() throws IOException {
        delete(STAGING);
    }

    void keepInterrupted() throws IOException {
        if (disk.exists(STAGING)) {
            rename(STAGING, INTERRUPTED);
        }
    }

    void forgetInterrupted() throws IOException {
        delete(INTERRUPTED);
    }

    private void forgetInterruptedBy(Candidate newer) throws IOException {
        if (interrupted().filter(one -> one.version() > newer.version()).isEmpty()) {
            forgetInterrupted();
        }
    }

    private void write(String name, Candidate candidate) throws IOException {
        steps.before("write beside " + name);
        disk.write(name + FRESH, text(candidate));
        steps.before("force what is beside " + name);
        disk.force(name + FRESH);
        rename(name + FRESH, name);
    }

    private void rename(String from, String to) throws IOException {
        steps.before("rename " + from + " to " + to);
        disk.rename(from, to);
        steps.before("force the name " + to);
        disk.forceNames();
    }

    private void delete(String name) throws IOException {
        if (disk.exists(name)) {
            steps.before("delete " + name);
            disk.delete(name);
        }
    }
}
