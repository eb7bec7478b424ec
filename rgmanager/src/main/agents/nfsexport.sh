#!/bin/sh
# nfsexport: says that what is mounted above it is exported by NFS; its nfsclient children say to whom.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/nfs-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="nfsexport">
  <version>1.0</version>
  <longdesc lang="en">Stands between a file system and its NFS clients, hands the path down to them, and sees to it
    that the NFS server runs.</longdesc>
  <shortdesc lang="en">An NFS export.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for the export.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="device" inherit="device">
      <longdesc lang="en">The device of the file system around it.</longdesc>
      <shortdesc lang="en">Device</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="path" inherit="mountpoint">
      <longdesc lang="en">What is exported: the mount point of the file system around it.</longdesc>
      <shortdesc lang="en">Path</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="fsid" inherit="fsid">
      <longdesc lang="en">The id of the file system around it, for its clients.</longdesc>
      <shortdesc lang="en">File system id</shortdesc>
      <content type="string"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="5"/>
    <action name="stop" timeout="5"/>
    <action name="recover" timeout="5"/>
    <!-- Does the NFS server run? -->
    <action name="status" timeout="5" interval="1h"/>
    <action name="monitor" timeout="5" interval="1h"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="30"/>
  </actions>
  <special tag="rgmanager">
    <child type="nfsexport" forbid="1"/>
    <child type="nfsclient"/>
  </special>
</resource-agent>
XML
}

validate() {
    case ${OCF_RESKEY_path:-} in
        /*) ;;
        *)
            ocf_log err "path=\"${OCF_RESKEY_path:-}\" is not absolute; an nfsexport belongs into a file system"
            return "$OCF_ERR_ARGS"
            ;;
    esac
}

start() {
    if [ ! -d "$OCF_RESKEY_path" ]; then
        ocf_log err "$OCF_RESKEY_path is not a directory"
        return "$OCF_ERR_GENERIC"
    fi
    nfs_runs && return "$OCF_SUCCESS"
    if ! start_nfs; then
        ocf_log err "the NFS server cannot be started"
        return "$OCF_ERR_GENERIC"
    fi
    ocf_log info "started the NFS server"
}

# The server stays: other services of this node may export as well.
stop() {
    return "$OCF_SUCCESS"
}

recover() {
    start
}

status() {
    nfs_runs && return "$OCF_SUCCESS"
    ocf_log err "the NFS server does not run"
    return "$OCF_NOT_RUNNING"
}

case ${1:-} in
    recover) prepared recover ;;
    *) dispatch "$@" ;;
esac
