package org.quorate.rgmanager.rgtest;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.quorate.rgmanager.core.tree.Operation;
import org.quorate.rgmanager.core.tree.Resource;
import org.quorate.rgmanager.core.tree.ResourceConfiguration;
import org.quorate.rgmanager.core.tree.Step.RunAgent;
import org.quorate.rgmanager.core.tree.WalkResult;

/** One operation on one resource, as the command line asks for it. */
final class Trial {
    private final ResourceConfiguration configuration;
    private final AgentCalls calls;
    private final Walker walker;
    private final PrintStream out;
    private final PrintStream err;

    Trial(ResourceConfiguration configuration, AgentCalls calls, PrintStream out, PrintStream err) {
        this.configuration = configuration;
        this.calls = calls;
        this.walker = new Walker(calls, out);
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @param words operation, type, name, and for migrate the target
     * @return the program's exit status; empty if the words are not understood
     */
    Optional<Integer> run(List<String> words) throws InterruptedException {
        boolean migrates = words.getFirst().equals("migrate");
        if (words.size() != (migrates ? 4 : 3)) {
            return Optional.empty();
        }
        String type = words.get(1);
        String name = words.get(2);
        Optional<Resource> resource = configuration.resources().refer(type, name);
        if (resource.isEmpty()) {
            out.println("No resource " + name + " of type " + type + " found");
            return Optional.of(RgTest.SUCCESS);
        }
        return switch (words.getFirst()) {
            case "start" -> Optional.of(start(resource.get(), name));
            case "stop" -> Optional.of(stop(resource.get(), name));
            case "status" -> Optional.of(status(resource.get(), name));
            case "migrate" -> Optional.of(migrate(resource.get(), name, words.getLast()));
            default -> Optional.empty();
        };
    }

    private int start(Resource resource, String name) throws InterruptedException {
        out.println("Starting " + name + "...");
        if (walk(Operation.START, resource).success()) {
            out.println("Start of " + name + " complete");
            return RgTest.SUCCESS;
        }
        out.println("Failed to start " + name);
        return RgTest.FAILURE;
    }

    private int stop(Resource resource, String name) throws InterruptedException {
        out.println("Stopping " + name + "...");
        if (walk(Operation.STOP, resource).success()) {
            out.println("Stop of " + name + " complete");
            return RgTest.SUCCESS;
        }
        return RgTest.FAILURE;
    }

    private int status(Resource resource, String name) throws InterruptedException {
        out.println("Checking status of " + name + "...");
        WalkResult result = walk(Operation.STATUS, resource);
        out.println(result.success() ? "Status of " + name + " is good" : "Status check of " + name + " failed");
        return result.bits();
    }

    private WalkResult walk(Operation operation, Resource resource) throws InterruptedException {
        return walker.walk(configuration.tree(), operation, resource);
    }

    private int migrate(Resource resource, String name, String target) throws InterruptedException {
        out.println("Migrating " + name + " to " + target + "...");
        Optional<RunAgent> call = resource.uses().stream().findFirst()
                .flatMap(use -> RunAgent.of(use, "migrate", 0, target));
        if (call.isEmpty()) {
            err.println(resource.fullName() + " cannot migrate: " + (resource.uses().isEmpty() ? "it is not used"
                    : "its agent declares no migrate"));
        }
        if (call.isEmpty() || calls.run(call.get()) != 0) {
            return RgTest.FAILURE;
        }
        out.println("Migration of " + name + " complete");
        return RgTest.SUCCESS;
    }
}
