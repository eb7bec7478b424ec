#!/bin/sh
# samba: a file server for Windows clients, on the addresses of its service.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/server-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="samba">
  <version>1.0</version>
  <longdesc lang="en">Runs smbd and nmbd of Samba with a configuration of their own. They listen on the addresses of
    their service, if there are any.</longdesc>
  <shortdesc lang="en">A Samba file server.</shortdesc>
  <parameters>
    <parameter name="name" unique="1" primary="1">
      <longdesc lang="en">A name for this server; what is kept of it lies in a folder of this name.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="config_file">
      <longdesc lang="en">The main configuration file.</longdesc>
      <shortdesc lang="en">Configuration file</shortdesc>
      <content type="string" default="/etc/samba/smb.conf"/>
    </parameter>
    <parameter name="smbd_options">
      <longdesc lang="en">Further options of smbd.</longdesc>
      <shortdesc lang="en">Options of smbd</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="nmbd_options">
      <longdesc lang="en">Further options of nmbd.</longdesc>
      <shortdesc lang="en">Options of nmbd</shortdesc>
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
    <action name="status" timeout="0" interval="30s"/>
    <action name="monitor" timeout="0" interval="30s"/>
    <action name="meta-data" timeout="0"/>
    <action name="validate-all" timeout="0"/>
  </actions>
</resource-agent>
XML
}

kind=samba

validate() {
    config=${OCF_RESKEY_config_file:-/etc/samba/smb.conf}
}

equipment() {
    find_program smbd || return "$OCF_ERR_INSTALLED"
    if [ ! -r "$config" ]; then
        ocf_log err "config_file=\"$config\" cannot be read"
        return "$OCF_ERR_CONFIGURED"
    fi
}

# configure: the configuration with our settings at the end of its global section, where the last one counts.
configure() {
    {
        cat "$config"
        echo
        echo '[global]'
        echo "pid directory = $folder/run"
        addresses=$(joined ' ' $(service_addresses))
        if [ -n "$addresses" ]; then
            # Without 127.0.0.1 smbd could not change passwords.
            echo "interfaces = $addresses 127.0.0.1"
            echo 'bind interfaces only = yes'
        fi
    } > "$folder/smb.conf"
}

# speaks_netbios: whether there is work for nmbd.
speaks_netbios() {
    command -v nmbd > /dev/null &&
        ! grep -qi '^[[:blank:]]*disable netbios[[:blank:]]*=[[:blank:]]*\(yes\|true\|1\)' "$config"
}

# Which of the two is meant: both are watched and ended in the same way.
the_file_server() {
    server=smbd
    pid_file=$folder/pid
}

the_name_server() {
    server=nmbd
    pid_file=$folder/nmbd.pid
}

start() {
    equipment || return
    make_folder || return "$OCF_ERR_GENERIC"
    if ! configure; then
        ocf_log err "cannot write $folder/smb.conf"
        return "$OCF_ERR_GENERIC"
    fi
    the_file_server
    if ! already_running; then
        rm -f "$folder/run/smbd.pid"
        launch '' "$program" -F --no-process-group -s "$folder/smb.conf" ${OCF_RESKEY_smbd_options:-}
        await_ready 20 || return "$OCF_ERR_GENERIC"
    fi
    speaks_netbios || return "$OCF_SUCCESS"
    the_name_server
    if ! already_running; then
        program=nmbd
        rm -f "$folder/run/nmbd.pid"
        launch '' nmbd -F --no-process-group -s "$folder/smb.conf" ${OCF_RESKEY_nmbd_options:-}
        await_ready 20 || return "$OCF_ERR_GENERIC"
    fi
}

# Both write a pid file of their own when they have read their configuration; smbd listens a moment later.
ready() {
    case $server in
        nmbd) [ -s "$folder/run/nmbd.pid" ] ;;
        *) [ -s "$folder/run/smbd.pid" ] && listens ;;
    esac
}

stop() {
    result=$OCF_SUCCESS
    for which in the_name_server the_file_server; do
        $which
        end_process "$(seconds "${OCF_RESKEY_shutdown_wait:-}" 20)" TERM || result=$OCF_ERR_GENERIC
    done
    return "$result"
}

status() {
    the_file_server
    check_process || return
    # It was started only where it has work.
    the_name_server
    [ ! -e "$pid_file" ] || check_process
}

dispatch "$@"
