#!/bin/sh
# service: the root of a resource tree. It holds other resources together and does nothing of its own.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="service">
  <version>1.0</version>
  <longdesc lang="en">A service: resources that run together on one node and move together to another.</longdesc>
  <shortdesc lang="en">A cluster service.</shortdesc>
  <parameters>
    <parameter name="name" unique="1" required="1" primary="1">
      <longdesc lang="en">The service's name; service:NAME has at most 63 bytes.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="domain" reconfig="1">
      <longdesc lang="en">The failover domain: which nodes may or should run the service.</longdesc>
      <shortdesc lang="en">Failover domain</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="autostart" reconfig="1">
      <longdesc lang="en">1: the service is started once the cluster is quorate. 0: it stays disabled until
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
      <longdesc lang="en">The service runs only on a node that runs no other service, and keeps others away from
        its node. An administrator's request overrides it.</longdesc>
      <shortdesc lang="en">Alone on its node</shortdesc>
      <content type="boolean" default="0"/>
    </parameter>
    <parameter name="nfslock">
      <longdesc lang="en">Tell NFS clients to reclaim their locks when the service has moved; inherited by the
        file systems and addresses of the service.</longdesc>
      <shortdesc lang="en">Let NFS clients reclaim locks</shortdesc>
      <content type="boolean" default="0"/>
    </parameter>
    <parameter name="nfs_client_cache">
      <longdesc lang="en">1: keep the list of NFS exports for some seconds instead of asking for each client.</longdesc>
      <shortdesc lang="en">Cache the export list</shortdesc>
      <content type="integer" default="0"/>
    </parameter>
    <parameter name="recovery" reconfig="1">
      <longdesc lang="en">What is done when a resource fails: restart (here first, then elsewhere), relocate (elsewhere
        at once), disable (not at all), restart-disable.</longdesc>
      <shortdesc lang="en">Recovery policy</shortdesc>
      <content type="string" default="restart"/>
    </parameter>
    <parameter name="depend">
      <longdesc lang="en">Another service, as service:NAME, without which this one is not started.</longdesc>
      <shortdesc lang="en">Service needed</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="depend_mode">
      <longdesc lang="en">hard: stop when the service needed stops. soft: look at it only when starting.</longdesc>
      <shortdesc lang="en">Strength of the dependency</shortdesc>
      <content type="string" default="hard"/>
    </parameter>
    <parameter name="max_restarts">
      <longdesc lang="en">So many restarts are done on one node within restart_expire_time; the next failure
        relocates the service. 0: restarts are not counted.</longdesc>
      <shortdesc lang="en">Restarts tolerated</shortdesc>
      <content type="string" default="0"/>
    </parameter>
    <parameter name="restart_expire_time">
      <longdesc lang="en">After this time a restart is forgotten.</longdesc>
      <shortdesc lang="en">Time to remember a restart</shortdesc>
      <content type="string" default="0"/>
    </parameter>
    <parameter name="priority">
      <longdesc lang="en">Order in which services are looked at, 1 first; central processing only.</longdesc>
      <shortdesc lang="en">Priority</shortdesc>
      <content type="integer" default="0"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="5"/>
    <action name="stop" timeout="5"/>
    <!-- No status: a service is as healthy as its resources. -->
    <action name="reconfig" timeout="5"/>
    <action name="recover" timeout="5"/>
    <action name="reload" timeout="5"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="5"/>
  </actions>
  <special tag="rgmanager">
    <attributes maxinstances="1"/>
    <child type="lvm" start="1" stop="9"/>
    <child type="fs" start="2" stop="8"/>
    <child type="clusterfs" start="3" stop="7"/>
    <child type="netfs" start="4" stop="6"/>
    <child type="nfsexport" start="5" stop="5"/>
    <child type="nfsclient" start="6" stop="4"/>
    <child type="ip" start="7" stop="2"/>
    <child type="smb" start="8" stop="3"/>
    <child type="script" start="9" stop="1"/>
  </special>
</resource-agent>
XML
}

validate() {
    if [ -z "${OCF_RESKEY_name:-}" ]; then
        ocf_log err "a service needs a name"
        return "$OCF_ERR_ARGS"
    fi
}

case ${1:-} in
    start | stop | restart | recover | reload | reconfig | status | monitor) exit "$OCF_SUCCESS" ;;
    validate-all | verify-all) validate ;;
    meta-data) meta_data ;;
    *) unimplemented "${1:-}" ;;
esac
