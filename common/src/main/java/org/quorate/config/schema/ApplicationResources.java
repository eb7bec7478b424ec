package org.quorate.config.schema;

import java.util.List;

/** Servers of files, pages, names and data: the resource types that run an application. */
final class ApplicationResources {
    private ApplicationResources() {}

    static List<ResourceType> all() {
        return List.of(smb(), samba(), apache(), named(), mysql(), postgres8(), openLdap(), tomcat5(), tomcat6(),
                sapInstance(), sapDatabase(), sybase(), db2(), oracleDb(), oraInstance(), oraListener(), oraDg());
    }

    private static ResourceType smb() {
        return ResourceType.of("smb", """
                name | text | - | primary unique | key
                workgroup | text | LINUXCLUSTER | - | workgroup
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType samba() {
        return ResourceType.of("samba", """
                name | text | - | primary unique | key
                config_file | text | /etc/samba/smb.conf | - | main configuration file
                smbd_options | text | - | - | options of smbd
                nmbd_options | text | - | - | options of nmbd
                shutdown_wait | int | - | - | seconds to wait for a clean end on stop
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType apache() {
        return ResourceType.of("apache", """
                name | text | - | primary | key
                httpd | text | - | newer | path of the server program
                server_root | text | /etc/httpd | - | ServerRoot
                config_file | text | conf/httpd.conf | - | main configuration file
                httpd_options | text | - | - | options of httpd
                shutdown_wait | int | - | - | seconds to wait for a clean end on stop
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType named() {
        return ResourceType.of("named", """
                name | text | - | primary | key
                config_file | text | /etc/named.conf | - | main configuration file
                named_sdb | truth | 0 | - | use the program with database back ends
                named_working_dir | text | /var/named | - | working directory
                named_options | text | - | - | options of named
                update_source | text | - | newer | use the cluster address as source
                shutdown_wait | int | 5 | - | seconds to wait for a clean end on stop
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType mysql() {
        return ResourceType.of("mysql", """
                name | text | - | primary | key
                config_file | text | /etc/my.cnf | - | main configuration file
                listen_address | text | - | - | address to bind; default: first ip of the service
                mysqld_options | text | - | - | options of mysqld
                startup_wait | int | 30 | - | seconds to wait for readiness on start
                shutdown_wait | int | - | - | seconds to wait for a clean end on stop
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType postgres8() {
        return ResourceType.of("postgres-8", """
                name | text | - | primary | key
                config_file | text | /var/lib/pgsql/data/postgresql.conf | - | main configuration file
                postmaster_user | text | postgres | - | user to run as
                postmaster_options | text | -D /var/lib/pgsql/data | - | options of the server
                startup_wait | int | 10 | newer | seconds to wait for readiness on start
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                shutdown_wait | int | - | - | seconds to wait for a clean end on stop
                """);
    }

    private static ResourceType openLdap() {
        return ResourceType.of("openldap", """
                name | text | - | primary | key
                config_file | text | /etc/openldap/slapd.conf | - | main configuration file
                url_list | text | ldap:/// | - | listen URLs
                slapd_options | text | - | - | options of slapd
                shutdown_wait | int | - | - | seconds to wait for a clean end on stop
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType tomcat5() {
        return ResourceType.of("tomcat-5", """
                name | text | - | primary | key
                config_file | text | /etc/tomcat5/tomcat5.conf | - | main configuration file
                tomcat_user | text | tomcat | - | user to run as
                catalina_options | text | - | - | options of Catalina
                catalina_base | text | /usr/share/tomcat5 | - | base directory, one for each service
                shutdown_wait | int | 30 | - | seconds to wait for a clean end on stop
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType tomcat6() {
        return ResourceType.of("tomcat-6", """
                name | text | - | primary | key
                config_file | text | /etc/tomcat6/tomcat6.conf | - | main configuration file
                shutdown_wait | int | 30 | - | seconds to wait for a clean end on stop
                service_name | text | - | from:service/@name | filled with the name of the enclosing service
                """);
    }

    private static ResourceType sapInstance() {
        return ResourceType.of("SAPInstance", """
                InstanceName | text | - | primary required unique | key; SID_INSTANCE_virtual host
                DIR_EXECUTABLE | text | - | - | directory of the SAP programs
                DIR_PROFILE | text | - | - | directory of the start profile
                START_PROFILE | text | - | - | start profile
                START_WAITTIME | text | 3600 | - | seconds until the start is judged
                AUTOMATIC_RECOVER | truth | false | - | try a repair when a start fails
                PRE_START_USEREXIT | text | - | - | script before start
                POST_START_USEREXIT | text | - | - | script after start
                PRE_STOP_USEREXIT | text | - | - | script before stop
                POST_STOP_USEREXIT | text | - | - | script after stop
                """);
    }

    private static ResourceType sapDatabase() {
        return ResourceType.of("SAPDatabase", """
                SID | text | - | primary required unique | key
                DIR_EXECUTABLE | text | - | - | directory of the SAP programs
                DBTYPE | word ORA ADA DB6 SYB HDB | - | required | kind of data base
                NETSERVICENAME | text | - | - | Oracle listener
                DBJ2EE_ONLY | truth | false | - | Java stack only
                JAVA_HOME | text | - | - | JDK
                STRICT_MONITORING | truth | false | - | check inside the database too
                AUTOMATIC_RECOVER | truth | false | - | try a repair when a start fails
                DIR_BOOTSTRAP | text | - | - | J2EE bootstrap directory
                DIR_SECSTORE | text | - | - | J2EE secure store
                DB_JARS | text | - | - | JDBC driver
                PRE_START_USEREXIT | text | - | - | script before start
                POST_START_USEREXIT | text | - | - | script after start
                PRE_STOP_USEREXIT | text | - | - | script before stop
                POST_STOP_USEREXIT | text | - | - | script after stop
                """);
    }

    private static ResourceType sybase() {
        return ResourceType.of("ASEHAagent", """
                name | text | - | primary unique | key
                sybase_home | text | - | required | home directory
                sybase_ase | text | ASE-15_0 | required | ASE directory name
                sybase_ocs | text | OCS-15_0 | required | OCS directory name
                server_name | text | - | required | ASE server
                login_file | text | - | required | file with the login
                interfaces_file | text | - | required | interfaces file
                sybase_user | text | sybase | required | user to run as
                shutdown_timeout | int | 0 | required | seconds
                start_timeout | int | 0 | required | seconds
                deep_probe_timeout | int | 0 | required | seconds
                """);
    }

    private static ResourceType db2() {
        return ResourceType.of("db2.sh", """
                instance | text | - | required unique | key; instance
                dblist | text | - | - | databases
                dbpartitionnum | text | 0 | - | partition number
                """);
    }

    private static ResourceType oracleDb() {
        return ResourceType.of("oracledb", """
                name | text | - | primary | key; SID
                listener_name | text | - | unique | listener
                user | text | - | required | operating system user
                home | text | - | required | Oracle home directory
                type | word base base-11g base-em 10g base-em-11g ias 10g-ias | - | - | which Oracle product
                vhost | text | - | unique | virtual host name
                tns_admin | text | - | unique newer | directory with tnsnames.ora
                """).usedOnce();
    }

    private static ResourceType oraInstance() {
        return ResourceType.of("orainstance", """
                name | text | - | primary | key; SID
                user | text | - | required | operating system user
                home | text | - | required | Oracle home directory
                listeners | text | - | - | listener names, blank-separated
                lockfile | text | - | - | lock file path
                tns_admin | text | - | unique | directory with tnsnames.ora
                """);
    }

    private static ResourceType oraListener() {
        return ResourceType.of("oralistener", """
                name | text | - | primary | key; listener
                user | text | - | required | operating system user
                home | text | - | required | Oracle home directory
                tns_admin | text | - | unique | directory with tnsnames.ora
                """);
    }

    private static ResourceType oraDg() {
        return ResourceType.of("oradg", """
                name | text | - | primary | key; SID
                user | text | - | required | operating system user
                home | text | - | required | Oracle home directory
                listeners | text | - | - | listener names, blank-separated
                vhost | text | - | - | virtual host for the console
                lockfile | text | - | - | lock file path
                tns_admin | text | - | unique | directory with tnsnames.ora
                """);
    }
}
