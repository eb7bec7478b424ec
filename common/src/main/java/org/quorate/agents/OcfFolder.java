package org.quorate.agents;

import java.nio.file.Files;
import java.nio.file.Path;
import org.quorate.system.Paths;

/**
 * Where OCF agents are installed.
 *
 * @param root {@code OCF_ROOT}, usually {@code /usr/lib/ocf}
 */
public record OcfFolder(Path root) {
    private static final Path OF_SYSTEM = Path.of("/usr/lib/ocf");

    /** Below the root of the suite if there is such a folder, else the system's own. */
    public static OcfFolder of(Paths paths) {
        Path own = paths.at("usr/lib/ocf");
        return new OcfFolder(Files.isDirectory(own) ? own : OF_SYSTEM);
    }

    /** Where an agent is, or would be. */
    public Path agent(OcfName name) {
        return root.resolve("resource.d").resolve(name.provider()).resolve(name.type());
    }
}
