#!/bin/sh
# openldap: a directory server that listens on the addresses of its service.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/server-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="openldap">
  <version>1.0</version>
  <longdesc lang="en">Runs an OpenLDAP directory server. URLs without a host are those of the addresses of its
    service, if there are any.</longdesc>
  <shortdesc lang="en">An OpenLDAP directory server.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for this server; what is kept of it lies in a folder of this name.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="config_file">
      <longdesc lang="en">slapd.conf, or the folder of the configuration in LDIF form.</longdesc>
      <shortdesc lang="en">Configuration file or folder</shortdesc>
      <content type="string" default="/etc/openldap/slapd.conf"/>
    </parameter>
    <parameter name="url_list">
      <longdesc lang="en">Where it listens, separated by blanks.</longdesc>
      <shortdesc lang="en">URLs</shortdesc>
      <content type="string" default="ldap:///"/>
    </parameter>
    <parameter name="slapd_options">
      <longdesc lang="en">Further options of slapd.</longdesc>
      <shortdesc lang="en">Options</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="shutdown_wait">
      <longdesc lang="en">How long a clean end is waited for; then the server is killed.</longdesc>
      <shortdesc lang="en">Wait when stopping (seconds)</shortdesc>
      <content type="integer"/>
    </parameter>
XML
    service_name_parameter
    cat <<'XML'
  </parameters>
  <actions>
    <action name="start" timeout="0"/>
    <action name="stop" timeout="0"/>
XML
    server_checks
    cat <<'XML'
    <action name="meta-data" timeout="0"/>
    <action name="validate-all" timeout="0"/>
  </actions>
</resource-agent>
XML
}

kind=openldap

validate() {
    config=${OCF_RESKEY_config_file:-/etc/openldap/slapd.conf}
}

equipment() {
    find_program slapd /usr/lib/openldap/slapd /usr/libexec/slapd || return "$OCF_ERR_INSTALLED"
    if [ ! -r "$config" ]; then
        ocf_log err "config_file=\"$config\" cannot be read"
        return "$OCF_ERR_CONFIGURED"
    fi
}

# urls: those of url_list; one without a host becomes one for each address of the service.
urls() {
    addresses=$(service_addresses)
    for url in ${OCF_RESKEY_url_list:-ldap:///}; do
        protocol=${url%%://*}
        rest=${url#*://}
        case $protocol:$rest in
            ldap:/* | ldaps:/* | ldap:: | ldap::* | ldaps::* | ldap: | ldaps:)
                if [ -n "$addresses" ]; then
                    for address in $addresses; do
                        echo "$protocol://$(in_brackets "$address")$rest"
                    done
                    continue
                fi
                ;;
        esac
        echo "$url"
    done
}

start() {
    already_running && return "$OCF_SUCCESS"
    equipment || return
    owner=$(first_user ldap openldap)
    make_folder || return "$OCF_ERR_GENERIC"
    [ -d "$config" ] && form=-F || form=-f
    case " ${OCF_RESKEY_slapd_options:-} " in
        *' -u'*) owner='' ;;
    esac
    joined ' ' $(urls) > "$folder/urls"
    read -r listen < "$folder/urls" || :
    # A level of 0 keeps it in the foreground without a word.
    launch '' "$program" -d 0 "$form" "$config" -h "$listen" ${owner:+-u "$owner"} ${OCF_RESKEY_slapd_options:-}
    await_ready 20 || return "$OCF_ERR_GENERIC"
}

# Whether it answers at its first URL. Without a client nobody can tell, and what lives for half a second is ready.
ready() {
    read -r first _ < "$folder/urls" || :
    if command -v ldapsearch > /dev/null; then
        ldapsearch -x -H "$first" -b '' -s base -l 5 > /dev/null 2>&1
        # 255: nobody answers there. Everything else is an answer, be it a refusal.
        [ $? -ne 255 ]
        return
    fi
    sleep 0.5
    find_process
}

stop() {
    end_process "$(seconds "${OCF_RESKEY_shutdown_wait:-}" 20)" TERM || return "$OCF_ERR_GENERIC"
}

status() {
    check_process
}

dispatch "$@"
