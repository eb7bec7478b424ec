#!/bin/sh
# fs: a local file system on shared storage, mounted on one node at a time.
#
# That only one node mounts it is rgmanager's care (its locks, and fencing). The agent's own share: it never mounts a
# device twice on this node, and it never says "stopped" while the device is mounted anywhere here, because the next
# node would then write to the same blocks.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="fs">
  <version>1.0</version>
  <longdesc lang="en">Mounts a file system that is not a cluster file system: on one node at a time.</longdesc>
  <shortdesc lang="en">A mounted file system.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for the file system.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="mountpoint" unique="1" required="1">
      <longdesc lang="en">The directory to mount it on; it is made if it is missing.</longdesc>
      <shortdesc lang="en">Mount point</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="device" unique="1" required="1">
      <longdesc lang="en">A block device, LABEL=..., UUID=..., or the bare label or UUID.</longdesc>
      <shortdesc lang="en">Device, label or UUID</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="fstype">
      <longdesc lang="en">The type of the file system; without it mount(8) finds out.</longdesc>
      <shortdesc lang="en">File system type</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="force_unmount">
      <longdesc lang="en">Kill the processes that use the file system when it must be unmounted. Without it the
        stop fails while there are any.</longdesc>
      <shortdesc lang="en">Kill users when stopping</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="quick_status">
      <longdesc lang="en">Check only that it is mounted, without reading, writing or remarks.</longdesc>
      <shortdesc lang="en">Cheap status checks</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="self_fence">
      <longdesc lang="en">Restart this node at once when the file system cannot be unmounted.</longdesc>
      <shortdesc lang="en">Restart the node when stopping fails</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="nfslock" inherit="nfslock">
      <longdesc lang="en">Drop the locks of NFS clients on the file system when it cannot be unmounted.</longdesc>
      <shortdesc lang="en">Drop locks of NFS clients</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="nfsrestart">
      <longdesc lang="en">Restart the NFS server when the file system cannot be unmounted.</longdesc>
      <shortdesc lang="en">Restart the NFS server</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="fsid">
      <longdesc lang="en">The file system's id for NFS exports; its nfsclient entries may give another.</longdesc>
      <shortdesc lang="en">NFS file system id</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="force_fsck">
      <longdesc lang="en">Check the file system before mounting also when it has a journal. One without a journal is
        always checked.</longdesc>
      <shortdesc lang="en">Always check before mounting</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="options">
      <longdesc lang="en">Mount options, see mount(8).</longdesc>
      <shortdesc lang="en">Mount options</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="use_findmnt">
      <longdesc lang="en">Accepted for old configurations; the kernel's own table of mounts is always used.</longdesc>
      <shortdesc lang="en">Look for mounts with findmnt (no effect)</shortdesc>
      <content type="boolean"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="900"/>
    <action name="stop" timeout="30"/>
    <!-- Is it mounted in the right place? -->
    <action name="status" interval="1m" timeout="10"/>
    <action name="monitor" interval="1m" timeout="10"/>
    <!-- Can it be read? -->
    <action name="status" depth="10" timeout="30" interval="30"/>
    <action name="monitor" depth="10" timeout="30" interval="30"/>
    <!-- Can it be written, unless it is mounted read-only? -->
    <action name="status" depth="20" timeout="30" interval="1m"/>
    <action name="monitor" depth="20" timeout="30" interval="1m"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="5"/>
  </actions>
  <special tag="rgmanager">
    <attributes maxinstances="1"/>
    <child type="fs" start="1" stop="3"/>
    <child type="clusterfs" start="1" stop="3"/>
    <child type="nfsexport" start="3" stop="1"/>
  </special>
</resource-agent>
XML
}

# validate: the mount point, without links and trailing slashes: so the kernel spells it, too.
validate() {
    case ${OCF_RESKEY_mountpoint:-} in
        /*[!/]*) ;;
        *)
            ocf_log err "mountpoint=\"${OCF_RESKEY_mountpoint:-}\" is not an absolute path below /"
            return "$OCF_ERR_ARGS"
            ;;
    esac
    mountpoint=$(readlink -f "$OCF_RESKEY_mountpoint") || mountpoint=${OCF_RESKEY_mountpoint%/}
    if [ -z "${OCF_RESKEY_device:-}" ]; then
        ocf_log err "device is empty; give a block device, LABEL=... or UUID=..."
        return "$OCF_ERR_ARGS"
    fi
}

# find_device: sets device to the block device and number to its MAJOR:MINOR; fails when there is none here.
find_device() {
    number=''
    case $OCF_RESKEY_device in
        /*) device=$OCF_RESKEY_device ;;
        LABEL=* | UUID=*) device=$(findfs "$OCF_RESKEY_device" 2> /dev/null) || return 1 ;;
        *)
            device=$(findfs "LABEL=$OCF_RESKEY_device" 2> /dev/null) ||
                device=$(findfs "UUID=$OCF_RESKEY_device" 2> /dev/null) || return 1
            ;;
    esac
    [ -b "$device" ] || return 1
    number=$(stat -L -c '0x%t 0x%T' "$device") || return 1
    number=$((${number% *})):$((${number#* }))
}

# find_mounts: reads the kernel's table of mounts. Sets
#   places    where our device is mounted, a line each, the latest first
#   occupant  what is seen at the mount point: ours, the name of something else, or empty
#   nested    what is mounted below the mount point, a line each, the latest first
find_mounts() {
    places='' occupant='' nested=''
    while read -r _ _ mount_number _ place _ rest; do
        case $place in *\\*) decode ;; esac
        rest=${rest#*- }
        source=${rest#* }
        source=${source%% *}
        if is_ours; then
            what=ours
            places="$place
$places"
        else
            what=$source
        fi
        case $place in
            "$mountpoint") occupant=$what ;;
            "$mountpoint"/*)
                nested="$place
$nested"
                ;;
        esac
    done < /proc/self/mountinfo
}

# decode: the kernel writes blanks and the like in place as a backslash and three octal digits.
decode() {
    coded=$place
    place=''
    while :; do
        case $coded in
            *\\*) ;;
            *) break ;;
        esac
        place=$place${coded%%\\*}
        coded=${coded#*\\}
        letter=$(printf "\\${coded%"${coded#???}"}.")
        place=$place${letter%.}
        coded=${coded#???}
    done
    place=$place$coded
}

# is_ours: by number; by name where the file system numbers its mounts itself (btrfs); and when our device has vanished
# while it was mounted, what is at the mount point is ours.
is_ours() {
    if [ -z "$number" ]; then
        [ "$place" = "$mountpoint" ]
        return
    fi
    [ "$mount_number" != "$number" ] || return 0
    case $source in
        /dev/*) [ "$source" -ef "$device" ] ;;
        *) return 1 ;;
    esac
}

start() {
    if ! find_device; then
        ocf_log err "$OCF_RESKEY_device: there is no such block device, label or UUID on this node"
        return "$OCF_ERR_GENERIC"
    fi
    find_mounts
    if [ "$occupant" = ours ]; then
        ocf_log info "$device is mounted on $mountpoint already"
        return "$OCF_SUCCESS"
    fi
    if [ -n "$places" ]; then
        ocf_log err "$device is mounted on ${places%%
*} already; it is not mounted a second time"
        return "$OCF_ERR_GENERIC"
    fi
    if [ -n "$occupant" ]; then
        ocf_log err "$mountpoint is taken: $occupant is mounted there"
        return "$OCF_ERR_GENERIC"
    fi
    if [ ! -d "$mountpoint" ] && ! mkdir -p "$mountpoint"; then
        ocf_log err "$mountpoint is not a directory and cannot be made one"
        return "$OCF_ERR_GENERIC"
    fi
    check_before_mounting || return "$OCF_ERR_GENERIC"
    if ! mount ${OCF_RESKEY_fstype:+-t "$OCF_RESKEY_fstype"} ${OCF_RESKEY_options:+-o "$OCF_RESKEY_options"} \
        "$device" "$mountpoint" < /dev/null; then
        ocf_log err "cannot mount $device on $mountpoint"
        return "$OCF_ERR_GENERIC"
    fi
    find_mounts
    if [ "$occupant" != ours ]; then
        ocf_log err "mount of $device succeeded, but it is not on $mountpoint"
        return "$OCF_ERR_GENERIC"
    fi
    ocf_log info "mounted $device on $mountpoint"
}

# A journal is replayed by mounting; without one, or when asked to, the file system is checked first.
check_before_mounting() {
    type=${OCF_RESKEY_fstype:-}
    [ -n "$type" ] || type=$(blkid -o value -s TYPE "$device" 2> /dev/null)
    if ! ocf_is_true "${OCF_RESKEY_force_fsck:-}"; then
        case $type in
            ext2 | minix | vfat | msdos) ;;
            *) return 0 ;;
        esac
    fi
    fsck ${type:+-t "$type"} -p "$device" < /dev/null >&2
    result=$?
    # fsck(8): 1 is "errors corrected"; 2 wants a restart of the system, 4 and more left errors or could not check.
    [ $result -gt 1 ] || return 0
    ocf_log err "$device: the file system check ended with $result; it is not mounted"
    return 1
}

stop() {
    if ! find_device; then
        ocf_log info "$OCF_RESKEY_device is not on this node"
    fi
    find_mounts
    attempt=0
    while [ -n "$places" ]; do
        attempt=$((attempt + 1))
        unmount
        find_mounts
        [ -n "$places" ] || break
        if ! make_way; then
            ocf_log err "${device:-$OCF_RESKEY_device} is still mounted on $(one_line "$places"): $complaint"
            ! ocf_is_true "${OCF_RESKEY_self_fence:-}" || restart_node
            return "$OCF_ERR_GENERIC"
        fi
    done
    [ "$attempt" -eq 0 ] || ocf_log info "unmounted $mountpoint"
    return "$OCF_SUCCESS"
}

one_line() {
    set -- $1
    printf %s "$*"
}

# unmount: one attempt. What the administrator mounted on top, or elsewhere from our device, goes only by force.
unmount() {
    if ocf_is_true "${OCF_RESKEY_force_unmount:-}"; then
        each umount_one "$nested"
        each umount_one "$places"
    else
        umount_one "$mountpoint"
    fi
}

umount_one() {
    complaint=$(umount "$1" 2>&1 < /dev/null)
}

# each COMMAND LINES: runs COMMAND for every line.
each() {
    while read -r line; do
        [ -z "$line" ] || "$1" "$line"
    done <<LINES
$2
LINES
}

# make_way: what is tried after a failed attempt; fails when nothing is left to try. The limits keep a stop within the
# 30 s that it is given: 2 s without force, else about 12 s, in which users are asked for 2 s and then killed.
make_way() {
    if [ "$attempt" -eq 1 ]; then
        release_nfs
    fi
    if ! ocf_is_true "${OCF_RESKEY_force_unmount:-}"; then
        [ "$attempt" -lt 5 ] || return 1
        sleep 0.5
        return 0
    fi
    [ "$attempt" -lt 60 ] || return 1
    if [ "$attempt" -eq 1 ]; then
        signal TERM
    elif [ "$attempt" -gt 10 ]; then
        signal KILL
    fi
    sleep 0.2
}

# signal NAME: to every process that uses our device, save ourselves, those who called us, and init.
signal() {
    for pid in $(each list_users "$places"); do
        case $pid in
            *[!0-9]* | 1 | $$ | "$PPID") ;;
            *)
                ocf_log notice "sends SIG$1 to process $pid, which uses $mountpoint"
                kill "-$1" "$pid" 2> /dev/null
                ;;
        esac
    done
}

# list_users PLACE: process ids. -M keeps fuser from taking the root file system when nothing is mounted any more.
list_users() {
    if command -v fuser > /dev/null; then
        fuser -M -m "$1" 2> /dev/null
    else
        {
            find /proc/[0-9]* -maxdepth 2 \( -lname "$1" -o -lname "$1/*" \)
            grep -l " $1/" /proc/[0-9]*/maps
        } 2> /dev/null | cut -d / -f 3 | sort -u
    fi
}

# release_nfs: what the NFS server holds is no process's: locks of clients, and the server's own references.
release_nfs() {
    if ocf_is_true "${OCF_RESKEY_nfslock:-}" && [ -w /proc/fs/nfsd/unlock_filesystem ]; then
        echo "$mountpoint" > /proc/fs/nfsd/unlock_filesystem
    fi
    if ocf_is_true "${OCF_RESKEY_nfsrestart:-}"; then
        ocf_log notice "restarts the NFS server to release $mountpoint"
        if command -v systemctl > /dev/null; then
            systemctl restart nfs-server
        else
            service nfs restart
        fi > /dev/null 2>&1
    fi
}

# restart_node: at once and without writing anything back; the other node waits until this one has let go.
restart_node() {
    ocf_log emerg "self_fence: restarts this node, because $mountpoint cannot be unmounted"
    reboot -f -n && return
    # Only where this is the whole machine: the magic key knows no containers.
    [ "$(readlink /proc/self/ns/pid)" != 'pid:[4026531836]' ] || echo b > /proc/sysrq-trigger
}

status() {
    ! ocf_is_true "${OCF_RESKEY_quick_status:-}" || quiet=yes
    find_device || { remark "$OCF_RESKEY_device is not on this node"; return "$OCF_NOT_RUNNING"; }
    find_mounts
    [ "$occupant" = ours ] || { remark "$device is not mounted on $mountpoint"; return "$OCF_NOT_RUNNING"; }
    [ -z "${quiet:-}" ] || return "$OCF_SUCCESS"
    if [ "${OCF_CHECK_LEVEL:-0}" -ge 10 ] && ! ls "$mountpoint" > /dev/null; then
        remark "$mountpoint cannot be read"
        return "$OCF_ERR_GENERIC"
    fi
    if [ "${OCF_CHECK_LEVEL:-0}" -ge 20 ] && ! can_write; then
        remark "$mountpoint cannot be written"
        return "$OCF_ERR_GENERIC"
    fi
    return "$OCF_SUCCESS"
}

remark() {
    [ -n "${quiet:-}" ] || ocf_log err "$1"
}

can_write() {
    case ",${OCF_RESKEY_options:-}," in
        *,ro,*) return 0 ;;
    esac
    trial=$mountpoint/.quorate-status-$$
    touch "$trial" 2> /dev/null && rm -f "$trial"
}

prepared() {
    validate || return
    "$1"
}

case ${1:-} in
    start | stop) prepared "$1" ;;
    status | monitor) prepared status ;;
    restart) prepared stop && prepared start ;;
    validate-all | verify-all) prepared : ;;
    meta-data) meta_data ;;
    *) unimplemented "${1:-}" ;;
esac
