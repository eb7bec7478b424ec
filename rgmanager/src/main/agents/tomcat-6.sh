#!/bin/sh
# tomcat-6: a Tomcat of any version; the name is that of old configurations.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/server-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="tomcat-6">
  <version>1.0</version>
  <longdesc lang="en">Runs a Tomcat server, of version 6 or any later one. Its connectors listen on the addresses of
    its service, if there are any.</longdesc>
  <shortdesc lang="en">A Tomcat server.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for this server; what is kept of it lies in a folder of this name.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="config_file">
      <longdesc lang="en">A file of shell variables: CATALINA_BASE, CATALINA_HOME, JAVA_HOME, TOMCAT_USER and so
        on.</longdesc>
      <shortdesc lang="en">Configuration file</shortdesc>
      <content type="string" default="/etc/tomcat6/tomcat6.conf"/>
    </parameter>
    <parameter name="shutdown_wait">
      <longdesc lang="en">How long a clean end is waited for; then the server is killed.</longdesc>
      <shortdesc lang="en">Wait when stopping (seconds)</shortdesc>
      <content type="integer" default="30"/>
    </parameter>
XML
    service_name_parameter
    cat <<'XML'
  </parameters>
  <actions>
    <action name="start" timeout="0"/>
    <action name="stop" timeout="0"/>
XML
    server_checks
    cat <<'XML'
    <action name="meta-data" timeout="0"/>
    <action name="validate-all" timeout="0"/>
  </actions>
</resource-agent>
XML
}

kind=tomcat-6

validate() {
    config=${OCF_RESKEY_config_file:-/etc/tomcat6/tomcat6.conf}
}

# equipment: also sets home, base and owner, from the variables of the configuration file.
equipment() {
    if [ ! -r "$config" ]; then
        ocf_log err "config_file=\"$config\" cannot be read"
        return "$OCF_ERR_CONFIGURED"
    fi
    set -a
    . "$config"
    set +a
    base=${CATALINA_BASE:-${CATALINA_HOME:-}}
    home=${CATALINA_HOME:-$base}
    owner=${TOMCAT_USER:-$(first_user tomcat "${base##*/}")}
    find_program "$home/bin/catalina.sh" || return "$OCF_ERR_INSTALLED"
    if [ ! -r "$base/conf/server.xml" ]; then
        ocf_log err "$config: CATALINA_BASE=\"$base\" has no conf/server.xml"
        return "$OCF_ERR_CONFIGURED"
    fi
}

# configure: server.xml with each connector once for every address of the service.
configure() {
    addresses=$(joined ' ' $(service_addresses)) awk '
        { text = text $0 "\n" }
        END {
            count = split(ENVIRON["addresses"], address)
            while (count > 0 && match(text, /<Connector[ \t\n]/)) {
                printf "%s", substr(text, 1, RSTART - 1)
                text = substr(text, RSTART)
                end = index(text, ">")
                if (substr(text, end - 1, 1) != "/") {
                    end = index(text, "</Connector>") + length("</Connector>") - 1
                }
                element = substr(text, length("<Connector") + 1, end - length("<Connector"))
                text = substr(text, end + 1)
                sub(/[ \t\n]address="[^"]*"/, "", element)
                for (i = 1; i <= count; i++) {
                    printf "%s", "<Connector address=\"" address[i] "\"" element
                }
            }
            printf "%s", text
        }' "$base/conf/server.xml" > "$folder/server.xml"
}

start() {
    already_running && return "$OCF_SUCCESS"
    equipment || return
    make_folder || return "$OCF_ERR_GENERIC"
    if ! configure; then
        ocf_log err "cannot write $folder/server.xml"
        return "$OCF_ERR_GENERIC"
    fi
    export CATALINA_HOME="$home" CATALINA_BASE="$base"
    unset CATALINA_PID
    launch "$owner" "$program" run -config "$folder/server.xml"
    await_ready 120 || return "$OCF_ERR_GENERIC"
}

# It says so once its connectors listen.
ready() {
    grep -q 'Server startup in' "$output"
}

stop() {
    end_process "$(seconds "${OCF_RESKEY_shutdown_wait:-}" 30)" TERM || return "$OCF_ERR_GENERIC"
}

status() {
    if ! find_process; then
        ocf_log err "does not run"
        return "$OCF_NOT_RUNNING"
    fi
    if [ "${OCF_CHECK_LEVEL:-0}" -ge 10 ] && ! listens; then
        ocf_log err "process $pid runs but has no connector that listens"
        return "$OCF_ERR_GENERIC"
    fi
}

dispatch "$@"
