package org.quorate.fencing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.config.FenceDevice;
import org.quorate.fencing.DeviceResult.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One method of cutting a node off, device by device in order; all must succeed, the first that does not ends it.
 *
 * <p>Several devices that would each reboot the node are its redundant power supplies: all are switched off before the
 * first is switched on again, or the node would never lose power.
 */
public final class MethodRun {
    private static final Logger LOG = LoggerFactory.getLogger(MethodRun.class);

    private final AgentCatalogue catalogue;
    private final String victim;
    private final List<FenceDevice> devices;
    private final Optional<String> action;
    private final Consumer<DeviceResult> each;
    private AgentProcess running;
    private boolean stopped;

    /** One call of an agent; what comes after the node is off must not undo the success. */
    private record Step(int device, Optional<String> action, boolean afterwards) {}

    /**
     * Prepares it.
     *
     * @param victim  as cluster.conf calls it
     * @param devices of the method
     * @param action  what to do instead of what is configured, such as {@code status}
     * @param each    is told of each device when it is done
     */
    public MethodRun(AgentCatalogue catalogue, String victim, List<FenceDevice> devices, Optional<String> action,
            Consumer<DeviceResult> each) {
        this.catalogue = catalogue;
        this.victim = victim;
        this.devices = List.copyOf(devices);
        this.action = action;
        this.each = each;
    }

    /**
     * How a method ended.
     *
     * @param success whether the node is off
     * @param status  exit status of the last agent; -1 if none ended by itself
     * @param why     one line about a failure; empty after success
     */
    public record Outcome(boolean success, int status, String why) {
        /** For the fence domain, without passwords. */
        public String line() {
            return success ? "success" : why;
        }
    }

    /** Runs it to its end. */
    public Outcome run() throws InterruptedException {
        if (devices.isEmpty()) {
            var result = new DeviceResult(0, "", Optional.empty(), Result.NO_DEVICE, "the method has no device");
            each.accept(result);
            return new Outcome(false, -1, result.detail());
        }
        int status = 0;
        for (var step : steps()) {
            if (isStopped()) {
                return new Outcome(false, -1, "stopped");
            }
            var end = call(step);
            status = end.status();
            if (!end.success() && step.afterwards()) {
                LOG.warn("{} is off, but {} does not switch it on: {}", victim, agentOf(step), end.why());
            } else if (!end.success()) {
                return new Outcome(false, status, agentOf(step) + ": " + end.why());
            }
        }
        return new Outcome(true, status, "");
    }

    private String agentOf(Step step) {
        return devices.get(step.device()).agent();
    }

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        var supplies = action.isPresent() ? List.<Integer>of() : supplies();
        for (int device = 0; device < devices.size(); device++) {
            boolean supply = supplies.size() > 1 && supplies.contains(device);
            steps.add(new Step(device, supply ? Optional.of("off") : action, false));
        }
        if (supplies.size() > 1) {
            supplies.forEach(device -> steps.add(new Step(device, Optional.of("on"), true)));
        }
        return steps;
    }

    /** The devices that would reboot the node and can do that in two steps. */
    private List<Integer> supplies() {
        var supplies = new ArrayList<Integer>();
        for (int device = 0; device < devices.size(); device++) {
            var metadata = metadata(devices.get(device));
            var configured = AgentInput.of(devices.get(device), victim, Optional.empty(), metadata).value("action");
            boolean reboots = configured.map(a -> a.equalsIgnoreCase("reboot"))
                    .orElse(metadata.isKnown() && metadata.defaultAction().equals("reboot"));
            if (reboots && (metadata.canSwitch() || !metadata.isKnown())) {
                supplies.add(device);
            }
        }
        return supplies;
    }

    private AgentMetadata metadata(FenceDevice device) {
        return catalogue.find(device.agent()).map(catalogue::metadata).orElse(AgentMetadata.NONE);
    }

    private AgentProcess.End call(Step step) throws InterruptedException {
        var device = devices.get(step.device());
        var program = catalogue.find(device.agent());
        if (program.isEmpty()) {
            var why = "not found in " + catalogue.places();
            each.accept(new DeviceResult(step.device(), device.agent(), Optional.empty(), Result.FORK, why));
            return new AgentProcess.End(-1, new byte[0], why);
        }
        var metadata = catalogue.metadata(program.get());
        var input = AgentInput.of(device, victim, step.action(), metadata);
        input.translations().forEach(translation -> catalogue.tellOnce(device, translation));
        LOG.debug("{} is told {}", program.get(), input);
        try {
            var process = begin(AgentProcess.start(program.get(), List.of(), input.text()));
            var end = process.await(input.limit(metadata));
            each.accept(new DeviceResult(step.device(), device.agent(), Optional.of(input),
                    end.success() ? Result.SUCCESS : Result.AGENT, end.success() ? "" : end.why()));
            return end;
        } catch (IOException unstartable) {
            each.accept(new DeviceResult(
                    step.device(), device.agent(), Optional.of(input), Result.FORK, unstartable.getMessage()));
            return new AgentProcess.End(-1, new byte[0], unstartable.getMessage());
        }
    }

    private synchronized AgentProcess begin(AgentProcess process) {
        running = process;
        if (stopped) {
            process.stop();
        }
        return process;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Ends it at once with the agent that runs, from any thread; {@link #run} returns without success. */
    public synchronized void stop() {
        stopped = true;
        if (running != null) {
            running.stop();
        }
    }
}
