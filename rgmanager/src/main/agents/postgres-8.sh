#!/bin/sh
# postgres-8: a PostgreSQL server of any version; the name is that of old configurations.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/server-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="postgres-8">
  <version>1.0</version>
  <longdesc lang="en">Runs a PostgreSQL server, of version 8 or any later one. It listens on the addresses of its
    service, if there are any.</longdesc>
  <shortdesc lang="en">A PostgreSQL server.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for this server; what is kept of it lies in a folder of this name.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="config_file">
      <longdesc lang="en">The main configuration file.</longdesc>
      <shortdesc lang="en">Configuration file</shortdesc>
      <content type="string" default="/var/lib/pgsql/data/postgresql.conf"/>
    </parameter>
    <parameter name="postmaster_user">
      <longdesc lang="en">The user that the server runs as.</longdesc>
      <shortdesc lang="en">User</shortdesc>
      <content type="string" default="postgres"/>
    </parameter>
    <parameter name="postmaster_options">
      <longdesc lang="en">Options of the server; -D FOLDER must be among them.</longdesc>
      <shortdesc lang="en">Options</shortdesc>
      <content type="string" default="-D /var/lib/pgsql/data"/>
    </parameter>
    <parameter name="startup_wait">
      <longdesc lang="en">How long it may take until it takes connections.</longdesc>
      <shortdesc lang="en">Wait when starting (seconds)</shortdesc>
      <content type="number" default="10"/>
    </parameter>
XML
    service_name_parameter
    cat <<'XML'
    <parameter name="shutdown_wait">
      <longdesc lang="en">How long a clean end is waited for; then the server is killed.</longdesc>
      <shortdesc lang="en">Wait when stopping (seconds)</shortdesc>
      <content type="integer"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="30"/>
    <action name="stop" timeout="30"/>
XML
    server_checks
    cat <<'XML'
    <action name="meta-data" timeout="0"/>
    <action name="validate-all" timeout="0"/>
  </actions>
</resource-agent>
XML
}

kind=postgres-8

validate() {
    config=${OCF_RESKEY_config_file:-/var/lib/pgsql/data/postgresql.conf}
    owner=${OCF_RESKEY_postmaster_user:-postgres}
    find_data_folder ${OCF_RESKEY_postmaster_options:--D /var/lib/pgsql/data}
    if [ -z "$data" ]; then
        ocf_log err "postmaster_options=\"${OCF_RESKEY_postmaster_options:-}\" have no -D FOLDER"
        return "$OCF_ERR_ARGS"
    fi
}

# find_data_folder OPTION...: sets data to what follows -D.
find_data_folder() {
    data=''
    while [ $# -gt 0 ]; do
        case $1 in
            -D) data=${2:-} ;;
            -D*) data=${1#-D} ;;
        esac
        shift
    done
}

# Debian keeps each version in a place of its own; the data say which one they are of.
equipment() {
    read -r version 2> /dev/null < "$data/PG_VERSION" || version=''
    find_program "/usr/lib/postgresql/$version/bin/postgres" "/usr/pgsql-$version/bin/postgres" postgres postmaster ||
        return "$OCF_ERR_INSTALLED"
    if [ ! -r "$config" ]; then
        ocf_log err "config_file=\"$config\" cannot be read"
        return "$OCF_ERR_CONFIGURED"
    fi
    if ! id -u "$owner" > /dev/null 2>&1; then
        ocf_log err "postmaster_user=\"$owner\": there is no such user"
        return "$OCF_ERR_CONFIGURED"
    fi
}

start() {
    already_running && return "$OCF_SUCCESS"
    equipment || return
    make_folder || return "$OCF_ERR_GENERIC"
    # Its own lock names a process of the node that it ran on before; here that number may be anybody's.
    if [ -z "$(users_of_data)" ]; then
        rm -f "$data/postmaster.pid"
    fi
    addresses=$(joined , $(service_addresses))
    launch "$owner" "$program" ${OCF_RESKEY_postmaster_options:--D "$data"} -c config_file="$config" \
        ${addresses:+-c listen_addresses="$addresses"}
    await_ready "$(seconds "${OCF_RESKEY_startup_wait:-}" 10)" || return "$OCF_ERR_GENERIC"
}

# Its own pid file names our process first and says in the eighth line how far it has come (since version 10).
ready() {
    find_process || return 1
    { read -r its_pid && read -r _ && read -r _ && read -r port && read -r sockets && read -r _ && read -r _; } \
        2> /dev/null < "$data/postmaster.pid" || return 1
    [ "$its_pid" = "$pid" ] || return 1
    read -r version 2> /dev/null < "$data/PG_VERSION" || return 1
    if [ "${version%%.*}" -ge 10 ]; then
        case $(sed -n 8p "$data/postmaster.pid") in
            ready*) ;;
            *) return 1 ;;
        esac
    else
        # An older one has nothing to say once its first seven lines are there; that it listens has to do.
        listens || return 1
    fi
    [ "${OCF_CHECK_LEVEL:-0}" -ge 10 ] && [ -n "$sockets" ] && command -v pg_isready > /dev/null || return 0
    pg_isready -q -h "$sockets" -p "$port" -t 5
}

# INT ends the clients' sessions, TERM would wait for them. QUIT leaves the work to recovery.
stop() {
    end_process "$(seconds "${OCF_RESKEY_shutdown_wait:-}" 15)" INT QUIT || return "$OCF_ERR_GENERIC"
    await_no_backend
}

# await_no_backend: each session is in a process group of its own. When the server had to be killed, they end by
# themselves a moment later; until then the data are in use.
await_no_backend() {
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        left=$(users_of_data)
        [ -n "$left" ] || return "$OCF_SUCCESS"
        [ "$attempt" -lt 6 ] || kill -s KILL $left 2> /dev/null
        sleep 0.2
    done
    ocf_log err "processes $left still use $data"
    return "$OCF_ERR_GENERIC"
}

# users_of_data: prints the processes of PostgreSQL that work in the data folder; all of its processes do.
users_of_data() {
    here=$(readlink -f "$data") || return 0
    for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/cwd")" = "$here" ]; then
            case $(readlink "$process/exe") in
                */postgres | */postmaster | */postgres' (deleted)') echo "${process#/proc/}" ;;
            esac
        fi
    done 2> /dev/null
}

status() {
    check_process
}

dispatch "$@"
