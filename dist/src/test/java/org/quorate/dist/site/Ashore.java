package org.quorate.dist.site;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A site for tests: with a claim of its own, and skipped with the reason where this machine cannot hold one. */
final class Ashore {
    static final Path HOME = Path.of(System.getProperty("quorate.source", "..")).toAbsolutePath().normalize();

    private Ashore() { }

    /** A plan whose blades have empty disks and no cluster to start. */
    static Site.Plan plan(Path folder, boolean userNamespace) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Path disk = Files.createDirectories(folder.resolve("site/disk/etc/cluster"));
        Files.writeString(disk.resolve("../hosts"), "127.0.0.1 localhost\n192.168.110.21 amcluster1\n"
                + "192.168.110.22 amcluster2\n");
        return new Site.Plan(HOME, tree, folder.resolve("site"), 2, folder.resolve("claim"), userNamespace);
    }

    static Site build(Path folder, boolean userNamespace) throws IOException {
        assumeTrue(possible(userNamespace), userNamespace ? "needs user namespaces, which this machine does not allow"
                : "needs root, or user namespaces instead");
        return Site.build(plan(folder, userNamespace));
    }

    /** A site as root where we are root, else as root of a user namespace. */
    static Site build(Path folder) throws IOException {
        return build(folder, !System.getProperty("user.name").equals("root"));
    }

    private static boolean possible(boolean userNamespace) {
        List<String> command = userNamespace
                ? List.of("unshare", "--user", "--map-root-user", "--net", "--mount", "true")
                : List.of("unshare", "--net", "--mount", "true");
        return Output.of(Duration.ofSeconds(5), command).success();
    }
}
