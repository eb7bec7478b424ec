package org.quorate.tools.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.config.FenceDevice;
import org.quorate.config.FenceMethod;
import org.quorate.config.NodeConfig;
import org.quorate.fencing.AgentCatalogue;
import org.quorate.fencing.DeviceResult;
import org.quorate.fencing.MethodRun;

/**
 * What fence_node does to one node with its own hands.
 *
 * @param each is told what each device did, with the number of its method
 */
public record Deed(AgentCatalogue catalogue, NodeConfig node, Report each) {
    /** How it ended; the number is the exit status. */
    public enum Result {
        /** Done. */
        SUCCESS(0),
        /** Not done. */
        FAILED(1),
        /** Nothing is configured for the node. */
        UNDEFINED(2);

        private final int status;

        Result(int status) {
            this.status = status;
        }

        /** With what the command ends. */
        public int status() {
            return status;
        }
    }

    /** Who is told. */
    @FunctionalInterface
    public interface Report {
        /** A device is done. */
        void done(int method, DeviceResult result);
    }

    /** All methods, or the one that is meant: by its name, else by its number, 1 for the first. */
    public List<Integer> methods(Optional<String> meant) {
        var chosen = new ArrayList<Integer>();
        for (int i = 0; i < node.methods().size(); i++) {
            var name = node.methods().get(i).name();
            if (meant.isEmpty() || meant.get().equals(name)) {
                chosen.add(i);
            }
        }
        if (chosen.isEmpty() && meant.filter(m -> m.matches("[0-9]{1,3}")).isPresent()) {
            int number = Integer.parseInt(meant.get());
            return number >= 1 && number <= node.methods().size() ? List.of(number - 1) : List.of();
        }
        return chosen;
    }

    /** Cuts the node off: by the first of these methods that works. */
    public Result fence(List<Integer> methods) throws InterruptedException {
        for (int method : methods) {
            if (run(method, Optional.empty()).success()) {
                return Result.SUCCESS;
            }
        }
        return methods.isEmpty() ? Result.UNDEFINED : Result.FAILED;
    }

    /**
     * Asks whether the node has power: 0 it has, 2 it has not, 1 nobody can tell. One supply that is on is enough.
     */
    public int powered(List<Integer> methods) throws InterruptedException {
        boolean allOff = !methods.isEmpty();
        for (int method : methods) {
            for (var device : node.methods().get(method).devices()) {
                int status = one(method, device, Optional.of("status")).status();
                if (status == 0) {
                    return 0;
                }
                allOff &= status == 2;
            }
        }
        return allOff ? 2 : 1;
    }

    /** Lets the node back in: all devices are tried even if some fail. */
    public Result unfence() throws InterruptedException {
        boolean success = true;
        for (var device : node.unfence()) {
            boolean configured = device.own().stream().anyMatch(s -> List.of("action", "option").contains(s.name()));
            // Without an action most agents would cut the node off.
            success &= one(0, device, configured ? Optional.empty() : Optional.of("on")).success();
        }
        if (node.unfence().isEmpty()) {
            return Result.UNDEFINED;
        }
        return success ? Result.SUCCESS : Result.FAILED;
    }

    private MethodRun.Outcome run(int number, Optional<String> action) throws InterruptedException {
        FenceMethod method = node.methods().get(number);
        return runDevices(method.devices(), action, result -> each.done(number, result));
    }

    private MethodRun.Outcome one(int method, FenceDevice device, Optional<String> action)
            throws InterruptedException {
        return runDevices(List.of(device), action, result -> each.done(method, result));
    }

    private MethodRun.Outcome runDevices(List<FenceDevice> devices, Optional<String> action,
            Consumer<DeviceResult> told) throws InterruptedException {
        var run = new MethodRun(catalogue, node.name(), devices, action, told);
        var stopper = new Thread(run::stop, "stop-agent");
        // Whoever ends this command must not leave an agent behind that nobody watches.
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            return run.run();
        } finally {
            Runtime.getRuntime().removeShutdownHook(stopper);
        }
    }
}
