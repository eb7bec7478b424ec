#!/bin/sh
# vm: a virtual machine, by libvirt. It is a service of its own, and can move to another node while it runs.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="vm">
  <version>1.0</version>
  <longdesc lang="en">Runs a virtual machine by libvirt. A virtual machine without children can be migrated to another
    node while it runs.</longdesc>
  <shortdesc lang="en">A virtual machine.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">The name of the guest, as libvirt knows it.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="domain" reconfig="1">
      <longdesc lang="en">The failover domain: which nodes may or should run the guest.</longdesc>
      <shortdesc lang="en">Failover domain</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="autostart" reconfig="1">
      <longdesc lang="en">1: the guest is started once the cluster is quorate. 0: it stays disabled until
        somebody enables it.</longdesc>
      <shortdesc lang="en">Start when the cluster is quorate</shortdesc>
      <content type="boolean" default="1"/>
    </parameter>
    <parameter name="hardrecovery" reconfig="1">
      <longdesc lang="en">Accepted for old configurations; it has no effect.</longdesc>
      <shortdesc lang="en">Restart the node when stopping fails (no effect)</shortdesc>
      <content type="boolean" default="0"/>
    </parameter>
    <parameter name="exclusive" reconfig="1">
      <longdesc lang="en">The guest runs only on a node that runs no other service, and keeps others away from
        its node.</longdesc>
      <shortdesc lang="en">Alone on its node</shortdesc>
      <content type="boolean" default="0"/>
    </parameter>
    <parameter name="recovery" reconfig="1">
      <longdesc lang="en">What is done when the guest fails: restart, relocate, disable,
        restart-disable.</longdesc>
      <shortdesc lang="en">Recovery policy</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="migration_mapping" reconfig="1">
      <longdesc lang="en">MEMBER:HOST,MEMBER:HOST: which host name to send the guest to, where that is not the
        name of the member.</longdesc>
      <shortdesc lang="en">Names to migrate to</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="use_virsh">
      <longdesc lang="en">1 or nothing: virsh. The old xm is not supported.</longdesc>
      <shortdesc lang="en">Tool</shortdesc>
      <content type="integer" default=""/>
    </parameter>
    <parameter name="xmlfile">
      <longdesc lang="en">A file in the XML of libvirt; without it a file of the path, or the guest as libvirt
        has it defined.</longdesc>
      <shortdesc lang="en">Description of the guest</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="migrate">
      <longdesc lang="en">live: it runs on while it moves. pause: it stands still.</longdesc>
      <shortdesc lang="en">Way of migration</shortdesc>
      <content type="string" default="live"/>
    </parameter>
    <parameter name="migrate_options">
      <longdesc lang="en">Further options of virsh migrate.</longdesc>
      <shortdesc lang="en">Options of migration</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="tunnelled">
      <longdesc lang="en">Anything but nothing: send the data through the connection of libvirt.</longdesc>
      <shortdesc lang="en">Tunnel the migration</shortdesc>
      <content type="string" default=""/>
    </parameter>
    <parameter name="path">
      <longdesc lang="en">Folders with descriptions of guests, separated by colons: NAME or NAME.xml is looked
        for there.</longdesc>
      <shortdesc lang="en">Search path</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="snapshot">
      <longdesc lang="en">Save the guest there when it is stopped, and restore it from there when it is
        started.</longdesc>
      <shortdesc lang="en">Folder of saved guests</shortdesc>
      <content type="string" default=""/>
    </parameter>
    <parameter name="depend">
      <longdesc lang="en">Another service, as service:NAME, without which this one is not started.</longdesc>
      <shortdesc lang="en">Service needed</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="depend_mode">
      <longdesc lang="en">hard: stop when the service needed stops. soft: look at it only when
        starting.</longdesc>
      <shortdesc lang="en">Strength of the dependency</shortdesc>
      <content type="string" default="hard"/>
    </parameter>
    <parameter name="max_restarts" reconfig="1">
      <longdesc lang="en">So many restarts are done on one node within restart_expire_time; the next failure
        relocates the guest. 0: restarts are not counted.</longdesc>
      <shortdesc lang="en">Restarts tolerated</shortdesc>
      <content type="string" default="0"/>
    </parameter>
    <parameter name="restart_expire_time" reconfig="1">
      <longdesc lang="en">After this time a restart is forgotten.</longdesc>
      <shortdesc lang="en">Time to remember a restart</shortdesc>
      <content type="string" default="0"/>
    </parameter>
    <parameter name="status_program" reconfig="1">
      <longdesc lang="en">A command that says by its exit status whether the guest does its work.</longdesc>
      <shortdesc lang="en">Further check</shortdesc>
      <content type="string" default=""/>
    </parameter>
    <parameter name="hypervisor">
      <longdesc lang="en">auto, qemu or xen.</longdesc>
      <shortdesc lang="en">Hypervisor</shortdesc>
      <content type="string" default="auto"/>
    </parameter>
    <parameter name="hypervisor_uri">
      <longdesc lang="en">auto: qemu:///system or xen:///, by the hypervisor.</longdesc>
      <shortdesc lang="en">Connection of libvirt</shortdesc>
      <content type="string" default="auto"/>
    </parameter>
    <parameter name="migration_uri">
      <longdesc lang="en">auto: qemu+ssh://HOST/system or xenmigr://HOST/; %s stands for the host.</longdesc>
      <shortdesc lang="en">Connection of libvirt for a target</shortdesc>
      <content type="string" default="auto"/>
    </parameter>
    <parameter name="no_kill">
      <longdesc lang="en">When shutting it down takes too long, fail instead of destroying the guest.</longdesc>
      <shortdesc lang="en">Never destroy it</shortdesc>
      <content type="boolean" default="false"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="300"/>
    <action name="stop" timeout="120"/>
    <!-- Does it run? -->
    <action name="status" timeout="10" interval="30"/>
    <action name="monitor" timeout="10" interval="30"/>
    <!-- Does it do its work? -->
    <action name="status" depth="10" timeout="20" interval="60"/>
    <action name="monitor" depth="10" timeout="20" interval="60"/>
    <!-- Which attributes may change while it runs is rgmanager's affair: nothing is to be done. -->
    <action name="reconfig" timeout="10"/>
    <action name="migrate" timeout="10m"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="5"/>
  </actions>
  <special tag="rgmanager">
    <attributes maxinstances="1" init_on_add="0" destroy_on_delete="0"/>
  </special>
</resource-agent>
XML
}

# migrate: what rgmanager makes of the exit status.
GUEST_GONE=6
STILL_HERE=150

validate() {
    guest=${OCF_RESKEY_name:-}
    case $guest in
        '' | -* | */*)
            ocf_log err "name=\"$guest\" is not the name of a guest"
            return "$OCF_ERR_ARGS"
            ;;
    esac
    case ${OCF_RESKEY_use_virsh:-1} in
        1) ;;
        *)
            ocf_log err "use_virsh=\"$OCF_RESKEY_use_virsh\": only virsh is supported; leave it out"
            return "$OCF_ERR_CONFIGURED"
            ;;
    esac
    hypervisor=${OCF_RESKEY_hypervisor:-auto}
    if [ "$hypervisor" = auto ]; then
        [ -d /proc/xen ] && hypervisor=xen || hypervisor=qemu
    fi
    case $hypervisor in
        qemu) uri=qemu:///system to=qemu+ssh://%s/system ;;
        xen) uri=xen:/// to=xenmigr://%s/ ;;
        *)
            ocf_log err "hypervisor=\"$hypervisor\" is none of auto, qemu, xen"
            return "$OCF_ERR_ARGS"
            ;;
    esac
    [ "${OCF_RESKEY_hypervisor_uri:-auto}" = auto ] || uri=$OCF_RESKEY_hypervisor_uri
    [ "${OCF_RESKEY_migration_uri:-auto}" = auto ] || to=$OCF_RESKEY_migration_uri
    image=${OCF_RESKEY_snapshot:+$OCF_RESKEY_snapshot/$guest}
}

equipped() {
    command -v virsh > /dev/null && return
    ocf_log err "there is no virsh on this node; install the clients of libvirt"
    return 1
}

virsh_here() {
    LC_ALL=C virsh -c "$uri" "$@" < /dev/null
}

# find_state: sets state to the guest's, or to gone when libvirt does not know it. Fails when libvirt does not answer:
# then nobody knows.
find_state() {
    if ! answer=$(virsh_here domstate "$guest" 2>&1); then
        case $answer in
            *'failed to get domain'* | *'Domain not found'*)
                state=gone
                return 0
                ;;
        esac
        ocf_log err "libvirt does not say how $guest is: $answer"
        return 1
    fi
    state=${answer%%
*}
}

runs() {
    case $state in
        running | idle | blocked | paused | pmsuspended | 'no state' | 'in shutdown') return 0 ;;
    esac
    return 1
}

# description: prints the file that describes the guest, if there is one.
description() {
    if [ -n "${OCF_RESKEY_xmlfile:-}" ]; then
        printf %s "$OCF_RESKEY_xmlfile"
        return
    fi
    IFS=:
    for place in ${OCF_RESKEY_path:-}; do
        for file in "$place/$guest" "$place/$guest.xml"; do
            if [ -f "$file" ]; then
                printf %s "$file"
                return
            fi
        done
    done
}

start() {
    equipped || return "$OCF_ERR_INSTALLED"
    find_state || return "$OCF_ERR_GENERIC"
    if runs; then
        ocf_log info "$guest is $state already"
        return "$OCF_SUCCESS"
    fi
    # A saved guest goes on where it was; the image is of no use a second time.
    if [ -n "$image" ] && [ -f "$image" ]; then
        if virsh_here restore "$image" > /dev/null; then
            rm -f "$image"
            ocf_log info "restored $guest from $image"
            return "$OCF_SUCCESS"
        fi
        ocf_log warning "cannot restore $guest from $image; starts it anew"
        mv -f "$image" "$image.broken"
    fi
    file=$(description)
    if [ -n "$file" ]; then
        set -- create "$file"
    else
        set -- start "$guest"
    fi
    if ! complaint=$(virsh_here "$@" 2>&1); then
        ocf_log err "cannot start $guest: $complaint"
        return "$OCF_ERR_GENERIC"
    fi
    ocf_log info "started $guest"
}

# Within the 120 s that a stop is given: 90 s to shut down, then it is destroyed. Its type has no attribute for another
# time; the variable is for those who try the agent by hand.
stop() {
    equipped || return "$OCF_ERR_INSTALLED"
    find_state || return "$OCF_ERR_GENERIC"
    runs || return "$OCF_SUCCESS"
    if [ -n "$image" ] && mkdir -p "$OCF_RESKEY_snapshot" && virsh_here save "$guest" "$image" > /dev/null; then
        ocf_log info "saved $guest to $image"
        return "$OCF_SUCCESS"
    fi
    # It cannot shut down while it stands still.
    [ "$state" != paused ] || virsh_here resume "$guest" > /dev/null
    seconds=${OCF_RESKEY_shutdown_wait:-90}
    while [ "$seconds" -gt 0 ]; do
        # Asked again now and then: a guest that is just booting does not listen.
        [ $((seconds % 15)) -ne 0 ] || virsh_here shutdown "$guest" > /dev/null 2>&1
        sleep 1
        find_state && ! runs && { ocf_log info "shut $guest down"; return "$OCF_SUCCESS"; }
        seconds=$((seconds - 1))
    done
    if ocf_is_true "${OCF_RESKEY_no_kill:-}"; then
        ocf_log err "$guest does not shut down, and no_kill forbids to destroy it"
        return "$OCF_ERR_GENERIC"
    fi
    ocf_log warning "$guest does not shut down; destroys it"
    virsh_here destroy "$guest" > /dev/null 2>&1
    find_state && ! runs && return "$OCF_SUCCESS"
    ocf_log err "$guest cannot be destroyed"
    return "$OCF_ERR_GENERIC"
}

status() {
    equipped || return "$OCF_ERR_INSTALLED"
    find_state || return "$OCF_ERR_GENERIC"
    # A guest that arrives is paused until all of it is here; it counts as running where it comes from.
    if ! runs; then
        ocf_log err "$guest is $state"
        return "$OCF_NOT_RUNNING"
    fi
    [ "${OCF_CHECK_LEVEL:-0}" -ge 10 ] && [ -n "${OCF_RESKEY_status_program:-}" ] || return "$OCF_SUCCESS"
    sh -c "$OCF_RESKEY_status_program" < /dev/null && return "$OCF_SUCCESS"
    ocf_log err "$guest runs, but $OCF_RESKEY_status_program fails"
    return "$OCF_ERR_GENERIC"
}

# host_of MEMBER: prints the name that guests are sent to.
host_of() {
    rest=${OCF_RESKEY_migration_mapping:-},
    while [ -n "$rest" ]; do
        entry=${rest%%,*}
        rest=${rest#*,}
        case $entry in
            "$1":*)
                printf %s "${entry#*:}"
                return
                ;;
        esac
    done
    printf %s "$1"
}

# migrate MEMBER
migrate() {
    equipped || return "$OCF_ERR_INSTALLED"
    if [ -z "${1:-}" ]; then
        ocf_log err "migrate needs the member to go to"
        return "$OCF_ERR_ARGS"
    fi
    host=$(host_of "$1")
    target=${to%%%s*}$host${to#*%s}
    set -- migrate
    [ "${OCF_RESKEY_migrate:-live}" = pause ] || set -- "$@" --live ${OCF_RESKEY_migrate_options:-}
    [ -z "${OCF_RESKEY_tunnelled:-}" ] || set -- "$@" --p2p --tunnelled
    if complaint=$(virsh_here "$@" "$guest" "$target" 2>&1); then
        ocf_log info "$guest has gone to $host"
        return "$OCF_SUCCESS"
    fi
    ocf_log err "cannot migrate $guest to $target: $complaint"
    if find_state; then
        ! runs || return "$STILL_HERE"
        [ "$state" != gone ] || return "$GUEST_GONE"
    fi
    return "$OCF_ERR_GENERIC"
}

case ${1:-} in
    migrate) prepared migrate "${2:-}" ;;
    reconfig) prepared : ;;
    *) dispatch "$@" ;;
esac
