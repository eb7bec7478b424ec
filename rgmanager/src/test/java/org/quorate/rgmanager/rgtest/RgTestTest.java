package org.quorate.rgmanager.rgtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program from its words to its output and exit status, over agents that write down how they are called. */
class RgTestTest {
    private static final String AGENT = """
            #!/bin/sh
            if [ "$1" = meta-data ]; then
                /bin/cat <<'XML'
            <!DOCTYPE resource-agent SYSTEM "ra-api-1.dtd">
            <resource-agent name="KIND">
              <parameters><parameter name="name" primary="1"/><parameter name="fail"/></parameters>
              <actions><action name="start"/><action name="stop"/><action name="status" interval="5"/>ACTION</actions>
              <special tag="rgmanager"><attributes ATTRIBUTES/>CHILD</special>
            </resource-agent>
            XML
                exit 0
            fi
            echo "$* $OCF_RESOURCE_INSTANCE" >> FOLDER/calls
            [ "$1" != "$OCF_RESKEY_fail" ]
            """;

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void install() throws IOException {
        Files.createDirectory(folder.resolve("agents"));
        agent("service", "<child type=\"disk\" start=\"1\" stop=\"2\"/>"
                + "<child type=\"app\" start=\"2\" stop=\"1\"/>", "", "");
        agent("disk", "", "", "");
        agent("app", "", "", "");
        agent("guest", "", "<action name=\"migrate\"/>", "init_on_add=\"0\" destroy_on_delete=\"0\"");
    }

    @Test
    void theEffectOfAChangeIsSaidInAFewWords() throws Exception {
        assertThat(run("effect", conf("old", "<service name=\"web\"><app name=\"a\" fail=\"x\"/></service>"),
                conf("new", "<service name=\"web\"><app name=\"a\" fail=\"y\"/></service><guest name=\"g\"/>")))
                .isZero();
        assertThat(output()).isEqualTo("""
                service:web runs on, but for some of its resources
                  restart     app:a: fail changes from x to y
                guest:g is new: it starts where its rules let it
                """);
        assertThat(folder.resolve("calls")).doesNotExist();
        assertThat(run("effect", conf("one", ""))).isEqualTo(255);
    }

    @Test
    void aListingHasASectionForAllThatThereIs() throws Exception {
        assertThat(run("test", conf("a", "<failoverdomains><failoverdomain name=\"d\"/></failoverdomains>"
                + "<service name=\"web\"><app name=\"httpd\"/></service>"))).isZero();
        assertThat(output()).containsSubsequence("=== Resources List ===\n", "Agent: app.sh\n",
                "=== Resource Tree ===\nservice {\n  name = \"web\";\n  app {\n", "=== Failover Domains ===\n",
                "=== Event Triggers ===\nEvent Priority Level 100:\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Running in test mode.", "Loaded 4 resource rules");
        assertThat(run("test", conf("empty", ""))).isZero();
        assertThat(output()).startsWith("=== Event Triggers ===\n");
    }

    @Test
    void noopSaysWhatWouldBeRunAndRunsNothing() throws Exception {
        var conf = conf("a", "<service name=\"web\"><app name=\"httpd\"/><disk name=\"www\"/></service>");
        assertThat(run("noop", conf, "start", "service", "web")).isZero();
        assertThat(output()).isEqualTo("Starting web...\n[start] service:web\n[start] disk:www\n[start] app:httpd\n"
                + "Start of web complete\n");
        assertThat(run("noop", conf, "stop", "service", "web")).isZero();
        assertThat(output()).isEqualTo("Stopping web...\n[stop] app:httpd\n[stop] disk:www\n[stop] service:web\n"
                + "Stop of web complete\n");
        assertThat(folder.resolve("calls")).doesNotExist();
    }

    @Test
    void testRunsTheAgentsAndSaysWhatFailed() throws Exception {
        var conf = conf("a", "<service name=\"web\"><disk name=\"www\"/>"
                + "<app name=\"httpd\" fail=\"start\"/></service>");
        assertThat(run("test", conf, "start", "service", "web")).isEqualTo(255);
        assertThat(output()).isEqualTo("Starting web...\nFailed to start web\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("start on app \"httpd\" returned 1 (generic error)");
        assertThat(run("test", conf, "status", "service", "web")).isZero();
        assertThat(output()).isEqualTo("Checking status of web...\nStatus of web is good\n");
        assertThat(folder.resolve("calls")).hasContent("start service:web\nstart disk:www\nstart app:httpd\n"
                + "status service:web\nstatus disk:www\nstatus app:httpd\n");
    }

    @Test
    void stopAndStatusHaveTheirOwnWaysToFail() throws Exception {
        var conf = conf("a", "<service name=\"web\"><app name=\"x\" fail=\"stop\"/></service>"
                + "<service name=\"db\"><app name=\"y\" fail=\"status\" __independent_subtree=\"1\"/></service>");
        assertThat(run("test", conf, "stop", "service", "web")).isEqualTo(255);
        assertThat(output()).isEqualTo("Stopping web...\n");
        assertThat(run("test", conf, "status", "service", "db")).isEqualTo(2);
        assertThat(output()).isEqualTo("Checking status of db...\nStatus check of db failed\n");
    }

    @Test
    void aResourceIsNamedAsInAReference() throws Exception {
        agent("unit", "", "", "");
        var unit = folder.resolve("agents/unit.sh");
        Files.writeString(unit, Files.readString(unit).replace("<parameter name=\"fail\"/>",
                "<parameter name=\"file\" unique=\"1\" required=\"1\"/>"));
        var conf = conf("a", "<service name=\"web\"><unit name=\"d\" file=\"/etc/d\"/></service>");
        assertThat(run("noop", conf, "start", "UNIT", "/etc/d")).isZero();
        assertThat(output()).isEqualTo("Starting /etc/d...\n[start] unit:d\nStart of /etc/d complete\n");
    }

    @Test
    void aGuestIsToldWhereToGo() throws Exception {
        var conf = conf("a", "<guest name=\"g\"/><guest name=\"h\" fail=\"migrate\"/><service name=\"web\"/>");
        assertThat(run("test", conf, "migrate", "guest", "g", "node2")).isZero();
        assertThat(output()).isEqualTo("Migrating g to node2...\nMigration of g complete\n");
        assertThat(folder.resolve("calls")).hasContent("migrate node2 guest:g\n");
        assertThat(run("test", conf, "migrate", "guest", "h", "node2")).isEqualTo(255);
        assertThat(run("test", conf, "migrate", "service", "web", "node2")).isEqualTo(255);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith("service:web cannot migrate: its agent declares no migrate\n");
    }

    @Test
    void aFolderOfAgentsThatCannotBeReadIsToldInOneLine() throws Exception {
        var program = new RgTest(folder.resolve("none"), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(program.run(List.of("rules"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Running in rules mode.\n"
                + "Error reading the agents in " + folder.resolve("none") + ": there is no such folder\n");
    }

    @Test
    void aChangeIsShownInTwoPhases() throws Exception {
        var old = conf("old", "<service name=\"web\"><app name=\"x\"/></service>"
                + "<service name=\"gone\"/><guest name=\"g\"/>");
        var now = conf("now", "<service name=\"web\"><app name=\"y\"/></service>"
                + "<service name=\"new\"/><guest name=\"h\"/>");
        assertThat(run("delta", old, now)).isZero();
        assertThat(output()).containsSubsequence("=== Old Resource List ===\n", "=== New Resource List ===\n",
                "=== Old Resource Tree ===\n", "=== New Resource Tree ===\n").endsWith("""
                === Operations (down-phase) ===
                Node app:x - CONDSTOP
                [stop] app:x
                [kill] Node service:gone - CONDSTOP
                [stop] service:gone
                [no-op] guest:g was removed from the config, but I am not stopping it.
                === Operations (up-phase) ===
                Node app:y - CONDSTART
                [start] app:y
                [init] [stop] service:new
                [noop] guest:h was added, but I am not initializing it
                """);
        assertThat(folder.resolve("calls")).doesNotExist();
    }

    @Test
    void rulesAreShownByType() throws Exception {
        assertThat(run("rules")).isZero();
        assertThat(output()).containsSubsequence("Resource Rules for \"app\"\n", "Resource Rules for \"service\"\n",
                "  disk [ startlevel = 1 stoplevel = 2 ] \n");
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() throws Exception {
        var conf = conf("a", "<service name=\"web\"/>");
        assertThat(run("test", conf, "start", "service", "none")).as("as the original").isZero();
        assertThat(output()).isEqualTo("No resource none of type service found\n");
        assertThat(run("test", folder + "/none")).isEqualTo(1);
        assertThat(output()).isEqualTo("Error parsing " + folder + "/none\n");
        assertThat(run("delta", conf)).isEqualTo(255);
        assertThat(output()).startsWith("Operation requires two arguments\nusage: rg_test");
        for (var words : List.of(List.<String>of(), List.of("what"), List.of("test"), List.of("test", conf, "start"),
                List.of("test", conf, "reload", "service", "web"))) {
            assertThat(run(words.toArray(String[]::new))).as("%s", words).isEqualTo(1);
            assertThat(output()).as("%s", words).startsWith("usage: rg_test");
        }
    }

    private void agent(String type, String child, String action, String attributes) throws IOException {
        var text = AGENT.replace("KIND", type).replace("CHILD", child).replace("ACTION", action)
                .replace("ATTRIBUTES", attributes).replace("FOLDER", folder.toString());
        var file = Files.writeString(folder.resolve("agents").resolve(type + ".sh"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String conf(String name, String rm) throws IOException {
        return Files.writeString(folder.resolve(name + ".conf"), "<cluster><rm>" + rm + "</rm></cluster>").toString();
    }

    private int run(String... words) throws InterruptedException {
        var all = new ArrayList<>(List.of(folder.resolve("agents").toString()));
        all.addAll(List.of(words));
        return new RgTest(folder.resolve("unused"), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)).run(all);
    }

    /** What has been written since it was last asked for. */
    private String output() {
        var text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }
}
