package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.system.Paths;

class CcsConfigValidateTest {
    private static final String RIGHT = """
            <cluster name="c" config_version="7">
              <clusternodes>
                <clusternode name="a" nodeid="1"/>
              </clusternodes>
            </cluster>
            """;

    @TempDir
    Path root;

    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();

    @Test
    void aRightFileValidates() throws Exception {
        assertThat(run("-f", file(RIGHT))).isZero();
        assertThat(run("-q", "-f" + file(RIGHT))).isZero();
        assertThat(out.text()).isEqualTo("Configuration validates\n");
    }

    @Test
    void ocfAgentsThatAreInstalledAreAsked() throws Exception {
        Path folder = Files.createDirectories(root.resolve("usr/lib/ocf/resource.d/acme"));
        agent(folder.resolve("Address"), "<parameter name='ip' required='1'/><parameter name='nic'/>", "");
        agent(folder.resolve("Stateful"), "", "<action name='promote'/>");
        String file = file(RIGHT.replace("</cluster>", """
                <rm><service name="s">
                <ocf provider="acme" type="Address" name="right" ip="10.0.0.9" nic="eth0"/>
                <ocf provider="acme" type="Address" name="wrong" nik="eth0"/>
                <ocf provider="acme" type="Stateful" name="state"/>
                <ocf provider="acme" type="Elsewhere" name="other" anything="1"/>
                <ocf type="Address"/>
                </service></rm></cluster>"""));
        assertThat(run("-f", file)).isEqualTo(3);
        assertThat(out.text()).isEqualTo("""
                F:7:1: warning: ocf:acme:Address knows no parameter nik; did you mean "nic"? [ocf-parameter]
                F:7:1: error: ocf:acme:Address needs the parameter ip; write its ip [parameter-missing]
                F:8:1: error: ocf:acme:Stateful is refused: it is for promotable resources (it has the action \
                promote), be it only as an option; a service has no roles; use an agent without roles: of databases \
                mysql or postgres-8, else systemd or script [ocf-promotable]
                F:10:1: error: ocf has no name; write its name [parameter-missing]
                F:10:1: error: ocf has no provider; write its provider [parameter-missing]
                Configuration fails to validate
                """.replace("F:", file + ":"));
    }

    @Test
    void whatAnOcfAgentWantsToBeUniqueIsHeldToIt() throws Exception {
        Path folder = Files.createDirectories(root.resolve("usr/lib/ocf/resource.d/acme"));
        agent(folder.resolve("Address"), "<parameter name='ip' unique='1'/><parameter name='nic' unique='0'/>", "");
        String file = file(RIGHT.replace("</cluster>", """
                <rm><resources>
                <ocf provider="acme" type="Address" name="a" ip="10.0.0.9" nic="eth0"/>
                <ocf provider="acme" type="Elsewhere" name="e" ip="10.0.0.9"/>
                <ocf provider="acme" type="Elsewhere" name="f" ip="10.0.0.9"/>
                <ocf provider="acme" type="Elsewhere" name="g" ip="10.0.0.9"/>
                </resources><service name="s">
                <ocf provider="acme" type="Address" name="b" ip="10.0.0.8" nic="eth0"/>
                <ocf provider="acme" type="Address" name="c" ip="10.0.0.9"/>
                <ocf ref="a"/>
                </service></rm></cluster>"""));
        assertThat(run("-f", file)).isEqualTo(3);
        assertThat(out.text()).isEqualTo("""
                F:8:1: warning: ocf:acme:Elsewhere ip "10.0.0.9" is already used by "e" (line 7), and the agent cannot \
                be asked here whether that may be; validate where it is installed [ocf-unique]
                F:12:1: error: ocf:acme:Address ip "10.0.0.9" is already used by "a" (line 6); define it once in \
                resources and refer to it [resource-unique]
                Configuration fails to validate
                """.replace("F:", file + ":"));
    }

    @Test
    void whatAnOcfAgentWantsToBeUniqueIsReferredToOnce() throws Exception {
        Path folder = Files.createDirectories(root.resolve("usr/lib/ocf/resource.d/acme"));
        agent(folder.resolve("Address"), "<parameter name='ip' unique='1'/><parameter name='nic'/>", "");
        String file = file(RIGHT.replace("</cluster>", """
                <rm><resources>
                <ocf provider="acme" type="Address" name="a" ip="10.0.0.9"/>
                <ocf provider="acme" type="Address" name="shared" nic="eth0"/>
                <ocf provider="acme" type="Elsewhere" name="e" ip="10.0.0.9"/>
                </resources><service name="one"><ocf ref="shared"/>
                <ocf ref="a"/>
                </service><service name="two"><ocf ref="shared"/><ocf ref="e"/>
                <ocf ref="e"><ocf ref="a"/></ocf>
                </service></rm></cluster>"""));
        assertThat(run("-f", file)).isEqualTo(3);
        assertThat(out.text()).isEqualTo("""
                F:12:1: warning: ocf:acme:Elsewhere ip "10.0.0.9" is already used by the reference to "e" (line 11), \
                and the agent cannot be asked here whether that may be; validate where it is installed [ocf-unique]
                F:12:14: error: ocf:acme:Address ip "10.0.0.9" is already used by the reference to "a" (line 10); \
                define another one [resource-reused]
                Configuration fails to validate
                """.replace("F:", file + ":"));
    }

    private static void agent(Path file, String parameters, String actions) throws Exception {
        Files.writeString(file, "#!/bin/sh\ncat <<END\n<resource-agent name='x'><parameters>" + parameters
                + "</parameters><actions>" + actions + "</actions></resource-agent>\nEND\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theSystemsOwnFileIsMeantWhereNoneIsNamed() throws Exception {
        assertThat(run()).isEqualTo(255);
        Files.createDirectories(root.resolve("etc/cluster"));
        Files.writeString(root.resolve("etc/cluster/cluster.conf"), RIGHT);
        assertThat(run()).isZero();
        assertThat(err.text()).contains("cannot read the file", "Unable to get the configuration\n")
                .doesNotContain("Exception");
    }

    @Test
    void everyFaultIsALineWithItsPlace() throws Exception {
        String file = file(RIGHT.replace("name=\"a\"", "name=\"localhost\" votes=\"x\"").replace("7", "0"));
        assertThat(run("-f", file)).isEqualTo(3);
        assertThat(out.text()).isEqualTo("""
                F:1:1: error: config_version "0" of cluster is not a whole number from 1 to 2147483647; correct it \
                [config-version]
                F:3:5: error: node name "localhost" is the loopback interface; name the address by which the other \
                nodes reach it [node-loopback]
                F:3:5: error: votes "x" of clusternode "localhost" is not a whole number from 0 to 255; correct it \
                [votes]
                Configuration fails to validate
                """.replace("F:", file + ":"));
    }

    @Test
    void whatIsNoXmlIsTold() throws Exception {
        assertThat(run("-f", file("<cluster>"))).isEqualTo(1);
        assertThat(out.text()).contains("[xml-syntax]\nConfiguration fails to validate\n");
    }

    @Test
    void aVersionCanBeAskedFor() throws Exception {
        assertThat(run("-R", "6", "-f", file(RIGHT))).isZero();
        assertThat(run("-vR7", "-f", file(RIGHT))).isEqualTo(254);
        assertThat(err.text()).isEqualTo("Error: Configuration version is older than running config!\n");
        assertThat(out.text()).contains("Old version: 7   New version: 7\n", "[node-unfenced]");
    }

    @Test
    void aProgramReadsJson() throws Exception {
        assertThat(run("--json", "-f", file(RIGHT.replace("nodeid", "nodeId")))).isZero();
        var json = new ObjectMapper().readTree(out.text());
        assertThat(json.get("valid").booleanValue()).isTrue();
        assertThat(json.get("config_version").intValue()).isEqualTo(7);
        assertThat(json.get("problems")).extracting(p -> p.get("severity").textValue() + " "
                + p.get("code").textValue() + " " + p.get("line").intValue() + ":" + p.get("column").intValue())
                .containsExactly("warning legacy 3:5", "warning attribute-unknown 3:5", "notice node-unfenced 3:5");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws Exception {
        assertThat(run("-f", "x", "-r")).isEqualTo(255);
        assertThat(run("-z")).isEqualTo(255);
        assertThat(run("-f")).isEqualTo(255);
        assertThat(err.text()).isEqualTo("""
                Error: invalid options. -f can not be set together with -r or -C or -l
                Error: invalid option -z. Try -h
                Error: option -f requires an argument
                """);
        assertThat(run("-h")).isZero();
        assertThat(run("-V")).isZero();
        assertThat(out.text()).contains("Usage:\n", "ccs_config_validate version ");
    }

    private String file(String text) throws Exception {
        return Files.writeString(root.resolve("some.conf"), text).toString();
    }

    private int run(String... words) {
        return new CcsConfigValidate(new Paths(root), out, err).run(List.of(words));
    }
}
