package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.rgmanager.core.tree.ResourceRule;

class AgentFolderTest {
    @TempDir
    private Path root;
    private Path agents;

    @BeforeEach
    void folder() throws IOException {
        agents = Files.createDirectory(root.resolve("agents"));
    }

    private void agent(String name, String type, String mode) throws IOException {
        Path file = agents.resolve(name);
        Files.writeString(file, "#!/bin/sh\necho asked >> " + root + "/asked\n/bin/cat <<END\n"
                + "<?xml version=\"1.0\"?>\n<!DOCTYPE resource-agent SYSTEM \"ra-api-1-modified.dtd\">\n"
                + "<resource-agent name=\"" + type + "\"><parameters><parameter name=\"name\" primary=\"1\"/>"
                + "</parameters><actions><action name=\"start\" timeout=\"5\"/></actions></resource-agent>\nEND\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Iterable<String> types() {
        return new AgentFolder(agents, root.resolve("state/cache")).rules().all().stream().map(ResourceRule::type)
                .toList();
    }

    private long timesAsked() throws IOException {
        return Files.readAllLines(root.resolve("asked")).size();
    }

    @Test
    void executableFilesAreAgents() throws IOException {
        agent("ip.sh", "ip", "rwxr-xr-x");
        agent("fs.sh", "fs", "rwxr-xr-x");
        agent("script.sh~", "script", "rwxr-xr-x");
        agent("netfs.sh.rpmsave", "netfs", "rwxr-xr-x");
        agent("ocf-shellfuncs", "none", "rw-r--r--");
        Files.writeString(agents.resolve("silent.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(agents.resolve("silent.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(types()).containsExactlyInAnyOrder("ip", "fs");
    }

    @Test
    void anAgentIsAskedAgainOnlyWhenItChanged() throws IOException {
        agent("ip.sh", "ip", "rwxr-xr-x");
        assertThat(types()).containsExactly("ip");
        assertThat(types()).containsExactly("ip");
        assertThat(timesAsked()).isEqualTo(1);
        Files.setLastModifiedTime(agents.resolve("ip.sh"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(types()).containsExactly("ip");
        assertThat(timesAsked()).isEqualTo(2);
    }

    @Test
    void aDamagedMemoryIsNoHarm() throws IOException {
        agent("ip.sh", "ip", "rwxr-xr-x");
        Files.createDirectories(root.resolve("state"));
        Files.writeString(root.resolve("state/cache"), "nonsense");
        assertThat(types()).containsExactly("ip");
    }

    @Test
    void noFolderIsNoAgents() {
        agents = root.resolve("missing");
        assertThat(types()).isEmpty();
    }
}
