package org.quorate.dlm.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quorate.api.cman.Epoch;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.DlmReply;
import org.quorate.api.dlm.DlmRequest;
import org.quorate.api.dlm.LockMode;
import org.quorate.dlm.core.LocalLock.Phase;
import org.quorate.dlm.core.LockEvent.Asked;
import org.quorate.dlm.core.LockEvent.ClientGone;
import org.quorate.dlm.core.LockEvent.EpochInstalled;
import org.quorate.dlm.core.LockEvent.Heard;
import org.quorate.dlm.core.LockEvent.NodeFenced;
import org.quorate.dlm.core.LockEvent.StateHeld;
import org.quorate.dlm.core.LockEvent.SweepDue;
import org.quorate.dlm.core.LockEvent.TimePassed;
import org.quorate.time.Moment;

/** The lock daemon of one node: clients' requests and other dlmds' messages come in, answers and messages go out. */
public final class LockDaemon {
    private final Outbox outbox;
    private final Directory directory;
    private final Masters masters;
    private final Holdings holdings;
    private final Clients clients;
    private final Recovery recovery;
    private final Map<Long, List<Heard>> early = new LinkedHashMap<>();
    private final List<Heard> unopened = new ArrayList<>();
    private List<String> spaces = List.of();
    private boolean sweeping;

    /** The lock daemon of this node. */
    public LockDaemon(NodeId self) {
        var victims = new Victims();
        outbox = new Outbox(self);
        directory = new Directory(victims);
        masters = new Masters(outbox, victims);
        holdings = new Holdings(outbox, masters::has, lock -> clients().forget(lock));
        clients = new Clients(outbox, holdings);
        recovery = new Recovery(outbox, victims, directory, masters, holdings);
    }

    private Clients clients() {
        return clients;
    }

    /** Takes one event; gives back what is to be done, in this order. */
    public List<LockEffect> on(LockEvent event, Moment now) {
        switch (event) {
            case EpochInstalled(var epoch) -> install(epoch);
            case NodeFenced(var node, var through) -> recovery.settle(node, through);
            case StateHeld(var number) -> clients.stateHeld(number);
            case Heard heard -> hear(heard);
            case Asked asked -> ask(asked, now);
            case ClientGone(var client) -> clients.gone(client);
            case TimePassed(var lock, var turn) ->
                holdings.find(lock).filter(known -> known.turn == turn).ifPresent(holdings::timeOut);
            case SweepDue() -> sweep();
        }
        settleDown(now);
        return outbox.drain();
    }

    /** Hears out what the node says to itself, and tells others what changed on the way. */
    private void settleDown(Moment now) {
        for (var next = outbox.nextToSelf(); next.isPresent(); next = outbox.nextToSelf()) {
            hear(new Heard(outbox.self(), recovery.epoch(), next.get()));
        }
        clients.holdStateIfNeeded();
        clients.changedSpaces().filter(open -> !open.equals(spaces)).ifPresent(open -> {
            spaces = open;
            recovery.spacesChanged(open);
            settleDown(now);
        });
        if (!sweeping && !masters.names().isEmpty()) {
            sweeping = true;
            outbox.add(new LockEffect.WakeAt(now.plus(Masters.KEPT_UNUSED), new SweepDue()));
        }
    }

    private void install(Epoch epoch) {
        unopened.clear();
        early.keySet().removeIf(number -> number < epoch.number());
        recovery.install(epoch);
        var waiting = early.remove(epoch.number());
        if (waiting != null) {
            waiting.forEach(this::hear);
        }
    }

    private void hear(Heard heard) {
        if (heard.epoch() > recovery.epoch()) {
            early.computeIfAbsent(heard.epoch(), _ -> new ArrayList<>()).add(heard);
            return;
        }
        if (heard.epoch() < recovery.epoch() || !recovery.roster().has(heard.from())) {
            return;
        }
        switch (heard.message()) {
            case PeerMessage.Here here -> recovery.heard(heard.from(), here);
            case PeerMessage.Report report -> recovery.heard(heard.from(), report);
            case PeerMessage.Ready() -> recovery.heardReady(heard.from());
            case PeerMessage.Lookup _, PeerMessage.Master _, PeerMessage.Remove _, PeerMessage.Operate _,
                    PeerMessage.Answer _, PeerMessage.Blocking _, PeerMessage.NotMaster _, PeerMessage.Spaces _ -> {
                unopened.add(heard);
            }
        }
        if (recovery.isOpen() && !unopened.isEmpty()) {
            var waiting = List.copyOf(unopened);
            unopened.clear();
            waiting.forEach(one -> act(one.from(), one.message()));
        }
    }

    private void act(NodeId from, PeerMessage message) {
        switch (message) {
            case PeerMessage.Here _, PeerMessage.Report _, PeerMessage.Ready _ ->
                throw new AssertionError("heard already: " + message);
            case PeerMessage.Lookup(var resource) -> directory.lookUp(resource, from).ifPresent(master ->
                    outbox.send(from, new PeerMessage.Master(resource, master)));
            case PeerMessage.Master(var resource, var master) -> {
                if (master.equals(outbox.self())) {
                    masters.begin(resource);
                }
                holdings.mastered(resource, master);
            }
            case PeerMessage.Remove(var resource) -> directory.remove(resource, from);
            case PeerMessage.Operate asked -> masters.operate(from, asked);
            case PeerMessage.Answer answer -> holdings.answered(from, answer);
            case PeerMessage.Blocking(var lock, var mode) -> holdings.blocks(lock, mode);
            case PeerMessage.NotMaster(var lock, var turn) -> holdings.notMaster(from, lock, turn);
            case PeerMessage.Spaces(var open) -> recovery.spaces(from, open);
        }
    }

    private void ask(Asked asked, Moment now) {
        long client = asked.client();
        long request = asked.request();
        switch (asked.asked()) {
            case DlmRequest.OpenLockspace open -> clients.open(client, request, open);
            case DlmRequest.CloseLockspace close -> clients.close(client, request, close);
            case DlmRequest.Lock lock -> clients.lock(client, request, lock, now);
            case DlmRequest.Convert convert -> clients.convert(client, request, convert, now);
            case DlmRequest.Unlock unlock -> clients.unlock(client, request, unlock);
            case DlmRequest.OrphansQuery(var lockspace) -> clients.orphans(client, request, lockspace);
            case DlmRequest.Purge(var lockspace) -> clients.purge(client, request, lockspace);
            case DlmRequest.LockspacesQuery() -> outbox.answer(client, request, lockspaces());
            case DlmRequest.LocksQuery(var lockspace, var mastered) ->
                outbox.answer(client, request, locks(lockspace, mastered));
        }
    }

    private DlmReply lockspaces() {
        return new DlmReply.Lockspaces(spaces.stream().map(name -> new DlmReply.Lockspace(name,
                recovery.membersOf(name).stream().map(NodeId::number).toList(), recovery.epoch(),
                recovery.isOpen() && recovery.isQuorate(),
                recovery.waitsFor().stream().map(NodeId::number).toList())).toList());
    }

    private DlmReply locks(String lockspace, boolean mastered) {
        var lines = new ArrayList<DlmReply.LockLine>();
        for (var lock : holdings.all()) {
            if (lock.resource.lockspace().equals(lockspace)) {
                boolean asks = lock.phase != Phase.IDLE && lock.kind != PeerMessage.Kind.UNLOCK;
                lines.add(new DlmReply.LockLine(lock.number, outbox.self().number(),
                        holdings.masterOf(lock.resource).map(NodeId::number).orElse(0), lock.resource, lock.granted,
                        asks ? lock.mode : LockMode.IV, lock.client == LocalLock.NOBODY));
            }
        }
        if (mastered) {
            masters.othersLocks(lockspace).forEach(known -> lines.add(new DlmReply.LockLine(known.id().number(),
                    known.id().node().number(), outbox.self().number(), known.resource(), known.granted(),
                    known.requested(), false)));
        }
        return new DlmReply.Locks(lines);
    }

    private void sweep() {
        sweeping = false;
        if (recovery.isOpen()) {
            masters.sweep(holdings::isAsking).forEach(resource -> outbox.send(Rendezvous.directoryOf(
                    resource, recovery.roster().members().keySet()), new PeerMessage.Remove(resource)));
        }
    }

    /** Whether this dlmd has what no other node must be given. */
    boolean holdsState() {
        return !holdings.isEmpty() || !spaces.isEmpty();
    }

    List<LocalLock> orphans(String lockspace) {
        return holdings.orphans(lockspace);
    }

    int locksHere() {
        return holdings.all().size();
    }
}
