#!/bin/sh
# fs: a local file system on shared storage, mounted on one node at a time.
#
# That only one node mounts it is rgmanager's care (its locks, and fencing). The agent's own share: it never mounts a
# device twice on this node, and it never says "stopped" while the device is mounted anywhere here, because the next
# node would then write to the same blocks.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/mount-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="fs">
  <version>1.0</version>
  <longdesc lang="en">Mounts a file system that is not a cluster file system: on one node at a time.</longdesc>
  <shortdesc lang="en">A mounted file system.</shortdesc>
  <parameters>
XML
    device_parameters
    cat <<'XML'
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
XML
    findmnt_parameter
    cat <<'XML'
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
XML
    mount_children
}

validate() {
    validate_device
}

is_ours() {
    is_device
}

release() {
    release_nfs
}

start() {
    device_is_here || return "$OCF_ERR_GENERIC"
    free_to_mount || return "$OCF_ERR_GENERIC"
    [ -z "$already" ] || return "$OCF_SUCCESS"
    check_before_mounting || return "$OCF_ERR_GENERIC"
    mount_here "${OCF_RESKEY_fstype:-}" "${OCF_RESKEY_options:-}" || return "$OCF_ERR_GENERIC"
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
    unmount_device || return "$OCF_ERR_GENERIC"
}

status() {
    ! ocf_is_true "${OCF_RESKEY_quick_status:-}" || quiet=yes
    find_device || { remark "$OCF_RESKEY_device is not on this node"; return "$OCF_NOT_RUNNING"; }
    find_mounts
    check_mount
}

dispatch "$@"
