#!/bin/sh
# lvm: a volume group, or one volume of it, that is active on one node at a time.
#
# The node that has it puts its own name on it as a tag, and activates only what has that tag: so a volume cannot become
# active on a second node by mistake, as long as all nodes have volume_list in lvm.conf or autoactivation off. That the
# other node is really gone is the care of rgmanager: its locks, and fencing.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="lvm">
  <version>1.0</version>
  <longdesc lang="en">Activates a volume group or a logical volume on shared storage, on one node at a time, by
    tags.</longdesc>
  <shortdesc lang="en">A volume group or logical volume.</shortdesc>
  <parameters>
    <parameter name="name" primary="1">
      <longdesc lang="en">A name for it.</longdesc>
      <shortdesc lang="en">Name</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="vg_name" required="1">
      <longdesc lang="en">The name of the volume group.</longdesc>
      <shortdesc lang="en">Volume group</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="lv_name">
      <longdesc lang="en">The name of a logical volume; without it all of the group.</longdesc>
      <shortdesc lang="en">Logical volume</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="self_fence">
      <longdesc lang="en">Restart this node at once when it cannot be deactivated.</longdesc>
      <shortdesc lang="en">Restart the node when stopping fails</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="nfslock" inherit="service%nfslock">
      <longdesc lang="en">Handed down by the service.</longdesc>
      <shortdesc lang="en">Let NFS clients reclaim locks</shortdesc>
      <content type="boolean"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="5"/>
    <action name="stop" timeout="5"/>
    <!-- Is it active here, and ours? -->
    <action name="status" timeout="5" interval="1h"/>
    <action name="monitor" timeout="5" interval="1h"/>
    <action name="meta-data" timeout="5"/>
    <action name="validate-all" timeout="30"/>
  </actions>
  <special tag="rgmanager">
    <attributes maxinstances="1"/>
  </special>
</resource-agent>
XML
}

validate() {
    group=${OCF_RESKEY_vg_name:-}
    volume=${OCF_RESKEY_lv_name:-}
    case $group/$volume in
        /* | *[!A-Za-z0-9+_.@/-]* | -* | *//*)
            ocf_log err "vg_name=\"$group\" lv_name=\"$volume\": these are no names that LVM knows"
            return "$OCF_ERR_ARGS"
            ;;
    esac
    # What is meant: VG, or VG/LV; and what kind of thing carries the tag.
    what=$group${volume:+/$volume}
    [ -n "$volume" ] && kind=lv || kind=vg
    owner=${QUORATE_NODE:-$(uname -n)}
}

equipped() {
    command -v lvm > /dev/null && return
    ocf_log err "there is no lvm on this node; install lvm2"
    return 1
}

# It complains about files that rgmanager has open.
export LVM_SUPPRESS_FD_WARNINGS=1

# ask FIELD: prints it of what is meant, without blanks.
ask() {
    lvm "${kind}s" --noheadings -o "$1" "$what" 2> /dev/null < /dev/null | tr -d ' '
}

# tags: ours and those of others, one a line.
tags() {
    ask "${kind}_tags" | tr ',' '\n'
}

is_tagged() {
    tags | grep -qxF "$owner"
}

# count_volumes: sets active and inactive to how many of its volumes are so. Fails when LVM cannot say.
count_volumes() {
    active=0 inactive=0
    states=$(lvm lvs --noheadings -o lv_active "$what" 2> /dev/null < /dev/null) || return 1
    # Inactive ones stand there as an empty line where nothing is printed for them.
    while read -r word; do
        case $word in
            active) active=$((active + 1)) ;;
            *) inactive=$((inactive + 1)) ;;
        esac
    done <<STATES
$states
STATES
}

is_active() {
    count_volumes && [ "$active" -gt 0 ] && [ "$inactive" -eq 0 ]
}

is_inactive() {
    count_volumes && [ "$active" -eq 0 ]
}

# own: our tag instead of all others. Those are names of nodes that had it before us.
own() {
    for tag in $(tags); do
        if [ "$tag" != "$owner" ]; then
            ocf_log notice "takes $what over from $tag"
            change --deltag "$tag" || return 1
        fi
    done
    is_tagged || change --addtag "$owner"
}

change() {
    lvm "${kind}change" "$@" "$what" > /dev/null < /dev/null
}

start() {
    equipped || return "$OCF_ERR_INSTALLED"
    if ! ask "${kind}_name" | grep -q .; then
        ocf_log err "there is no $what on this node"
        return "$OCF_ERR_GENERIC"
    fi
    # The fourth of six letters: a part of the group is missing.
    case $(lvm vgs --noheadings -o vg_attr "$group" 2> /dev/null < /dev/null | tr -d ' ') in
        ???p??)
            ocf_log err "$group lacks a physical volume; bring it back, or remove it by vgreduce --removemissing"
            return "$OCF_ERR_GENERIC"
            ;;
    esac
    if ! own; then
        ocf_log err "cannot mark $what as this node's"
        return "$OCF_ERR_GENERIC"
    fi
    # Whatever lvm.conf says: what bears our tag, and only that.
    change --config "activation { volume_list = [ \"@$owner\" ] }" -a y
    if ! is_active; then
        ocf_log err "cannot activate $what"
        return "$OCF_ERR_GENERIC"
    fi
    ocf_log info "activated $what"
}

stop() {
    equipped || return "$OCF_ERR_INSTALLED"
    if ! ask "${kind}_name" | grep -q .; then
        # What this node cannot see it cannot write to, unless it was active when the disk went.
        ! ls "/dev/$group/${volume:-}"* > /dev/null 2>&1 || {
            ocf_log err "$what cannot be found, but /dev/$group is there"
            restart_if_told
            return "$OCF_ERR_GENERIC"
        }
        ocf_log info "there is no $what on this node"
        return "$OCF_SUCCESS"
    fi
    # It may be in use for a moment by those who look at every new device.
    for attempt in 1 2 3 4 5; do
        is_inactive && break
        change -a n 2> /dev/null || sleep 0.5
    done
    if ! is_inactive; then
        complaint=$(lvm "${kind}change" -a n "$what" 2>&1 > /dev/null < /dev/null)
        ocf_log err "$what is still active: $complaint"
        restart_if_told
        return "$OCF_ERR_GENERIC"
    fi
    ! is_tagged || change --deltag "$owner" || return "$OCF_ERR_GENERIC"
    ocf_log info "deactivated $what"
}

restart_if_told() {
    ! ocf_is_true "${OCF_RESKEY_self_fence:-}" || restart_node "$what cannot be deactivated"
}

status() {
    equipped || return "$OCF_ERR_INSTALLED"
    if ! is_active; then
        ocf_log err "$what is not active"
        return "$OCF_NOT_RUNNING"
    fi
    if ! is_tagged; then
        ocf_log err "$what is active, but not marked as this node's: its tags are \"$(ask "${kind}_tags")\""
        return "$OCF_ERR_GENERIC"
    fi
}

dispatch "$@"
