#!/bin/sh
# script: a program of the administrator that knows start, stop and status as an LSB init script does.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="script">
  <version>1.0</version>
  <longdesc lang="en">Runs an init script that follows the Linux Standard Base as part of a service.</longdesc>
  <shortdesc lang="en">An init script as a cluster resource.</shortdesc>
  <parameters>
    <parameter name="name" unique="1" primary="1">
      <longdesc lang="en">A name for the script.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="file" unique="1" required="1">
      <longdesc lang="en">The absolute path of the script, which is called with start, stop or status.</longdesc>
      <shortdesc lang="en">Path of the script</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="service_name" inherit="service%name">
      <longdesc lang="en">The name of the service around it, for scripts that want to know.</longdesc>
      <shortdesc lang="en">Name of the service</shortdesc>
      <content type="string"/>
    </parameter>
  </parameters>
  <actions>
    <!-- How long an init script takes is its own affair: no limits, and no deeper checks. -->
    <action name="start" timeout="0"/>
    <action name="stop" timeout="0"/>
    <action name="status" interval="30s" timeout="0"/>
    <action name="monitor" interval="30s" timeout="0"/>
    <action name="meta-data" timeout="0"/>
    <action name="validate-all" timeout="0"/>
  </actions>
</resource-agent>
XML
}

file=${OCF_RESKEY_file:-}

validate() {
    case $file in
        /*) ;;
        *)
            ocf_log err "file=\"$file\" is not an absolute path; give the path of an init script"
            return "$OCF_ERR_ARGS"
            ;;
    esac
    if [ ! -f "$file" ]; then
        ocf_log err "$file does not exist or is not a file"
        return "$OCF_ERR_INSTALLED"
    fi
    if [ ! -x "$file" ]; then
        ocf_log err "$file is not executable"
        return "$OCF_ERR_PERM"
    fi
}

# The script must not read what is meant for the daemon, hence no standard input.
run() {
    "$file" "$1" < /dev/null
}

start() {
    validate || return
    run start && return
    code=$?
    ocf_log err "$file start failed with exit status $code"
    return "$OCF_ERR_GENERIC"
}

# A script that is not there was never started by us, or lay on a file system that is already gone.
stop() {
    if [ ! -e "$file" ]; then
        ocf_log warning "$file does not exist: nothing to stop"
        return "$OCF_SUCCESS"
    fi
    validate || return
    run stop && return
    code=$?
    # LSB: 7 says that it was not running, which is what we want. With any other number nobody knows what still runs.
    [ "$code" -ne 7 ] || return "$OCF_SUCCESS"
    ocf_log err "$file stop failed with exit status $code"
    return "$OCF_ERR_GENERIC"
}

status() {
    validate || return
    run status && return
    code=$?
    ocf_log err "$file status says exit status $code"
    # LSB: 1 and 2 are dead with traces left, 3 is not running.
    case $code in
        1 | 2 | 3) return "$OCF_NOT_RUNNING" ;;
    esac
    return "$OCF_ERR_GENERIC"
}

case ${1:-} in
    start) start ;;
    stop) stop ;;
    status | monitor) status ;;
    restart) stop && start ;;
    validate-all | verify-all) validate ;;
    meta-data) meta_data ;;
    *) unimplemented "${1:-}" ;;
esac
