package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** What the agents tell about themselves, against the published ones: configurations and trees depend on it. */
class MetaDataTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # P primary, U unique, R required, C may change while it runs, =default, <inherited from
        service | name PUR, domain C, autostart C =1, hardrecovery C =0, exclusive C =0, nfslock =0, \
                  nfs_client_cache =0, recovery C =restart, depend, depend_mode =hard, max_restarts =0, \
                  restart_expire_time =0, priority =0
        ip      | address PU, family, monitor_link =1, nfslock <service%nfslock, sleeptime, disable_rdisc, \
                  prefer_interface
        script  | name PU, file UR, service_name <service%name
        fs      | name P, mountpoint UR, device UR, fstype, force_unmount, quick_status, self_fence, \
                  nfslock <nfslock, nfsrestart, fsid, force_fsck, options, use_findmnt
        """)
    void itsParametersAreTheKnownOnes(String type, String expected) throws Exception {
        var parameters = new ArrayList<String>();
        for (var parameter : elements(metaData(type), "parameter")) {
            parameters.add(describe(parameter));
        }
        assertThat(parameters).containsExactly(expected.split(",\\s+"));
    }

    private static String describe(Element parameter) {
        var flags = flag(parameter, "primary", "P") + flag(parameter, "unique", "U")
                + flag(parameter, "required", "R") + flag(parameter, "reconfig", "C");
        var content = elements(parameter, "content").getFirst();
        return parameter.getAttribute("name") + (flags.isEmpty() ? "" : " " + flags)
                + (content.hasAttribute("default") ? " =" + content.getAttribute("default") : "")
                + (parameter.hasAttribute("inherit") ? " <" + parameter.getAttribute("inherit") : "");
    }

    private static String flag(Element parameter, String attribute, String letter) {
        return parameter.getAttribute(attribute).equals("1") ? letter : "";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # NAME or NAME/DEPTH TIMEOUT [every INTERVAL]
        service | start 5, stop 5, reconfig 5, recover 5, reload 5, meta-data 5, validate-all 5
        ip      | start 20, stop 20, status 10 every 20, monitor 10 every 20, status/10 20 every 60, \
                  monitor/10 20 every 60, meta-data 20, validate-all 20
        script  | start 0, stop 0, status 0 every 30s, monitor 0 every 30s, meta-data 0, validate-all 0
        fs      | start 900, stop 30, status 10 every 1m, monitor 10 every 1m, status/10 30 every 30, \
                  monitor/10 30 every 30, status/20 30 every 1m, monitor/20 30 every 1m, meta-data 5, validate-all 5
        """)
    void itsActionsAreTheKnownOnes(String type, String expected) throws Exception {
        assertThat(elements(metaData(type), "action")).extracting(action -> action.getAttribute("name")
                + (action.hasAttribute("depth") ? "/" + action.getAttribute("depth") : "")
                + " " + action.getAttribute("timeout")
                + (action.hasAttribute("interval") ? " every " + action.getAttribute("interval") : ""))
                .containsExactly(expected.split(",\\s+"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # once: maxinstances 1; then children with their start/stop levels, or forbidden
        service | once, lvm 1/9, fs 2/8, clusterfs 3/7, netfs 4/6, nfsexport 5/5, nfsclient 6/4, ip 7/2, smb 8/3, \
                  script 9/1
        ip      | once, nfsclient forbidden, nfsexport forbidden
        script  | often
        fs      | once, fs 1/3, clusterfs 1/3, nfsexport 3/1
        """)
    void itsChildrenAreTheKnownOnes(String type, String expected) throws Exception {
        var found = new ArrayList<String>();
        var root = metaData(type);
        var attributes = elements(root, "attributes");
        found.add(attributes.isEmpty() ? "often" : "once");
        assertThat(attributes).allMatch(element -> element.getAttribute("maxinstances").equals("1"));
        for (var child : elements(root, "child")) {
            found.add(child.getAttribute("type") + " " + (child.getAttribute("forbid").equals("1") ? "forbidden"
                    : child.getAttribute("start") + "/" + child.getAttribute("stop")));
        }
        assertThat(found).containsExactly(expected.split(",\\s+"));
    }

    @Test
    void everythingIsExplained() throws Exception {
        for (var type : List.of("service", "ip", "script", "fs")) {
            for (var parameter : elements(metaData(type), "parameter")) {
                assertThat(elements(parameter, "longdesc").getFirst().getTextContent()).isNotBlank();
                assertThat(elements(parameter, "shortdesc").getFirst().getTextContent()).isNotBlank();
            }
        }
    }

    private static Element metaData(String type) throws Exception {
        var outcome = Program.run(List.of(Program.agent(type), "meta-data"), Map.of());
        assertThat(outcome.status()).isZero();
        var root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(outcome.output().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("resource-agent");
        assertThat(root.getAttribute("name")).isEqualTo(type);
        return root;
    }

    private static List<Element> elements(Element root, String name) {
        var found = new ArrayList<Element>();
        var nodes = root.getElementsByTagName(name);
        for (int at = 0; at < nodes.getLength(); at++) {
            found.add((Element) nodes.item(at));
        }
        return found;
    }
}
