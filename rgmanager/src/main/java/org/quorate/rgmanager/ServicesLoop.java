package org.quorate.rgmanager;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.quorate.daemon.CoreLoop;
import org.quorate.rgmanager.agent.AgentRuns;
import org.quorate.rgmanager.core.Services;
import org.quorate.rgmanager.core.ServicesEffect;
import org.quorate.rgmanager.core.ServicesEvent;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.script.EventScripts;
import org.quorate.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns events into deeds. Its thread owns the core; everybody else only drops events into the inbox. */
final class ServicesLoop implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ServicesLoop.class);
    private static final int MILLIS = 1000;
    /** An orderly end takes as long as services take to stop; this is for those that never do. */
    private static final int END_MINUTES = 60;

    private final CoreLoop<ServicesEvent, ServicesEffect> loop;
    private final RgmanagerDoor door;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Doors doors;
    private volatile int running;

    /**
     * What the loop acts through.
     *
     * @param cman   the cluster
     * @param locks  the locks of services
     * @param agents resource agents
     * @param scripts event scripts
     * @param file   what runs here
     * @param documents all versions of cluster.conf that were read
     * @param fenced whom to tell how much runs here
     * @param node   the machine
     * @param dump   what everything known is written into
     * @param onEnd  called once the core has nothing to do any more: whether that is in order, and why
     */
    record Doors(CmanLink cman, ServiceLocks locks, AgentRuns agents, EventScripts scripts, RunningFile file,
            ConfigurationSource documents, FencedLink fenced, Machine node,
            DumpFile dump, BiConsumer<Boolean, String> onEnd) {}

    ServicesLoop(int self, ServiceConfiguration configuration, RgmanagerDoor.Reading reading) {
        var clock = Clock.MONOTONIC;
        var core = new Services(self, configuration, clock.now(), System.currentTimeMillis() / MILLIS);
        loop = new CoreLoop<>("services", core::on, this::carryOut, clock);
        door = new RgmanagerDoor(this::tell, reading);
    }

    ServicesLoop start(Doors through) {
        doors = through;
        loop.start();
        return this;
    }

    /** Drops an event into the inbox, from any thread. */
    void tell(ServicesEvent event) {
        loop.tell(event);
    }

    RgmanagerDoor door() {
        return door;
    }

    /** Whether nothing is written down as running here. */
    boolean isEmpty() {
        return running == 0;
    }

    private void carryOut(ServicesEffect effect) {
        log(effect);
        switch (effect) {
            case ServicesEffect.JoinGroup _ -> doors.cman().takePart(true);
            case ServicesEffect.LeaveGroup _ -> doors.cman().takePart(false);
            case ServicesEffect.Tell(long epoch, var message) -> doors.cman().tell(epoch, message);
            case ServicesEffect.TakeLock(var service, long number) -> doors.locks().take(service, number);
            case ServicesEffect.DropLock(var service, _) -> doors.locks().drop(service);
            case ServicesEffect.TakeArrival(var guest, long number) -> doors.locks().takeArrival(guest, number);
            case ServicesEffect.DropArrival(var guest, _) -> doors.locks().dropArrival(guest);
            case ServicesEffect.TryArrival(var guest, long number) -> doors.locks().tryArrival(guest, number);
            case ServicesEffect.RunTheAgent(var service, var agent) -> doors.agents().start(service.text(), agent,
                    code -> tell(new ServicesEvent.AgentEnded(service, agent.node(), code)));
            case ServicesEffect.Remember(var services, int version, var others) -> {
                var kept = others.entrySet().stream().map(k -> new RunningFile.Kept(k.getKey(),
                        doors.documents().of(k.getValue()))).toList();
                doors.file().write(new RunningFile.Content(services, doors.documents().of(version), kept));
                doors.documents().forgetBefore(version, Set.copyOf(others.values()));
                running = services.size();
                doors.fenced().running(running);
            }
            case ServicesEffect.Answer(long client, var reply) -> door.answer(client, reply);
            case ServicesEffect.Publish(var record) -> door.publish(record);
            case ServicesEffect.WakeAt(var when, var event) -> loop.wakeAt(when, event);
            case ServicesEffect.Say _ -> { /* it is logged */ }
            case ServicesEffect.RunScript run -> doors.scripts().start(run, new EventScripts.Listener() {
                @Override
                public void said(String line) {
                    tell(new ServicesEvent.ScriptSaid(run.number(), line));
                }

                @Override
                public void ended(int exitCode) {
                    tell(new ServicesEvent.ScriptEnded(run.number(), exitCode));
                }
            });
            case ServicesEffect.TellScript(long number, var answer) -> doors.scripts().answer(number, answer);
            case ServicesEffect.EndScript(long number, _, _) -> doors.scripts().end(number);
            case ServicesEffect.WriteDump(var text) -> doors.dump().write(text);
            case ServicesEffect.Reboot(var why) -> doors.node().reboot(why);
            case ServicesEffect.End(boolean inOrder, var why) -> {
                ended.countDown();
                doors.onEnd().accept(inOrder, why);
            }
        }
    }

    private static void log(ServicesEffect effect) {
        if (effect.line().isEmpty()) {
            return;
        }
        switch (effect) {
            case ServicesEffect.Say(var weight, var line) -> {
                switch (weight) {
                    case DETAIL -> LOG.debug("{}", line);
                    case EVENT -> LOG.info("{}", line);
                    case WARNING -> LOG.warn("{}", line);
                    case HARM -> LOG.error("{}", line);
                }
            }
            case ServicesEffect.Reboot reboot -> LOG.error("{}", reboot.line());
            case ServicesEffect.EndScript ended -> LOG.warn("{}", ended.line());
            case ServicesEffect.End _, ServicesEffect.JoinGroup _, ServicesEffect.LeaveGroup _ ->
                    LOG.info("{}", effect.line());
            default -> LOG.debug("{}", effect.line());
        }
    }

    /** Stops what runs here, waits for that, and ends. */
    @Override
    public void close() throws IOException {
        tell(new ServicesEvent.EndAsked());
        var late = Optional.<String>empty();
        try {
            if (!ended.await(END_MINUTES, TimeUnit.MINUTES)) {
                late = Optional.of("services do not stop; their locks stay with this node");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        loop.close();
        if (late.isPresent()) {
            throw new IOException(late.get());
        }
    }
}
