#!/bin/sh
# netfs: a file system of another host, mounted while the service runs here.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/mount-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="netfs">
  <version>1.0</version>
  <longdesc lang="en">Mounts what another host exports by NFS or shares by CIFS.</longdesc>
  <shortdesc lang="en">A mounted network file system.</shortdesc>
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
    <parameter name="host" required="1">
      <longdesc lang="en">Name or address of the server.</longdesc>
      <shortdesc lang="en">Server</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="export" required="1">
      <longdesc lang="en">The exported path, or the name of the share.</longdesc>
      <shortdesc lang="en">Export</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="fstype">
      <longdesc lang="en">nfs, nfs4 or cifs.</longdesc>
      <shortdesc lang="en">File system type</shortdesc>
      <content type="string" default="nfs"/>
    </parameter>
    <parameter name="no_unmount">
      <longdesc lang="en">Leave it mounted when the service stops.</longdesc>
      <shortdesc lang="en">Leave it mounted</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="force_unmount">
      <longdesc lang="en">Kill the processes that use the file system when it must be unmounted, and cut it off
        if the server does not answer.</longdesc>
      <shortdesc lang="en">Kill users when stopping</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="self_fence">
      <longdesc lang="en">Restart this node at once when the file system cannot be unmounted.</longdesc>
      <shortdesc lang="en">Restart the node when stopping fails</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="options">
      <longdesc lang="en">Mount options, see mount(8) and nfs(5).</longdesc>
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
    <child type="nfsexport" forbid="1"/>
    <child type="nfsclient" forbid="1"/>
  </special>
</resource-agent>
XML
}

validate() {
    place_of "${OCF_RESKEY_mountpoint:-}" || return "$OCF_ERR_ARGS"
    host=${OCF_RESKEY_host:-}
    export=${OCF_RESKEY_export:-}
    if [ -z "$host" ] || [ -z "$export" ]; then
        ocf_log err "host=\"$host\" export=\"$export\": give both"
        return "$OCF_ERR_ARGS"
    fi
    fstype=${OCF_RESKEY_fstype:-nfs}
    case $fstype in
        nfs | nfs4)
            # An IPv6 address is written in brackets.
            case $host in
                *:*) host="[$(without_brackets "$host")]" ;;
            esac
            device=$host:$export
            ;;
        cifs) device=//$host/${export#/} ;;
        *)
            ocf_log err "fstype=\"$fstype\" is none of nfs, nfs4, cifs"
            return "$OCF_ERR_ARGS"
            ;;
    esac
}

without_brackets() {
    bare=${1#[}
    printf %s "${bare%]}"
}

# is_ours: only what is at our own place; other services may have mounted the same export elsewhere. The kernel leaves
# out a slash at the end, or adds one, and a server may have several names: its path counts.
is_ours() {
    [ "$place" = "$mountpoint" ] || return 1
    case $source in
        "$device" | "${device%/}" | "$device/") return 0 ;;
    esac
    [ "$fstype" != cifs ] && [ "${source#*:}" != "$source" ] &&
        { [ "${source##*:}" = "$export" ] || [ "${source##*:}" = "${export%/}" ]; }
}

# release: a server that does not answer would hold us for ever. Such a mount is cut off instead of waited for.
release() {
    ocf_is_true "${OCF_RESKEY_force_unmount:-}" || return 0
    ocf_log notice "cuts $mountpoint off from $host"
    timeout 5 umount -f "$mountpoint" 2> /dev/null < /dev/null || :
}

start() {
    free_to_mount shared || return "$OCF_ERR_GENERIC"
    [ -z "$already" ] || return "$OCF_SUCCESS"
    mount_here "$fstype" "${OCF_RESKEY_options:-}" || return "$OCF_ERR_GENERIC"
}

stop() {
    if ocf_is_true "${OCF_RESKEY_no_unmount:-}"; then
        ocf_log debug "$mountpoint stays mounted: no_unmount is set"
        return "$OCF_SUCCESS"
    fi
    unmount_all || return "$OCF_ERR_GENERIC"
}

status() {
    find_mounts
    check_mount
}

dispatch "$@"
