#!/bin/sh
# systemd: a unit of systemd as part of a service. systemd starts and stops it, rgmanager says where.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="systemd">
  <version>1.0</version>
  <longdesc lang="en">Runs a unit of systemd as part of a service. The unit must not be enabled: what starts at boot on
    every node would run on two.</longdesc>
  <shortdesc lang="en">A systemd unit as a cluster resource.</shortdesc>
  <parameters>
    <parameter name="name" unique="1" primary="1">
      <longdesc lang="en">A name for the resource.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="unit" unique="1" required="1">
      <longdesc lang="en">The unit, as nginx.service; without a suffix a service is meant.</longdesc>
      <shortdesc lang="en">Unit</shortdesc>
      <content type="string"/>
    </parameter>
  </parameters>
  <actions>
    <!-- systemd has limits of its own for each unit, TimeoutStartSec and TimeoutStopSec, by default below these. -->
    <action name="start" timeout="120"/>
    <action name="stop" timeout="120"/>
    <action name="status" interval="10s" timeout="10"/>
    <action name="monitor" interval="10s" timeout="10"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="10"/>
  </actions>
</resource-agent>
XML
}

unit=${OCF_RESKEY_unit:-}

validate() {
    case $unit in
        '' | -* | *[[:space:]]*)
            ocf_log err "unit=\"$unit\" is not the name of a unit; write for example nginx.service"
            return "$OCF_ERR_ARGS"
            ;;
        *.*) ;;
        *) unit=$unit.service ;;
    esac
    if ! command -v systemctl > /dev/null; then
        ocf_log err "there is no systemctl on this node; units need systemd"
        return "$OCF_ERR_INSTALLED"
    fi
}

# find_state: sets load, active, sub and result to what systemd says of the unit. Fails when systemd does not answer.
find_state() {
    load='' active='' sub='' result=''
    if ! answer=$(systemctl show -p LoadState -p ActiveState -p SubState -p Result -- "$unit" 2>&1); then
        ocf_log err "systemd does not say how $unit is: $answer"
        return 1
    fi
    while IFS='=' read -r property value; do
        case $property in
            LoadState) load=$value ;;
            ActiveState) active=$value ;;
            SubState) sub=$value ;;
            Result) result=$value ;;
        esac
    done <<TEXT
$answer
TEXT
    [ -n "$active" ] && return
    ocf_log err "systemd does not say how $unit is: $answer"
    return 1
}

# explain: the last lines of the unit's own journal, for whoever reads ours.
explain() {
    command -v journalctl > /dev/null || return 0
    journalctl -q --no-pager -n 5 -o cat -u "$unit" < /dev/null 2> /dev/null | while IFS= read -r line; do
        ocf_log err "$unit: $line"
    done
}

start() {
    find_state || return "$OCF_ERR_GENERIC"
    if [ "$load" != loaded ]; then
        ocf_log err "$unit is $load on this node"
        return "$OCF_ERR_INSTALLED"
    fi
    case $(systemctl is-enabled -- "$unit" 2> /dev/null) in
        enabled | enabled-runtime)
            ocf_log warning "$unit is enabled: it would start at boot, wherever the service runs; systemctl disable $unit"
            return "$OCF_ERR_CONFIGURED"
            ;;
    esac
    if [ "$active" = active ]; then
        ocf_log info "$unit is active already"
        return "$OCF_SUCCESS"
    fi
    if ! complaint=$(systemctl start -- "$unit" 2>&1); then
        ocf_log err "cannot start $unit: $complaint"
        explain
        return "$OCF_ERR_GENERIC"
    fi
    # A unit without RemainAfterExit may have done its work and be gone: that is no service to watch.
    find_state || return "$OCF_ERR_GENERIC"
    if [ "$active" != active ]; then
        ocf_log err "$unit has been started and is $active ($sub, $result)"
        explain
        return "$OCF_ERR_GENERIC"
    fi
    ocf_log info "started $unit"
}

stop() {
    find_state || return "$OCF_ERR_GENERIC"
    case $load:$active in
        not-found:inactive) return "$OCF_SUCCESS" ;;
    esac
    if ! complaint=$(systemctl stop -- "$unit" 2>&1); then
        ocf_log err "cannot stop $unit: $complaint"
        explain
        return "$OCF_ERR_GENERIC"
    fi
    find_state || return "$OCF_ERR_GENERIC"
    case $active in
        inactive) ;;
        # What systemd had to kill is gone too; the mark it leaves would be in the way of nothing but a reader.
        failed) systemctl reset-failed -- "$unit" > /dev/null 2>&1 || : ;;
        *)
            ocf_log err "$unit has been stopped and is $active ($sub)"
            return "$OCF_ERR_GENERIC"
            ;;
    esac
    return "$OCF_SUCCESS"
}

status() {
    find_state || return "$OCF_ERR_GENERIC"
    case $active:$sub in
        active:* | reloading:*) return "$OCF_SUCCESS" ;;
        # systemd restarts by Restart= what has just failed: recovery is rgmanager's, who counts restarts.
        activating:auto-restart*) ;;
        activating:*) return "$OCF_SUCCESS" ;;
    esac
    ocf_log err "$unit is $active ($sub, $result)"
    explain
    return "$OCF_NOT_RUNNING"
}

dispatch "$@"
