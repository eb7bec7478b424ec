#!/bin/sh
# named: a name server that listens on the addresses of its service.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
. "$here/ocf-shellfuncs"
. "$here/server-shellfuncs"

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="named">
  <version>1.0</version>
  <longdesc lang="en">Runs a BIND name server with a configuration of its own. It listens on the addresses of its
    service, if there are any.</longdesc>
  <shortdesc lang="en">A BIND name server.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for this server; what is kept of it lies in a folder of this name.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="config_file">
      <longdesc lang="en">The main configuration file.</longdesc>
      <shortdesc lang="en">Configuration file</shortdesc>
      <content type="string" default="/etc/named.conf"/>
    </parameter>
    <parameter name="named_sdb">
      <longdesc lang="en">Run named_sdb, which reads zones from databases.</longdesc>
      <shortdesc lang="en">Program with database back ends</shortdesc>
      <content type="boolean" default="0"/>
    </parameter>
    <parameter name="named_working_dir">
      <longdesc lang="en">The folder that paths in the configuration are relative to.</longdesc>
      <shortdesc lang="en">Working directory</shortdesc>
      <content type="string" default="/var/named"/>
    </parameter>
    <parameter name="named_options">
      <longdesc lang="en">Further options of named.</longdesc>
      <shortdesc lang="en">Options</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="update_source">
      <longdesc lang="en">Ask, notify and transfer from the first address of the service instead of the one that
        the kernel chooses.</longdesc>
      <shortdesc lang="en">Source address</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="shutdown_wait">
      <longdesc lang="en">How long a clean end is waited for; then the server is killed.</longdesc>
      <shortdesc lang="en">Wait when stopping (seconds)</shortdesc>
      <content type="integer" default="5"/>
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

kind=named

validate() {
    config=${OCF_RESKEY_config_file:-/etc/named.conf}
    work=${OCF_RESKEY_named_working_dir:-/var/named}
}

equipment() {
    if ocf_is_true "${OCF_RESKEY_named_sdb:-}"; then
        find_program named_sdb || return "$OCF_ERR_INSTALLED"
    else
        find_program named || return "$OCF_ERR_INSTALLED"
    fi
    if [ ! -r "$config" ] || [ ! -d "$work" ]; then
        ocf_log err "config_file=\"$config\" named_working_dir=\"$work\": one of them is not there"
        return "$OCF_ERR_CONFIGURED"
    fi
}

# statements: what is ours in the options block.
statements() {
    printf 'directory "%s"; pid-file "%s";' "$work" "$folder/run/named.pid"
    four='' six=''
    for address in $(service_addresses); do
        case $address in
            *:*) six="$six $address;" ;;
            *) four="$four $address;" ;;
        esac
    done
    [ -n "$four$six" ] || return 0
    printf ' listen-on {%s }; listen-on-v6 {%s };' "${four:- none;}" "${six:- none;}"
    ocf_is_true "${OCF_RESKEY_update_source:-}" || return 0
    for address in $four; do
        printf ' query-source address %s notify-source %s transfer-source %s' "$address" "$address" "$address"
        break
    done
    for address in $six; do
        printf ' query-source-v6 address %s notify-source-v6 %s transfer-source-v6 %s' "$address" "$address" "$address"
        break
    done
}

# configure: the configuration with our statements in its options block, and without others of their names there. The
# file that holds the block may be an included one; it is then written into the main one.
configure() {
    statements=$(statements) awk '
        function whole(file,    text, line) {
            while ((getline line < file) > 0) {
                sub(/(^|[ \t])(\/\/|#).*/, "", line)
                text = text line "\n"
            }
            close(file)
            while (match(text, /\/\*/)) {
                end = index(substr(text, RSTART), "*/")
                text = substr(text, 1, RSTART - 1) (end ? substr(text, RSTART + end + 1) : "")
            }
            return text
        }
        # The statements of a block, one after the other, save those of the names given.
        function without(block, names,    kept, depth, at, c, start, statement, word) {
            start = 1
            for (at = 1; at <= length(block); at++) {
                c = substr(block, at, 1)
                depth += (c == "{") - (c == "}")
                if (c == ";" && depth == 0) {
                    statement = substr(block, start, at - start + 1)
                    split(statement, word, /[ \t\n{;]+/)
                    if (index(names, " " (word[1] == "" ? word[2] : word[1]) " ") == 0) {
                        kept = kept statement
                    }
                    start = at + 1
                }
            }
            return kept
        }
        BEGIN {
            text = whole(ARGV[1])
            names = " directory pid-file "
            ours = ENVIRON["statements"]
            names = names (ours ~ /listen-on/ ? "listen-on listen-on-v6 " : "")
            names = names (ours ~ /query-source address/ ? "query-source notify-source transfer-source " : "")
            names = names (ours ~ /query-source-v6/ ? "query-source-v6 notify-source-v6 transfer-source-v6 " : "")
            rest = text
            while (text !~ /(^|\n)[ \t]*options[ \t\n]*{/ && match(rest, /include[ \t\n]*"[^"]*"[ \t]*;/)) {
                statement = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                split(statement, part, "\"")
                inner = whole(part[2])
                if (inner ~ /(^|\n)[ \t]*options[ \t\n]*{/) {
                    at = index(text, statement)
                    text = substr(text, 1, at - 1) "\n" inner substr(text, at + length(statement))
                }
            }
            if (!match(text, /(^|\n)[ \t]*options[ \t\n]*{/)) {
                printf "options { %s };\n%s", ours, text
                exit
            }
            head = substr(text, 1, RSTART + RLENGTH - 1)
            text = substr(text, RSTART + RLENGTH)
            depth = 1
            for (at = 1; depth > 0 && at <= length(text); at++) {
                c = substr(text, at, 1)
                depth += (c == "{") - (c == "}")
            }
            printf "%s %s\n%s%s", head, ours, without(substr(text, 1, at - 2), names), substr(text, at - 1)
        }' "$config" > "$folder/named.conf"
}

start() {
    already_running && return "$OCF_SUCCESS"
    equipment || return
    owner=$(first_user named bind)
    make_folder "$owner" || return "$OCF_ERR_GENERIC"
    if ! configure; then
        ocf_log err "cannot write $folder/named.conf"
        return "$OCF_ERR_GENERIC"
    fi
    case " ${OCF_RESKEY_named_options:-} " in
        *' -u'*) owner='' ;;
    esac
    rm -f "$folder/run/named.pid"
    launch '' "$program" -f -c "$folder/named.conf" ${owner:+-u "$owner"} ${OCF_RESKEY_named_options:-}
    await_ready 20 || return "$OCF_ERR_GENERIC"
}

# Its configuration is loaded once it writes its pid file; it listens for questions by TCP as well as by UDP.
ready() {
    [ -s "$folder/run/named.pid" ] && listens
}

stop() {
    end_process "$(seconds "${OCF_RESKEY_shutdown_wait:-}" 5)" TERM || return "$OCF_ERR_GENERIC"
}

# Deep down a question is put to it, where there is something to ask with: any answer is one.
status() {
    if ! find_process; then
        ocf_log err "does not run"
        return "$OCF_NOT_RUNNING"
    fi
    [ "${OCF_CHECK_LEVEL:-0}" -ge 10 ] && command -v dig > /dev/null || return "$OCF_SUCCESS"
    for address in $(service_addresses); do
        if ! dig +time=2 +tries=2 "@$address" . SOA > /dev/null 2>&1; then
            ocf_log err "process $pid runs but does not answer at $address"
            return "$OCF_ERR_GENERIC"
        fi
    done
}

dispatch "$@"
