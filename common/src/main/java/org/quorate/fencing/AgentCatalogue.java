package org.quorate.fencing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.quorate.config.FenceDevice;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where agents are and what they say of themselves, asked once for each version of a program. Any thread may ask. */
public final class AgentCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(AgentCatalogue.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final List<Path> folders;
    private final Map<Known, AgentMetadata> known = new ConcurrentHashMap<>();

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private record Known(Path agent, FileTime changed) {}

    /** Looks into these folders only, in this order. */
    public AgentCatalogue(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** Looks where agents usually are: the search path, the folders of root's programs, and our own. */
    public static AgentCatalogue of(Paths paths) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new AgentCatalogue(Stream.of(
                Stream.of(path.split(File.pathSeparator)).filter(folder -> folder.startsWith("/")).map(Path::of),
                Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin").map(Path::of),
                Stream.of(paths.at("usr/share/quorate/fence"))).flatMap(folder -> folder).distinct().toList());
    }

    /** The program of that name, or at that absolute path. */
    public Optional<Path> find(String agent) {
        if (agent.isEmpty() || agent.contains("/")) {
            return Optional.of(agent).filter(a -> a.startsWith("/")).map(Path::of).filter(AgentCatalogue::isProgram);
        }
        return folders.stream().map(folder -> folder.resolve(agent)).filter(AgentCatalogue::isProgram).findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Where it looks, for messages. */
    String places() {
        return String.join(", ", folders.stream().map(Path::toString).toList());
    }

    /** What the program says of itself. */
    public AgentMetadata metadata(Path agent) {
        try {
            var version = new Known(agent, Files.getLastModifiedTime(agent));
            var before = known.get(version);
            if (before != null) {
                return before;
            }
            // Asked outside of the map: agents take their time, and asking twice does no harm.
            var asked = ask(agent);
            known.put(version, asked);
            return asked;
        } catch (IOException unreadable) {
            LOG.warn("{}: {}", agent, unreadable.getMessage());
            return AgentMetadata.NONE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return AgentMetadata.NONE;
        }
    }

    /** Logs what a device's settings were translated to, once for each. */
    void tellOnce(FenceDevice device, String translation) {
        if (told.add(device.name() + " " + device.agent() + " " + translation)) {
            LOG.info("fence device {}: {}: {}", device.name(), device.agent(), translation);
        }
    }

    private static AgentMetadata ask(Path agent) throws IOException, InterruptedException {
        var byOption = AgentProcess.start(agent, List.of("-o", "metadata"), "").await(ANSWER);
        var said = metadataIn(byOption);
        // One that hangs will hang again, and somebody may be waiting for a node to be cut off.
        if (said.isEmpty() && byOption.status() >= 0) {
            said = metadataIn(AgentProcess.start(agent, List.of(), "action=metadata\n").await(ANSWER));
        }
        if (said.isEmpty()) {
            LOG.info("{} says nothing of itself: it is told everything as it stands in cluster.conf", agent);
        }
        return said.orElse(AgentMetadata.NONE);
    }

    private static Optional<AgentMetadata> metadataIn(AgentProcess.End end) {
        if (!end.success()) {
            return Optional.empty();
        }
        // Warnings of the interpreter may stand before and after it.
        var text = new String(end.output(), StandardCharsets.UTF_8);
        int begin = text.indexOf("<resource-agent");
        int close = text.lastIndexOf("</resource-agent>");
        return begin < 0 || close < begin ? Optional.empty() : AgentMetadata.parse(
                text.substring(begin, close + "</resource-agent>".length())
                        .getBytes(StandardCharsets.UTF_8));
    }
}
