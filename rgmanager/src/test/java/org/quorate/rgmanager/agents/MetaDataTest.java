package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        clusterfs  | name P, mountpoint UR, device UR, fstype, force_unmount, self_fence, fsid, \
                     nfslock <service%nfslock, nfsrestart, options, use_findmnt
        netfs      | name P, mountpoint UR, host R, export R, fstype =nfs, no_unmount, force_unmount, self_fence, \
                     options, use_findmnt
        nfsexport  | name P, device <device, path <mountpoint, fsid <fsid
        nfsclient  | name PU, target R, path <path, svcname <service%name, fsid <fsid, options, allow_recover, \
                     service_name <service%name, use_cache <service%nfs_client_cache
        nfsserver  | name P, path <mountpoint, nfspath =.clumanager/nfs, statdport =, krbhost
        lvm        | name P, vg_name R, lv_name, self_fence, nfslock <service%nfslock
        vm         | name P, domain C, autostart C =1, hardrecovery C =0, exclusive C =0, recovery C, \
                     migration_mapping C, use_virsh =, xmlfile, migrate =live, migrate_options, tunnelled =, path, \
                     snapshot =, depend, depend_mode =hard, max_restarts C =0, restart_expire_time C =0, \
                     status_program C =, hypervisor =auto, hypervisor_uri =auto, migration_uri =auto, no_kill =false
        apache     | name P, httpd, server_root =/etc/httpd, config_file =conf/httpd.conf, httpd_options, \
                     shutdown_wait, service_name <service%name
        mysql      | name P, config_file =/etc/my.cnf, listen_address, mysqld_options, startup_wait =30, \
                     shutdown_wait, service_name <service%name
        postgres-8 | name P, config_file =/var/lib/pgsql/data/postgresql.conf, postmaster_user =postgres, \
                     postmaster_options =-D /var/lib/pgsql/data, startup_wait =10, service_name <service%name, \
                     shutdown_wait
        tomcat-6   | name P, config_file =/etc/tomcat6/tomcat6.conf, shutdown_wait =30, service_name <service%name
        named      | name P, config_file =/etc/named.conf, named_sdb =0, named_working_dir =/var/named, \
                     named_options, update_source, shutdown_wait =5, service_name <service%name
        openldap   | name P, config_file =/etc/openldap/slapd.conf, url_list =ldap:///, slapd_options, \
                     shutdown_wait, service_name <service%name
        systemd    | name PU, unit UR
        samba      | name PU, config_file =/etc/samba/smb.conf, smbd_options, nmbd_options, shutdown_wait, \
                     service_name <service%name
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
        clusterfs  | start 900, stop 30, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, status/20 30 every 10m, monitor/20 30 every 10m, meta-data 5, \
                     validate-all 5
        netfs      | start 900, stop 30, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, status/20 30 every 10m, monitor/20 30 every 10m, meta-data 5, \
                     validate-all 5
        nfsexport  | start 5, stop 5, recover 5, status 5 every 1h, monitor 5 every 1h, meta-data 5, validate-all 30
        nfsclient  | start 90, stop 5, recover 90, status 5 every 1m, monitor 5 every 1m, meta-data 5, \
                     validate-all 30
        nfsserver  | start 5, stop 5, recover 5, status 5 every 30, monitor 5 every 30, meta-data 5, validate-all 30
        lvm        | start 5, stop 5, status 5 every 1h, monitor 5 every 1h, meta-data 5, validate-all 30
        vm         | start 300, stop 120, status 10 every 30, monitor 10 every 30, status/10 20 every 60, \
                     monitor/10 20 every 60, reconfig 10, migrate 10m, meta-data 5, validate-all 5
        apache     | start 0, stop 0, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, meta-data 1, validate-all 1
        mysql      | start 0, stop 0, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, meta-data 0, validate-all 0
        postgres-8 | start 30, stop 30, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, meta-data 0, validate-all 0
        tomcat-6   | start 0, stop 0, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, meta-data 0, validate-all 0
        named      | start 0, stop 0, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, meta-data 0, validate-all 0
        openldap   | start 0, stop 0, status 10 every 1m, monitor 10 every 1m, status/10 30 every 5m, \
                     monitor/10 30 every 5m, meta-data 0, validate-all 0
        systemd    | start 120, stop 120, status 10 every 10s, monitor 10 every 10s, meta-data 5, validate-all 10
        samba      | start 0, stop 0, status 0 every 30s, monitor 0 every 30s, meta-data 0, validate-all 0
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
        clusterfs  | often, fs 1/3, clusterfs 1/3, nfsexport 3/1
        netfs      | often, nfsexport forbidden, nfsclient forbidden
        nfsexport  | often, nfsexport forbidden, nfsclient /
        nfsclient  | often
        nfsserver  | once, nfsexport forbidden, nfsserver forbidden, nfsclient 1/2, ip 2/1
        lvm        | once
        vm         | once
        apache     | often
        mysql      | often
        postgres-8 | often
        tomcat-6   | often
        named      | often
        openldap   | often
        systemd    | often
        samba      | often
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
        for (var agent : agents()) {
            for (var parameter : elements(metaData(agent), "parameter")) {
                assertThat(elements(parameter, "longdesc").getFirst().getTextContent()).isNotBlank();
                assertThat(elements(parameter, "shortdesc").getFirst().getTextContent()).isNotBlank();
            }
        }
    }

    private static List<String> agents() throws IOException {
        try (var files = Files.list(Program.AGENTS)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sh")).sorted()
                    .map(name -> name.substring(0, name.length() - ".sh".length())).toList();
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
