package org.quorate.dist.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the management module by the fence agent that the distribution brings, from blade 2. */
class BladeCenterTest {
    private static final Path AGENT = Path.of("/usr/sbin/fence_bladecenter");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void theDistributionsAgentSwitchesABlade() throws IOException {
        assumeTrue(Files.isExecutable(AGENT) && Files.isExecutable(Path.of("/usr/bin/telnet")),
                "needs the packages fence-agents and telnet");
        try (Site site = Ashore.build(folder)) {
            site.blades().forEach(Blade::powerOn);
            Blade am1 = site.blade("am1");
            long began = System.nanoTime();
            assertThat(agent(site, "status", "1").status()).isZero();
            assertThat(agent(site, "list", "1").text().lines()).containsExactly("1,am1", "2,am2");
            assertThat(agent(site, "monitor", "1").status()).isZero();
            assertThat(agent(site, "off", "1").text()).isEqualTo("Success: Powered OFF");
            assertThat(am1.isOn()).isFalse();
            assertThat(agent(site, "status", "1").status()).isEqualTo(2);
            assertThat(agent(site, "reboot", "1").text()).isEqualTo("Success: Rebooted");
            assertThat(am1.isOn()).isTrue();
            am1.run("touch", "/run/before").text();
            assertThat(agent(site, "reboot", "1").text()).isEqualTo("Success: Rebooted");
            assertThat(am1.run("ls", "/run/before").success()).isFalse();
            assertThat(agent(site, "status", "7").status()).isEqualTo(1);
            assertThat(site.switchedSince(began)).extracting(Site.Switched::what)
                    .isEqualTo(List.of("blade 1 off", "blade 1 on", "blade 1 off", "blade 1 on"));
        }
    }

    private static Output agent(Site site, String action, String plug) {
        String words = "ip=192.168.110.47 username=USERID password=PASSW0RD power_wait=0"
                + " action=" + action + " plug=" + plug;
        return site.blade("am2").run(LIMIT, "sh", "-c", "printf '%s\\n' " + words + " | " + AGENT);
    }
}
