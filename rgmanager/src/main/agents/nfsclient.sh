#!/bin/sh
# nfsclient: to whom a path is exported by NFS.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="nfsclient">
  <version>1.0</version>
  <longdesc lang="en">Exports the path of the file system or NFS server around it to a host, a network, a netgroup or
    everybody.</longdesc>
  <shortdesc lang="en">A client of an NFS export.</shortdesc>
  <parameters>
    <parameter name="name" unique="1" primary="1">
      <longdesc lang="en">A name for this client.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="target" required="1">
      <longdesc lang="en">A host, a pattern with *, a network as ADDRESS/PREFIX, or @NETGROUP; see
        exports(5).</longdesc>
      <shortdesc lang="en">Client</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="path" inherit="path">
      <longdesc lang="en">What is exported; taken from the nfsexport or nfsserver around it.</longdesc>
      <shortdesc lang="en">Path</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="svcname" inherit="service%name">
      <longdesc lang="en">The name of the service around it.</longdesc>
      <shortdesc lang="en">Service</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="fsid" inherit="fsid">
      <longdesc lang="en">The id of the file system; an fsid among the options comes before it.</longdesc>
      <shortdesc lang="en">File system id</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="options">
      <longdesc lang="en">Options as in exports(5), separated by commas.</longdesc>
      <shortdesc lang="en">Export options</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="allow_recover">
      <longdesc lang="en">Unless this is 0 or no, a client that is missing is exported to again, without a
        restart of the service.</longdesc>
      <shortdesc lang="en">Export again when missing</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="service_name" inherit="service%name">
      <longdesc lang="en">The name of the service around it.</longdesc>
      <shortdesc lang="en">Name of the service</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="use_cache" inherit="service%nfs_client_cache">
      <longdesc lang="en">Accepted for old configurations; looking at the export list costs nothing.</longdesc>
      <shortdesc lang="en">Cache the export list (no effect)</shortdesc>
      <content type="integer"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="90"/>
    <action name="stop" timeout="5"/>
    <action name="recover" timeout="90"/>
    <!-- Is the path exported to it? -->
    <action name="status" timeout="5" interval="1m"/>
    <action name="monitor" timeout="5" interval="1m"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="30"/>
  </actions>
</resource-agent>
XML
}

etab=${QUORATE_ROOT:-}/var/lib/nfs/etab

validate() {
    path=${OCF_RESKEY_path:-}
    target=${OCF_RESKEY_target:-}
    case $path in
        /*) ;;
        *)
            ocf_log err "path=\"$path\" is not absolute; an nfsclient belongs into an nfsexport or nfsserver"
            return "$OCF_ERR_ARGS"
            ;;
    esac
    case $target in
        '' | *[[:blank:]]* | *\(* | *\)*)
            ocf_log err "target=\"$target\" is no host, network or netgroup"
            return "$OCF_ERR_ARGS"
            ;;
    esac
}

# An IPv6 address is written in brackets.
client() {
    case $target in
        @* | \[*) printf %s "$target" ;;
        *:*/*) printf '[%s]/%s' "${target%%/*}" "${target#*/}" ;;
        *:*) printf '[%s]' "$target" ;;
        *) printf %s "$target" ;;
    esac
}

# options: what was configured, and the file system's id unless another is given there.
options() {
    case ,${OCF_RESKEY_options:-}, in
        *,fsid=*) printf %s "$OCF_RESKEY_options" ;;
        *) printf %s "${OCF_RESKEY_options:-}${OCF_RESKEY_fsid:+${OCF_RESKEY_options:+,}fsid=$OCF_RESKEY_fsid}" ;;
    esac
}

start() {
    if ! command -v exportfs > /dev/null; then
        ocf_log err "there is no exportfs on this node; install the NFS server"
        return "$OCF_ERR_INSTALLED"
    fi
    options=$(options)
    if ! complaint=$(exportfs -i ${options:+-o "$options"} "$(client):$path" 2>&1 < /dev/null); then
        ocf_log err "cannot export $path to $target: $complaint"
        return "$OCF_ERR_GENERIC"
    fi
    [ -z "$complaint" ] || ocf_log notice "$complaint"
    ocf_log info "exported $path to $target"
}

stop() {
    command -v exportfs > /dev/null && is_exported || return "$OCF_SUCCESS"
    complaint=$(exportfs -u "$(client):$path" 2>&1 < /dev/null)
    if is_exported; then
        ocf_log err "$path is still exported to $target: $complaint"
        return "$OCF_ERR_GENERIC"
    fi
    ocf_log info "exports $path to $target no more"
}

recover() {
    case ${OCF_RESKEY_allow_recover:-1} in
        0 | [Nn] | [Nn][Oo] | [Ff][Aa][Ll][Ss][Ee] | [Oo][Ff][Ff])
            ocf_log err "$path is not exported to $target, and allow_recover forbids to do it again"
            return "$OCF_ERR_GENERIC"
            ;;
    esac
    start
}

# is_exported: by exportfs's own table, whose lines are PATH, a tab, CLIENT(OPTIONS). Hosts stand there by the name that
# the resolver knows them by.
is_exported() {
    [ -r "$etab" ] || return 1
    canonical=''
    case $target in
        @* | *[*?/]*) ;;
        *)
            canonical=$(getent hosts "$target") && set -- $canonical && canonical=${2:-}
            ;;
    esac
    tab=$(printf '\t')
    while IFS=$tab read -r exported whom _; do
        case $exported in *\\*) exported=$(printf '%b' "$(spell "$exported")") ;; esac
        [ "$exported" = "$path" ] || continue
        whom=${whom%%\(*}
        [ "$whom" != "$target" ] && [ "$whom" != "$(client)" ] && [ "$whom" != "$canonical" ] || return 0
    done < "$etab"
    return 1
}

# spell TEXT: with its octal numbers as printf %b wants them: \040 is \0040 there.
spell() {
    printf %s "$1" | sed 's/\\\([0-7][0-7][0-7]\)/\\0\1/g'
}

status() {
    is_exported && return "$OCF_SUCCESS"
    ocf_log err "$path is not exported to $target"
    return "$OCF_NOT_RUNNING"
}

case ${1:-} in
    recover) prepared recover ;;
    *) dispatch "$@" ;;
esac
