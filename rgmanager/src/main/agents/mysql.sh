#!/bin/sh
# mysql: a MySQL or MariaDB server that listens on an address of its service.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/server-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="mysql">
  <version>1.0</version>
  <longdesc lang="en">Runs a MySQL or MariaDB server. It listens on the address given, or on the first one of its
    service.</longdesc>
  <shortdesc lang="en">A MySQL or MariaDB server.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for this server; what is kept of it lies in a folder of this name.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="config_file">
      <longdesc lang="en">The only option file that is read.</longdesc>
      <shortdesc lang="en">Configuration file</shortdesc>
      <content type="string" default="/etc/my.cnf"/>
    </parameter>
    <parameter name="listen_address">
      <longdesc lang="en">Without it the first address of the service; without one there, what the configuration
        says.</longdesc>
      <shortdesc lang="en">Address to listen on</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="mysqld_options">
      <longdesc lang="en">Further options of mysqld.</longdesc>
      <shortdesc lang="en">Options</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="startup_wait">
      <longdesc lang="en">How long it may take until it takes connections; crash recovery of a large database
        takes its time.</longdesc>
      <shortdesc lang="en">Wait when starting (seconds)</shortdesc>
      <content type="integer" default="30"/>
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
    <action name="meta-data" timeout="0"/>
    <action name="validate-all" timeout="0"/>
  </actions>
</resource-agent>
XML
}

kind=mysql

validate() {
    config=${OCF_RESKEY_config_file:-/etc/my.cnf}
}

equipment() {
    find_program mysqld mariadbd /usr/libexec/mysqld || return "$OCF_ERR_INSTALLED"
    if [ ! -r "$config" ]; then
        ocf_log err "config_file=\"$config\" cannot be read"
        return "$OCF_ERR_CONFIGURED"
    fi
}

# option NAME: prints the value that the configuration gives to an option of the server; the last one counts.
option() {
    command -v my_print_defaults > /dev/null || return 0
    my_print_defaults --defaults-file="$config" mysqld server mariadb mariadbd |
        sed -n "s/^--$1=//p" | tail -n 1
}

start() {
    already_running && return "$OCF_SUCCESS"
    equipment || return
    address=${OCF_RESKEY_listen_address:-}
    [ -n "$address" ] || address=$(service_addresses | head -n 1)
    owner=$(option user)
    [ -n "$owner" ] || owner=$(first_user mysql)
    make_folder "$owner" || return "$OCF_ERR_GENERIC"
    rm -f "$folder/run/mysqld.pid"
    launch '' "$program" --defaults-file="$config" --pid-file="$folder/run/mysqld.pid" \
        ${address:+--bind-address="$address"} ${OCF_RESKEY_mysqld_options:-} ${owner:+--user="$owner"}
    await_ready "$(seconds "${OCF_RESKEY_startup_wait:-}" 30)" || return "$OCF_ERR_GENERIC"
}

# A ping is answered also by a server that does not let us in. Where there is no client, the pid file has to do: it is
# written shortly before connections are taken.
ready() {
    [ -s "$folder/run/mysqld.pid" ] || return 1
    ping=$(command -v mysqladmin || command -v mariadb-admin) || return 0
    "$ping" --defaults-file="$config" --connect-timeout=5 ping > /dev/null 2>&1
}

# What its tables need is written back before it ends: better wait long than recover on the other node.
stop() {
    end_process "$(seconds "${OCF_RESKEY_shutdown_wait:-}" 20)" TERM || return "$OCF_ERR_GENERIC"
}

status() {
    check_process
}

dispatch "$@"
