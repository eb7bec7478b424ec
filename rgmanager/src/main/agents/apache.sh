#!/bin/sh
# apache: a web server with a configuration of its own, listening on the addresses of its service.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/server-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="apache">
  <version>1.0</version>
  <longdesc lang="en">Runs an Apache web server. It listens on the addresses of its service only, at the ports that
    its configuration names; a service without addresses leaves the configuration as it is.</longdesc>
  <shortdesc lang="en">An Apache web server.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for this server; what is kept of it lies in a folder of this name.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="httpd">
      <longdesc lang="en">Path of the program; without it httpd or apache2 is looked for.</longdesc>
      <shortdesc lang="en">Server program</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="server_root">
      <longdesc lang="en">The folder that paths in the configuration are relative to.</longdesc>
      <shortdesc lang="en">ServerRoot</shortdesc>
      <content type="string" default="/etc/httpd"/>
    </parameter>
    <parameter name="config_file">
      <longdesc lang="en">The main configuration file, absolute or relative to the ServerRoot.</longdesc>
      <shortdesc lang="en">Configuration file</shortdesc>
      <content type="string" default="conf/httpd.conf"/>
    </parameter>
    <parameter name="httpd_options">
      <longdesc lang="en">Further options of the program.</longdesc>
      <shortdesc lang="en">Options</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="shutdown_wait">
      <longdesc lang="en">How long a clean end is waited for; then the server is killed.</longdesc>
      <shortdesc lang="en">Wait when stopping (seconds)</shortdesc>
      <content type="integer"/>
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
    <action name="meta-data" timeout="1"/>
    <action name="validate-all" timeout="1"/>
  </actions>
</resource-agent>
XML
}

kind=apache

validate() {
    root=${OCF_RESKEY_server_root:-/etc/httpd}
    config=${OCF_RESKEY_config_file:-conf/httpd.conf}
    case $config in /*) ;; *) config=$root/$config ;; esac
}

# What is needed to run it, and is not needed to stop it.
equipment() {
    find_program ${OCF_RESKEY_httpd:-httpd apache2} || return "$OCF_ERR_INSTALLED"
    if [ ! -d "$root" ] || [ ! -r "$config" ]; then
        ocf_log err "server_root=\"$root\" config_file=\"$config\": one of them is not there"
        return "$OCF_ERR_CONFIGURED"
    fi
    # Debian keeps variables there that its configuration relies on.
    if [ -r "$root/envvars" ]; then
        export APACHE_CONFDIR="$root"
        . "$root/envvars"
        mkdir -p ${APACHE_RUN_DIR:+"$APACHE_RUN_DIR"} ${APACHE_LOCK_DIR:+"$APACHE_LOCK_DIR"} "$folder"
    fi
}

# configure: the configuration with each Listen for our addresses. Included files are written into it where they have a
# Listen themselves.
configure() {
    addresses=$(joined ' ' $(for address in $(service_addresses); do in_brackets "$address"; echo; done))
    addresses=$addresses root=$root awk '
        function listens(file,    found, line) {
            while ((getline line < file) > 0) {
                found = found || line ~ /^[ \t]*[Ll][Ii][Ss][Tt][Ee][Nn][ \t]/
            }
            close(file)
            return found
        }
        function show(file, depth,    line, word, path) {
            while ((getline line < file) > 0) {
                split(line, word)
                path = word[2]
                gsub(/"/, "", path)
                path = path ~ /^\// ? path : ENVIRON["root"] "/" path
                if (tolower(word[1]) == "listen") {
                    listen(word[2], word[3])
                } else if (tolower(word[1]) ~ /^include(optional)?$/ && path !~ /[*?\[]/ && depth < 5 &&
                        listens(path)) {
                    show(path, depth + 1)
                } else if (tolower(word[1]) != "pidfile") {
                    print line
                }
            }
            close(file)
        }
        function listen(what, protocol,    count, address, i) {
            count = split(ENVIRON["addresses"], address)
            if (count == 0) {
                print "Listen " what " " protocol
            }
            sub(/.*:/, "", what)
            for (i = 1; i <= count; i++) {
                if (!((address[i], what) in done)) {
                    print "Listen " address[i] ":" what " " protocol
                }
                done[address[i], what] = 1
            }
        }
        BEGIN { show(ARGV[1], 0) }' "$config" > "$folder/httpd.conf" &&
        echo "PidFile \"$folder/httpd.pid\"" >> "$folder/httpd.conf"
}

start() {
    already_running && return "$OCF_SUCCESS"
    equipment || return
    make_folder || return "$OCF_ERR_GENERIC"
    if ! configure; then
        ocf_log err "cannot write $folder/httpd.conf"
        return "$OCF_ERR_GENERIC"
    fi
    if ! complaint=$("$program" -d "$root" -f "$folder/httpd.conf" ${OCF_RESKEY_httpd_options:-} -t 2>&1); then
        ocf_log err "the configuration is wrong: $complaint"
        return "$OCF_ERR_CONFIGURED"
    fi
    rm -f "$folder/httpd.pid"
    launch '' "$program" -d "$root" -f "$folder/httpd.conf" ${OCF_RESKEY_httpd_options:-} -D FOREGROUND
    await_ready 20 || return "$OCF_ERR_GENERIC"
}

# It has bound its addresses before it writes its pid file.
ready() {
    [ -s "$folder/httpd.pid" ] && listens
}

stop() {
    end_process "$(seconds "${OCF_RESKEY_shutdown_wait:-}" 20)" TERM || return "$OCF_ERR_GENERIC"
}

status() {
    check_process
}

dispatch "$@"
