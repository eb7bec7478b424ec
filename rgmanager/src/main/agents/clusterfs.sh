#!/bin/sh
# clusterfs: a cluster file system, which many nodes mount at the same time.
#
# So it may be shared by services of one node, and it stays mounted when a service ends: unless force_unmount is set and
# no other service here uses it.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/mount-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="clusterfs">
  <version>1.0</version>
  <longdesc lang="en">Mounts a cluster file system such as GFS2 or OCFS2, which several nodes may mount at the same
    time and several services of a node may share.</longdesc>
  <shortdesc lang="en">A mounted cluster file system.</shortdesc>
  <parameters>
XML
    device_parameters
    cat <<'XML'
    <parameter name="force_unmount">
      <longdesc lang="en">Unmount it when no service of this node uses it any more, and kill the processes that
        do. Without it, it stays mounted.</longdesc>
      <shortdesc lang="en">Unmount when the last service ends</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="self_fence">
      <longdesc lang="en">Restart this node at once when the file system cannot be unmounted.</longdesc>
      <shortdesc lang="en">Restart the node when stopping fails</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="fsid">
      <longdesc lang="en">The file system's id for NFS exports; its nfsclient entries may give
        another.</longdesc>
      <shortdesc lang="en">NFS file system id</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="nfslock" inherit="service%nfslock">
      <longdesc lang="en">Drop the locks of NFS clients on the file system when it cannot be
        unmounted.</longdesc>
      <shortdesc lang="en">Drop locks of NFS clients</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="nfsrestart">
      <longdesc lang="en">Restart the NFS server when the file system cannot be unmounted.</longdesc>
      <shortdesc lang="en">Restart the NFS server</shortdesc>
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
XML
    mount_actions
    cat <<'XML'
  <special tag="rgmanager">
XML
    mount_children
}

validate() {
    validate_device
}

is_ours() {
    [ "$place" = "$mountpoint" ] && is_device
}

release() {
    release_nfs
}

start() {
    device_is_here || return "$OCF_ERR_GENERIC"
    # A cluster file system takes care of itself: mounting it at a second place harms nobody.
    free_to_mount shared || return "$OCF_ERR_GENERIC"
    [ -z "$already" ] || return "$OCF_SUCCESS"
    mount_here "${OCF_RESKEY_fstype:-}" "${OCF_RESKEY_options:-}" || return "$OCF_ERR_GENERIC"
}

stop() {
    if ! ocf_is_true "${OCF_RESKEY_force_unmount:-}"; then
        ocf_log debug "$mountpoint stays mounted: it is a cluster file system, and force_unmount is not set"
        return "$OCF_SUCCESS"
    fi
    if [ "${OCF_RESKEY_RGMANAGER_meta_refcnt:-0}" -gt 0 ]; then
        ocf_log info "$mountpoint stays mounted: $OCF_RESKEY_RGMANAGER_meta_refcnt more of this node use it"
        return "$OCF_SUCCESS"
    fi
    unmount_device || return "$OCF_ERR_GENERIC"
}

status() {
    find_device || { remark "$OCF_RESKEY_device is not on this node"; return "$OCF_NOT_RUNNING"; }
    find_mounts
    check_mount
}

dispatch "$@"
