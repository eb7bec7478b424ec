package org.quorate.rgmanager.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.rgmanager.core.tree.ResourceRule;
import org.quorate.rgmanager.core.tree.ResourceRules;

class AgentFolderTest {
    private static final String BODY = "<resource-agent name=\"disk\"><parameters>"
            + "<parameter name=\"name\" primary=\"1\"/></parameters></resource-agent>";

    @TempDir
    private Path folder;
    private final List<String> warnings = new ArrayList<>();

    @Test
    void everyExecutableFileIsAskedAndTheOthersAreNone() throws Exception {
        agent("disk.sh", BODY);
        agent("disk.sh~", BODY.replace("disk", "old"));
        agent("disk.sh.rpmsave", BODY.replace("disk", "saved"));
        agent("silent.sh", "");
        agent("broken.sh", "<resource-agent");
        Files.writeString(folder.resolve("plain.sh"), "#!/bin/sh\necho '" + BODY.replace("disk", "plain") + "'\n");
        Files.createDirectory(folder.resolve("utils"));
        assertThat(read().rules().all()).extracting(ResourceRule::type).containsExactly("disk");
        assertThat(warnings).singleElement().asString().contains("disk.sh.rpmsave");
    }

    @Test
    void ofTwoAgentsForOneTypeTheFirstByFileNameStays() throws Exception {
        agent("b.sh", BODY);
        agent("a.sh", BODY);
        var reader = read();
        assertThat(reader.rules().find("disk").orElseThrow().agent()).isEqualTo("a.sh");
        assertThat(reader.messages()).extracting("text").containsExactly("Error storing disk: Duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<!DOCTYPE resource-agent SYSTEM \"ra-api-1-modified.dtd\">",
        "<!DOCTYPE resource-agent [\n<!ENTITY a \"]>\"> <!-- ' ]> -->\n<?x ]> ?>]>",
        "<!-- <!DOCTYPE a --><!DOCTYPE resource-agent SYSTEM '/dev/nowhere>'>",
    })
    void aDoctypeIsPassedOver(String doctype) throws Exception {
        agent("disk.sh", "<?xml version=\"1.0\"?>\n" + doctype + "\n" + BODY);
        assertThat(read().rules().find("disk")).isPresent();
    }

    @Test
    void nothingThatADoctypeNamesIsLoaded() throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "disk");
        agent("disk.sh", "<!DOCTYPE resource-agent [<!ENTITY type SYSTEM \"" + secret + "\">]>\n"
                + BODY.replace("<parameters>", "<longdesc>&type;</longdesc><parameters>"));
        assertThat(read().rules().all()).isEmpty();
    }

    @Test
    void anAgentGetsAPathAndItsFolderAndNothingElseAndIsNotWaitedForOnceItHasSpoken() throws Exception {
        Files.writeString(folder.resolve("meta"), BODY);
        script("disk.sh", "[ \"$#:$1\" = 1:meta-data ] || exit 1\n"
                + "[ \"$HOME$USER$OCF_ROOT\" = " + folder + " ] || exit 1\n"
                + "read -r line && exit 1\ncat " + folder + "/meta\nexec sleep 30 > /dev/null\n");
        assertThat(read().rules().find("disk")).isPresent();
    }

    @Test
    void anAgentIsAskedAgainOnlyWhenItChanged() throws Exception {
        script("disk.sh", "echo asked >> " + folder + "/asked\necho '" + BODY + "'\n");
        assertThat(remembered().find("disk")).isPresent();
        assertThat(remembered().find("disk")).isPresent();
        assertThat(folder.resolve("asked")).hasContent("asked");
        Files.setLastModifiedTime(folder.resolve("disk.sh"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(remembered().find("disk")).isPresent();
        assertThat(folder.resolve("asked")).hasContent("asked\nasked");
    }

    @Test
    void aDamagedMemoryIsNoHarm() throws Exception {
        agent("disk.sh", BODY);
        Files.writeString(folder.resolve("cache"), "nonsense");
        assertThat(remembered().find("disk")).isPresent();
    }

    @Test
    void aFolderThatIsNotThereIsAFailure() {
        assertThatThrownBy(() -> new AgentFolder(folder.resolve("none"), MetaDataCache.none(), warnings::add).read())
                .isInstanceOf(NoSuchFileException.class);
    }

    private ResourceRules.Reader read() throws IOException, InterruptedException {
        return new AgentFolder(folder, MetaDataCache.none(), warnings::add).read();
    }

    private ResourceRules remembered() throws IOException, InterruptedException {
        var cache = MetaDataCache.in(folder.resolve("cache"));
        var rules = new AgentFolder(folder, cache, warnings::add).read().rules();
        cache.store();
        return rules;
    }

    private void agent(String name, String metaData) throws IOException {
        script(name, "cat <<'XML'\n" + metaData + "\nXML\n");
    }

    private void script(String name, String body) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
