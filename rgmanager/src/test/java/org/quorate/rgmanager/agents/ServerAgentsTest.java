package org.quorate.rgmanager.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agents of servers with the servers themselves, as Debian packages them; one that is not installed is skipped. */
class ServerAgentsTest {
    @TempDir
    private Path folder;
    private Installed node;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Namespace.isRoot(), "servers are started by root");
        node = new Installed(folder);
        node.needs("ss", "setpriv", "setsid");
    }

    @AfterEach
    void remove() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void apacheListensWhereItsServiceIs() throws IOException {
        node.needs("apache2");
        node.lives("apache", Map.of("server_root", "/etc/apache2", "config_file", "apache2.conf"), "80");
    }

    @Test
    void aConfigurationOfApacheThatIsWrongIsNotStarted() throws IOException {
        node.needs("apache2");
        Files.writeString(folder.resolve("httpd.conf"),
                "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nListen 80\nNonsense\n");
        var outcome = node.agent("apache", "start",
                Map.of("server_root", folder.toString(), "config_file", "httpd.conf"));
        assertThat(outcome.status()).isEqualTo(6);
        assertThat(outcome.output()).contains("Nonsense");
    }

    @Test
    void mysqlListensAtTheFirstAddressOnly() throws IOException {
        node.needs("mysqld", "mysql_install_db", "mysqladmin");
        node.sh("mkdir -m 755 " + folder + "/db; chown mysql " + folder + "/db; "
                + "mysql_install_db --user=mysql --auth-root-authentication-method=normal --datadir=" + folder
                + "/db > /dev/null 2>&1");
        Files.writeString(folder.resolve("my.cnf"), """
                [mysqld]
                datadir=FOLDER/db
                socket=FOLDER/db/socket
                innodb_buffer_pool_size=8M
                [client]
                socket=FOLDER/db/socket
                """.replace("FOLDER", folder.toString()));
        var attributes = Map.of("config_file", folder + "/my.cnf");
        try {
            assertThat(node.agent("mysql", "start", attributes).status()).isZero();
            assertThat(node.sh("ss -Htln")).contains("10.9.9.1:3306").doesNotContain("[fd09::1]:3306");
            assertThat(node.agent("mysql", "status", attributes, "OCF_CHECK_LEVEL", "10").status()).isZero();
        } finally {
            assertThat(node.agent("mysql", "stop", attributes).status()).isZero();
        }
        assertThat(node.agent("mysql", "status", attributes).status()).isEqualTo(7);
    }

    @Test
    void postgresStartsAlsoOnDataThatADeadNodeLeft() throws IOException {
        var data = folder + "/data";
        var programs = Path.of("/usr/lib/postgresql");
        assumeTrue(Files.isDirectory(programs), "needs postgresql");
        node.sh("initdb=$(ls " + programs + "/*/bin/initdb | tail -n 1); mkdir -m 700 " + data
                + "; chown postgres " + data + "; setpriv --reuid postgres --regid "
                + "postgres --clear-groups $initdb -D " + data + " -A trust > /dev/null; "
                // A socket has a lock of its own, which a zombie of a killed server holds where nobody buries it.
                + "echo \"unix_socket_directories = ''\" >> " + data + "/postgresql.conf");
        var attributes = Map.of("config_file", data + "/postgresql.conf", "postmaster_options",
                "-D " + data);
        node.lives("postgres-8", attributes, "5432");
        // On another node the number may be that of any process of that user.
        node.sh("setpriv --reuid postgres --regid postgres --clear-groups sleep 20 < /dev/null > /dev/null 2>&1 & "
                + "printf '%s\\n' $! " + data + " 0 5432 > " + data + "/postmaster.pid; echo $! > " + folder
                + "/other");
        assertThat(node.agent("postgres-8", "start", attributes).status()).isZero();
        assertThat(node.agent("postgres-8", "stop", attributes).status()).isZero();
        node.sh("kill $(cat " + folder + "/other)");
    }

    @Test
    void namedAnswersWhereItsServiceIs() throws IOException {
        node.needs("named");
        node.sh("mkdir " + folder + "/work; chown bind " + folder + "/work");
        Files.writeString(folder.resolve("named.conf"), """
                /* options { none }; */
                include "FOLDER/named.options"; // as Debian does it
                zone "example" { type master; file "FOLDER/example"; };
                """.replace("FOLDER", folder.toString()));
        Files.writeString(folder.resolve("named.options"), """
                options {
                    directory "/nowhere"; # replaced
                    listen-on port 53 { any; { none; }; }; listen-on-v6 { any; };
                    recursion no;
                };
                """);
        Files.writeString(folder.resolve("example"),
                "$TTL 60\n@ SOA ns admin 1 60 60 60 60\n@ NS ns\nns A 10.9.9.1\n");
        node.lives("named", Map.of("config_file", folder + "/named.conf", "named_working_dir", folder + "/work",
                "update_source", "1"), "53");
        assertThat(folder.resolve("run/cluster/agents/named:test/named.conf")).content()
                .contains("recursion no;", "notify-source 10.9.9.1;", "zone \"example\"")
                .doesNotContain("/nowhere", "any;", "include");
    }

    @Test
    void slapdListensAtEachAddressForAUrlWithoutHost() throws IOException {
        node.needs("slapd");
        node.sh("mkdir " + folder + "/db; chown openldap " + folder + "/db");
        Files.writeString(folder.resolve("slapd.conf"), """
                include /etc/ldap/schema/core.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                database mdb
                suffix "dc=example"
                directory FOLDER/db
                """.replace("FOLDER", folder.toString()));
        node.lives("openldap", Map.of("config_file", folder + "/slapd.conf", "url_list",
                "ldap:/// ldap://127.0.0.1:3890/"), "389");
    }

    @Test
    void sambaRunsBothItsServers() throws IOException {
        node.needs("smbd", "nmbd");
        node.sh("cd " + folder + "; mkdir lock state cache private");
        Files.writeString(folder.resolve("smb.conf"), """
                [global]
                workgroup = TEST
                lock directory = FOLDER/lock
                state directory = FOLDER/state
                cache directory = FOLDER/cache
                private dir = FOLDER/private
                ncalrpc dir = FOLDER/rpc
                """.replace("FOLDER", folder.toString()));
        node.lives("samba", Map.of("config_file", folder + "/smb.conf"), "445");
    }

    @Test
    void tomcatGetsAConnectorForEachAddress() throws IOException {
        var home = Path.of("/usr/share/tomcat10");
        assumeTrue(Files.isDirectory(home), "needs tomcat10");
        node.needs("java");
        node.sh("cd " + folder + "; mkdir -p base/logs base/work base/temp base/webapps; chmod 755 base; "
                + "cp -r /etc/tomcat10 base/conf; chown -R tomcat base");
        Files.writeString(folder.resolve("tomcat.conf"), "CATALINA_HOME=" + home + "\nCATALINA_BASE=" + folder
                + "/base\nTOMCAT_USER=tomcat\nJAVA_OPTS=-Xmx64m\n");
        var attributes = Map.of("config_file", folder + "/tomcat.conf");
        try {
            var started = node.agent("tomcat-6", "start", attributes);
            assertThat(started.status()).as(started.output()).isZero();
            assertThat(node.sh("ss -Htln")).contains("[::ffff:10.9.9.1]:8080", "[fd09::1]:8080");
            assertThat(node.agent("tomcat-6", "status", attributes, "OCF_CHECK_LEVEL", "10").status()).isZero();
        } finally {
            assertThat(node.agent("tomcat-6", "stop", attributes).status()).isZero();
        }
        assertThat(node.agent("tomcat-6", "status", attributes).status()).isEqualTo(7);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        web   | 10.9.9.1 fd09::1
        other | 10.9.9.2
        last  | 10.9.9.3
        empty | ''
        none  | ''
        """)
    void theAddressesAreThoseOfTheServiceAlone(String service, String addresses) {
        assertThat(shell("service_addresses", service).split("\\s+")).containsExactly(addresses.split(" "));
    }

    @Test
    void aServerThatDoesNotListenToRequestsIsKilledWithAllItsProcesses() throws IOException {
        node.program("deaf", "trap '' TERM\nsleep 60 &\nwhile :; do sleep 1; done\n");
        shell("make_folder && launch '' deaf", "web");
        var pid = node.processOf("stand-in");
        var outcome = shell("sleep 0.2; end_process 1 TERM && echo ended", "web");
        assertThat(outcome).contains("is still there 1 s after SIGTERM", "ended");
        assertThat(node.sh("ps -eo pgid,stat | awk '$1 == " + pid + " && $2 !~ /^Z/'")).isEmpty();
    }

    @Test
    void aServerWhosePidFileCannotBeWrittenIsNotStartedAtAll() throws IOException {
        node.program("eager", "echo started > " + folder + "/started\n");
        Files.createDirectories(folder.resolve("run/cluster/agents/stand-in:test/pid"));
        assertThat(shell("make_folder; launch '' eager || echo refused", "web")).contains("cannot write", "refused");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void whatADeadServerLeftIsEndedBeforeTheNextBegins() throws IOException {
        node.program("parent", "sleep 60 &\nexec sleep 61\n");
        shell("make_folder && launch '' parent", "web");
        var first = node.processOf("stand-in");
        node.sh("sleep 0.2; kill -KILL " + first);
        shell("launch '' parent", "web");
        assertThat(node.sh("ps -eo pgid,stat | awk '$1 == " + first + " && $2 !~ /^Z/'")).isEmpty();
        assertThat(node.processOf("stand-in")).isNotEqualTo(first);
        assertThat(shell("find_process && echo runs; end_process 2 TERM && echo ended", "web"))
                .contains("runs", "ended");
    }

    @Test
    void aProcessThatGotTheNumberLaterIsNotTakenForTheServer() throws IOException {
        shell("make_folder", "web");
        var other = new ProcessBuilder("sleep", "20").start();
        try {
            Files.writeString(folder.resolve("run/cluster/agents/stand-in:test/pid"), other.pid() + " 1\n");
            assertThat(shell("find_process || echo gone; end_process 1 TERM && echo ended", "web"))
                    .isEqualTo("gone\nended\n");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apache", "mysql", "named", "openldap", "samba", "postgres-8", "tomcat-6"})
    void withoutAConfigurationNothingStartsButEverythingIsStopped(String type) {
        var attributes = Map.of("config_file", folder + "/none", "server_root", "/usr", "httpd", "/bin/true");
        assertThat(node.agent(type, "start", attributes).status()).isIn(5, 6);
        assertThat(node.agent(type, "stop", attributes).status()).isZero();
        assertThat(node.agent(type, "status", attributes).status()).isEqualTo(7);
        assertThat(node.agent(type, "start", Map.of("name", "../x")).status()).isEqualTo(2);
    }

    /** Runs functions that the agents share. */
    private String shell(String line, String service) {
        return Program.run(List.of("sh", "-c", ". " + Program.AGENTS + "/ocf-shellfuncs; . " + Program.AGENTS
                + "/server-shellfuncs; kind=stand-in; instance_folder; " + line),
                Map.of("QUORATE_ROOT", folder.toString(), "OCF_RESKEY_service_name", service,
                        "OCF_RESKEY_name", "test")).output();
    }
}
