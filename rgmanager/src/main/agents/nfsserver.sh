#!/bin/sh
# nfsserver: an NFS server that moves with its service, and takes along what it knows of its clients.
#
# What statd and the NFS server have to remember over a restart lies on the service's own file system and is put where
# they look for it by a bind mount. A node runs one such service at a time, and no NFS server of its own.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/nfs-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="nfsserver">
  <version>1.0</version>
  <longdesc lang="en">Runs the NFS server as part of a service, with the state of its clients on a file system of the
    service.</longdesc>
  <shortdesc lang="en">An NFS server.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for the server.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="path" inherit="mountpoint">
      <longdesc lang="en">What is exported, and where the state is kept; without it the mount point of the file
        system around it.</longdesc>
      <shortdesc lang="en">Path</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="nfspath">
      <longdesc lang="en">Where the state lies, relative to the path.</longdesc>
      <shortdesc lang="en">Folder of the state</shortdesc>
      <content type="string" default=".clumanager/nfs"/>
    </parameter>
    <parameter name="statdport">
      <longdesc lang="en">The port of rpc.statd, for firewalls; without it any.</longdesc>
      <shortdesc lang="en">Port of rpc.statd</shortdesc>
      <content type="integer" default=""/>
    </parameter>
    <parameter name="krbhost">
      <longdesc lang="en">The host name of the Kerberos principal; it should be that of the address of the
        service.</longdesc>
      <shortdesc lang="en">Kerberos host name</shortdesc>
      <content type="string"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="5"/>
    <action name="stop" timeout="5"/>
    <action name="recover" timeout="5"/>
    <!-- Does the NFS server run? -->
    <action name="status" timeout="5" interval="30"/>
    <action name="monitor" timeout="5" interval="30"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="30"/>
  </actions>
  <special tag="rgmanager">
    <attributes maxinstances="1"/>
    <child type="nfsexport" forbid="1"/>
    <child type="nfsserver" forbid="1"/>
    <child type="nfsclient" start="1" stop="2"/>
    <child type="ip" start="2" stop="1"/>
  </special>
</resource-agent>
XML
}

seat=${QUORATE_ROOT:-}/var/lib/nfs

validate() {
    case ${OCF_RESKEY_path:-} in
        /*) ;;
        *)
            ocf_log err "path=\"${OCF_RESKEY_path:-}\" is not absolute; an nfsserver belongs into a file system"
            return "$OCF_ERR_ARGS"
            ;;
    esac
    keep=${OCF_RESKEY_path%/}/${OCF_RESKEY_nfspath:-.clumanager/nfs}
    if ! is_number "${OCF_RESKEY_statdport:-0}"; then
        ocf_log err "statdport=\"$OCF_RESKEY_statdport\" is not a number"
        return "$OCF_ERR_ARGS"
    fi
}

# What moves: the folders of whom to tell after a restart (statd), and of who may reclaim (nfsd, version 4).
MOVES='sm sm.bak statd v4recovery nfsdcltrack nfsdcld'

# take_seats: the service's state comes to lie where the programs look for it.
take_seats() {
    for what in $MOVES; do
        [ -d "$seat/$what" ] || continue
        seated "$what" && continue
        if [ ! -d "$keep/$what" ]; then
            mkdir -p "$keep/$what" && chown --reference="$seat/$what" "$keep/$what" &&
                chmod --reference="$seat/$what" "$keep/$what" || return 1
        fi
        mount --bind "$keep/$what" "$seat/$what" || return 1
    done
}

leave_seats() {
    left=0
    for what in $MOVES; do
        ! seated "$what" || umount "$seat/$what" || left=1
    done
    return $left
}

# seated NAME: whether the service's folder is mounted there.
seated() {
    [ -d "$keep/$1" ] && [ "$seat/$1" -ef "$keep/$1" ]
}

start() {
    if [ ! -d "$OCF_RESKEY_path" ]; then
        ocf_log err "$OCF_RESKEY_path is not a directory"
        return "$OCF_ERR_GENERIC"
    fi
    if nfs_runs; then
        [ "$(holder)" != "$keep" ] || return "$OCF_SUCCESS"
        ocf_log err "another NFS server runs on this node; disable it, the service brings its own"
        return "$OCF_ERR_GENERIC"
    fi
    if ! take_seats; then
        ocf_log err "cannot put $keep in the place of $seat"
        leave_seats
        return "$OCF_ERR_GENERIC"
    fi
    start_statd
    if ! start_nfs; then
        ocf_log err "the NFS server cannot be started"
        leave_seats
        return "$OCF_ERR_GENERIC"
    fi
    mkdir -p "${note%/*}" && printf '%s\n' "$keep" > "$note"
    ocf_log info "started the NFS server, its state is in $keep"
    # Clients of versions 2 and 3 are told to reclaim their locks.
    ! command -v sm-notify > /dev/null || sm-notify -f < /dev/null > /dev/null 2>&1 &
}

# holder: prints whose state the server runs on, as start noted it.
note=${QUORATE_ROOT:-}/run/cluster/agents/nfsserver
holder() {
    [ -r "$note" ] && read -r whose < "$note" && printf %s "$whose"
}

# One that runs without our port or state would be of no use.
start_statd() {
    command -v rpc.statd > /dev/null || return 0
    end_statd
    rpc.statd --no-notify ${OCF_RESKEY_statdport:+--port "$OCF_RESKEY_statdport"} \
        ${OCF_RESKEY_krbhost:+--name "$OCF_RESKEY_krbhost"} < /dev/null > /dev/null 2>&1 ||
        ocf_log notice "rpc.statd does not start: clients of NFS version 3 cannot lock"
}

end_statd() {
    for process in /proc/[0-9]*; do
        read -r word < "$process/comm" && [ "$word" = rpc.statd ] && kill "${process#/proc/}"
    done 2> /dev/null
}

stop() {
    if [ "$(holder)" = "$keep" ]; then
        control_nfs stop
        # The init script may have let clients keep it busy; no threads is what counts.
        ! nfs_runs || rpc.nfsd 0
        end_statd
        if nfs_runs; then
            ocf_log err "the NFS server cannot be stopped"
            return "$OCF_ERR_GENERIC"
        fi
        rm -f "$note"
    fi
    if ! leave_seats; then
        ocf_log err "$keep is still mounted below $seat"
        return "$OCF_ERR_GENERIC"
    fi
}

recover() {
    stop && start
}

status() {
    if nfs_runs && [ "$(holder)" = "$keep" ]; then
        return "$OCF_SUCCESS"
    fi
    ocf_log err "the NFS server does not run"
    return "$OCF_NOT_RUNNING"
}

case ${1:-} in
    recover) prepared recover ;;
    *) dispatch "$@" ;;
esac
