package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.INIT;
import static org.quorate.api.rgmanager.ServiceState.STARTED;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.Versioned;
import org.quorate.rgmanager.core.request.ServiceConfiguration;

/** What the manager before this one left behind on this node: it is looked after again, or stopped. */
final class LeftBehind {
    private final Board board;
    private final Workforce workers;
    private final Records records;
    private final Agreement agreement;
    private final Emergency emergency;
    private final Participation part;
    private final SortedSet<ServiceName> toClean = new TreeSet<>();
    private boolean known;

    LeftBehind(Board board, Workforce workers, Records records, Agreement agreement, Emergency emergency,
            Participation part) {
        this.board = board;
        this.workers = workers;
        this.records = records;
        this.agreement = agreement;
        this.emergency = emergency;
        this.part = part;
    }

    /** Whether it is known what was left behind. */
    boolean isKnown() {
        return known;
    }

    /**
     * It becomes known.
     *
     * @param remembered what was written down as running here
     * @param kept       what was operated by another configuration than the one in use, and by which
     * @param orphans    services whose locks this node still holds
     * @param arrivals   guests that may have been sent here
     * @param clean      whether all services are to be stopped first, known to run here or not
     */
    void begin(List<Versioned> remembered, Map<ServiceName, ServiceConfiguration> kept, List<ServiceName> orphans,
            List<ServiceName> arrivals, boolean clean) {
        known = true;
        new TreeMap<>(kept).forEach((service, by) -> workers.of(service).keepConfiguration(by));
        var adopted = new TreeSet<ServiceName>();
        for (var written : remembered) {
            var record = written.record();
            if (orphans.contains(record.name()) && record.is(STARTED) && board.configuration().has(record.name())) {
                adopt(written);
                adopted.add(record.name());
            }
        }
        records.wasRemembered(remembered);
        records.remember();
        toClean.addAll(clean ? board.services() : List.of());
        orphans.forEach(this::holdOrphan);
        arrivals.forEach(guest -> expect(guest, orphans.contains(guest)));
        toClean.removeAll(adopted);
        if (toClean.isEmpty()) {
            cleaned();
        }
        for (var service : List.copyOf(toClean)) {
            workers.of(service).accept(Job.own(INIT, 0, "nothing is to run that is not looked after"));
        }
    }

    private void adopt(Versioned written) {
        var service = written.record().name();
        board.say(Weight.EVENT, "Service " + service + " still runs here; looking after it again");
        board.picture().merge(written);
        board.configuration().root(service).ifPresent(board.configuration().resources().tree()::adopt);
        workers.of(service).sending().mayHaveBegun();
        agreement.stillRuns(service);
    }

    private void holdOrphan(ServiceName service) {
        if (board.configuration().has(service)) {
            workers.of(service).lock().adopt();
            toClean.add(service);
        } else {
            sayUnknown(service);
        }
    }

    /** It may run here unattended. Then nobody else starts it, and it is found here and looked after. */
    private void expect(ServiceName guest, boolean locked) {
        if (!board.configuration().has(guest)) {
            sayUnknown(guest);
            return;
        }
        workers.of(guest).arrival().adopt();
        if (!locked) {
            toClean.remove(guest);
        }
    }

    private void sayUnknown(ServiceName service) {
        board.say(Weight.HARM, "service " + service + " may still run here, and the configuration does not"
                + " say how to stop it: its lock stays with this node until it is rebooted");
    }

    /** A service was stopped, should it have been left behind. */
    void ended(ServiceName service, ServiceResult result) {
        if (!toClean.remove(service)) {
            return;
        }
        if (result != ServiceResult.SUCCESS && workers.of(service).lock().isHeld()) {
            board.say(Weight.HARM, "what is left of service " + service + " could not be stopped; it stays here and is"
                    + " looked after like what runs");
            agreement.stillRuns(service);
        }
        if (toClean.isEmpty() && part.is(Phase.CLEANING)) {
            cleaned();
        }
    }

    private void cleaned() {
        board.say(Weight.EVENT, "Services Initialized");
        // Before the first epoch nothing is known of quorum: it is there in a moment, and decides.
        boolean unprotected = board.members().isKnown() && !board.quorate();
        if (workers.holdsAny() && (part.endWhy().isPresent() || unprotected)) {
            part.enter(Phase.WAITING);
            emergency.declare(part.endWhy().orElse("what still ran here is not protected without quorum"));
        } else {
            part.waits();
        }
    }
}
