#!/bin/sh
# ip: an address that moves with its service.
#
# An agent's time is time that the service is away, so this one asks the kernel once (`ip addr`), reads the answer
# with the shell's own means, and lets the kernel itself look for duplicates and announce the address.
case $0 in */*) . "${0%/*}/ocf-shellfuncs" ;; *) . ./ocf-shellfuncs ;; esac

meta_data() {
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<resource-agent version="rgmanager 2.0" name="ip">
  <version>1.0</version>
  <longdesc lang="en">An IPv4 or IPv6 address that is added to the interface whose network contains it. The link of
    that interface can be watched as well.</longdesc>
  <shortdesc lang="en">A floating IP address.</shortdesc>
  <parameters>
    <parameter name="address" unique="1" primary="1">
      <longdesc lang="en">The address. Without /PREFIX it gets the prefix of the interface's own network.</longdesc>
      <shortdesc lang="en">IP address</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="family">
      <longdesc lang="en">inet or inet6. Anything else, and nothing: an address with a colon is inet6.</longdesc>
      <shortdesc lang="en">Address family</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="monitor_link">
      <longdesc lang="en">Unless this is 0 or no, starting and checking fail while the interface has no link.</longdesc>
      <shortdesc lang="en">Watch the link</shortdesc>
      <content type="boolean" default="1"/>
    </parameter>
    <parameter name="nfslock" inherit="service%nfslock">
      <longdesc lang="en">Tell NFS clients to reclaim their locks once the address is here.</longdesc>
      <shortdesc lang="en">Let NFS clients reclaim locks</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="sleeptime">
      <longdesc lang="en">Seconds to wait after the address was removed. Nothing is waited for unless this is given:
        the agent checks that the address is gone.</longdesc>
      <shortdesc lang="en">Wait after removal (seconds)</shortdesc>
      <content type="string"/>
    </parameter>
    <parameter name="disable_rdisc">
      <longdesc lang="en">Accepted for old configurations; routes are never touched.</longdesc>
      <shortdesc lang="en">Leave router discovery alone</shortdesc>
      <content type="boolean"/>
    </parameter>
    <parameter name="prefer_interface">
      <longdesc lang="en">The interface to use when the networks of several contain the address.</longdesc>
      <shortdesc lang="en">Preferred interface</shortdesc>
      <content type="string"/>
    </parameter>
  </parameters>
  <actions>
    <action name="start" timeout="20"/>
    <action name="stop" timeout="20"/>
    <!-- Is the address here, and has its interface a link? -->
    <action name="status" interval="20" timeout="10"/>
    <action name="monitor" interval="20" timeout="10"/>
    <!-- Does it answer, too? -->
    <action name="status" depth="10" interval="60" timeout="20"/>
    <action name="monitor" depth="10" interval="60" timeout="20"/>
    <action name="meta-data" timeout="20"/>
    <action name="validate-all" timeout="20"/>
  </actions>
  <special tag="rgmanager">
    <attributes maxinstances="1"/>
    <child type="nfsclient" forbid="1"/>
    <child type="nfsexport" forbid="1"/>
  </special>
</resource-agent>
XML
}

# ---- Addresses as words of 16 bits: 2 for IPv4, 8 for IPv6. So both families are compared in the same way. ----

# words_of FAMILY ADDRESS: sets words; fails unless ADDRESS is one of that family.
words_of() {
    case $1 in
        inet) ipv4_words "$2" ;;
        inet6) ipv6_words "$2" ;;
    esac
}

ipv4_words() {
    case $1 in
        '' | *[!0-9.]* | .* | *. | *..*) return 1 ;;
    esac
    IFS=.
    set -- $1
    unset IFS
    [ $# -eq 4 ] || return 1
    for octet in "$@"; do
        is_number "$octet" && [ "$octet" -le 255 ] || return 1
    done
    words="$(($1 << 8 | $2)) $(($3 << 8 | $4))"
}

ipv6_words() {
    case $1 in
        '' | *[!0-9a-fA-F:]* | *:::* | *::*::* | :[!:]* | *[!:]:) return 1 ;;
        *::*) ipv6_left=${1%%::*} ipv6_right=${1#*::} ipv6_most=7 ;;
        *) ipv6_left=$1 ipv6_right='' ipv6_most=8 ;;
    esac
    words=''
    ipv6_append $ipv6_left || return 1
    IFS=:
    set -- $ipv6_left $ipv6_right
    unset IFS
    [ $# -le "$ipv6_most" ] || return 1
    [ "$ipv6_most" -eq 7 ] || [ $# -eq 8 ] || return 1
    # The gap that :: stands for.
    ipv6_zeros=$((8 - $#))
    while [ "$ipv6_zeros" -gt 0 ]; do
        words="$words 0"
        ipv6_zeros=$((ipv6_zeros - 1))
    done
    ipv6_append $ipv6_right || return 1
    words=${words# }
}

# ipv6_append GROUPS: adds colon-separated hexadecimal groups to words.
ipv6_append() {
    IFS=:
    set -- ${1:-}
    unset IFS
    for group in "$@"; do
        case $group in
            ?????*) return 1 ;;
        esac
        words="$words $((0x$group))"
    done
}

# same_network WORDS WORDS BITS: whether the first BITS bits are equal.
same_network() {
    rest=$2
    bits=$3
    for word in $1; do
        [ "$bits" -gt 0 ] || return 0
        other=${rest%% *}
        rest=${rest#* }
        [ "$bits" -ge 16 ] && skip=0 || skip=$((16 - bits))
        [ $(((word ^ other) >> skip)) -eq 0 ] || return 1
        bits=$((bits - 16))
    done
}

# validate: reads the resource's attributes into address, prefix (empty unless given), family and wanted (its words).
validate() {
    address=${OCF_RESKEY_address:-}
    prefix=''
    case $address in
        */*) prefix=${address#*/} address=${address%%/*} ;;
    esac
    case ${OCF_RESKEY_family:-} in
        inet | inet6) family=$OCF_RESKEY_family ;;
        *) case $address in *:*) family=inet6 ;; *) family=inet ;; esac ;;
    esac
    [ "$family" = inet ] && width=32 || width=128
    if ! words_of "$family" "$address"; then
        ocf_log err "\"${OCF_RESKEY_address:-}\" is not an address of family $family"
        return "$OCF_ERR_ARGS"
    fi
    wanted=$words
    case ${OCF_RESKEY_address} in
        */*)
            if ! is_number "$prefix" || [ "$prefix" -lt 1 ] || [ "$prefix" -gt "$width" ]; then
                ocf_log err "\"$OCF_RESKEY_address\": the prefix must be between 1 and $width"
                return "$OCF_ERR_ARGS"
            fi
            ;;
    esac
}

watches_link() {
    case ${OCF_RESKEY_monitor_link:-1} in
        0 | no) return 1 ;;
    esac
    return 0
}

# ---- What the kernel knows ----

# survey: one look at all links and addresses. Sets
#   links              a line for each link: name, link below it (or -), link it is enslaved to (or -), its flags
#   holder, held       where our address is now (empty: nowhere), and with which prefix
#   device, length     the best interface for it, and the length of that interface's own network
survey() {
    links='' holder='' held='' holder_state='' device='' length=-1 device_rank=-1
    listing=$(ip addr show) || return 1
    while read -r first second third rest; do
        case $first in
            [0-9]*:) read_link "${second%:}" "$third" "$rest" ;;
            "$family") [ "$name" = lo ] || weigh "$second" "$third $rest" ;;
        esac
    done <<LISTING
$listing
LISTING
}

# read_link NAME[@BELOW] FLAGS REST
read_link() {
    name=${1%%@*}
    flags=${2#<}
    flags=",${flags%>},"
    case $1 in *@*) below=${1#*@} ;; *) below=- ;; esac
    case " $3 " in
        *' master '*) master=${3#*master } master=${master%% *} ;;
        *) master=- ;;
    esac
    links="$links$name $below $master $flags
"
}

# weigh ADDRESS/PREFIX REST: an address of the interface `name`: ours, or one in whose network ours would lie.
weigh() {
    own=${1%%/*}
    case $1 in
        */*) own_prefix=${1#*/} ;;
        *)
            # ADDRESS peer OTHER/PREFIX: a point-to-point link; it has no network to choose it for.
            own_prefix=${2#peer */}
            own_prefix=${own_prefix%% *}
            [ "$own" != "$address" ] || { holder=$name held=$own_prefix holder_state=" $2 "; }
            return 0
            ;;
    esac
    words_of "$family" "$own" || return 0
    if [ "$words" = "$wanted" ]; then
        holder=$name held=$own_prefix holder_state=" $2 "
        return 0
    fi
    case $flags in *,UP,*) ;; *) return 0 ;; esac
    if same_network "$words" "$wanted" "$own_prefix"; then
        rank=1
    elif [ -n "$prefix" ] && same_network "$words" "$wanted" "$prefix"; then
        rank=0
    else
        return 0
    fi
    # The administrator's choice first, then one whose own network it is, then the narrowest network.
    [ "$name" != "${OCF_RESKEY_prefer_interface:-}" ] || rank=$((rank + 2))
    if [ "$rank" -gt "$device_rank" ] || { [ "$rank" -eq "$device_rank" ] && [ "$own_prefix" -gt "$length" ]; }; then
        device=$name length=$own_prefix device_rank=$rank
    fi
}

# has_link NAME: whether it has a carrier and, when it stands on others (bond, VLAN, bridge), one of those has, too.
# A bond that is not told to watch its members claims a carrier for ever: that is why one must look below.
has_link() {
    level=$1
    depth=0
    while [ -n "$level" ] && [ "$depth" -lt 5 ]; do
        alive_among "$level"
        [ -n "$alive" ] || return 1
        below_these "$alive"
        level=$lower
        depth=$((depth + 1))
    done
    return 0
}

# alive_among NAMES: sets alive to those of them that have a carrier.
alive_among() {
    alive=''
    while read -r link below master flags; do
        case " $1 " in
            *" ${link:--} "*) ;;
            *) continue ;;
        esac
        case $flags in
            *,NO-CARRIER,* | *,DORMANT,*) ;;
            *,UP,*LOWER_UP,*) alive="$alive$link " ;;
        esac
    done <<LINKS
$links
LINKS
}

# below_these NAMES: sets lower to all links that they stand on.
below_these() {
    lower=''
    while read -r link below master flags; do
        case " $1 " in
            *" ${master:--} "*) lower="$lower$link " ;;
        esac
        case " $1 " in
            *" ${link:--} "*) ! on_this_host "$below" || lower="$lower$below " ;;
        esac
    done <<LINKS
$links
LINKS
}

# on_this_host NAME: the other end of a virtual cable may lie in another name space; then it is not in our list.
on_this_host() {
    case "
$links" in
        *"
$1 "*) return 0 ;;
    esac
    return 1
}

# ---- Neighbours ----

# taken: whether somebody else on the network answers for the address. The kernel is told to resolve it as if we
# wanted to talk to it; a holder on the same network answers within a millisecond, silence is taken as "free" after
# about 40. (Tools that probe by themselves take a second for it.)
taken() {
    if ! ip -"$number" -batch - 2> /dev/null <<BATCH
neigh flush to $address dev $device
neigh replace $address dev $device use
BATCH
    then
        ocf_log notice "cannot look for another holder of $address on $device"
        return 1
    fi
    for wait in 0.005 0.005 0.01 0.02 ''; do
        [ -z "$wait" ] || sleep "$wait"
        if answered; then
            ocf_log err "$address is in use on the network of $device: $answer answers for it"
            return 0
        fi
    done
    return 1
}

# answered: whether the resolution begun by taken has an answer; sets answer to the neighbour's hardware address.
answered() {
    if [ "$family" = inet ]; then
        while read -r neighbour _ state answer _ through; do
            [ "$neighbour/$through" != "$address/$device" ] || [ $((state & 2)) -eq 0 ] || return 0
        done < /proc/net/arp
        return 1
    fi
    answer=$(ip -6 neigh show to "$address" dev "$device")
    case $answer in
        *lladdr*) answer=${answer#*lladdr } answer=${answer%% *} ;;
        *) return 1 ;;
    esac
}

# announce: tells the neighbours who remember another holder, and is not waited for. For IPv4 arping does it, three
# times; for IPv6, and where there is no arping or one of another kind, the kernel does.
announce() {
    if [ "$family" = inet ] && command -v arping > /dev/null; then
        { arping -q -U -c 3 -I "$device" "$address" || announce_by_kernel; } < /dev/null > /dev/null 2>&1 &
    else
        announce_by_kernel
    fi
}

# announce_by_kernel: when told to (arp_notify, ndisc_notify), it announces all addresses of an interface whose hardware
# address is set, also when it is set to what it is.
announce_by_kernel() {
    if [ "$family" = inet ]; then
        switch=/proc/sys/net/ipv4/conf/$device/arp_notify
    else
        switch=/proc/sys/net/ipv6/conf/$device/ndisc_notify
    fi
    hardware=${listing#*: "$device"[:@]}
    hardware=${hardware#*link/}
    case $hardware in
        ether*) hardware=${hardware#ether } hardware=${hardware%% *} ;;
        # Point-to-point links have no neighbours.
        *) return 0 ;;
    esac
    before=0
    # The kernel gives such a file away one character at a time and then ends it: read fails although it has read.
    read -r before < "$switch"
    if ! echo 1 > "$switch" || ! ip link set dev "$device" address "$hardware"; then
        ocf_log notice "cannot announce $address on $device; neighbours may look for it at its old place for a while"
        return 1
    fi
    [ "$before" = 1 ] || echo "$before" > "$switch"
}

# ---- Actions ----

link_suffices() {
    watches_link || return 0
    has_link "$1" && return 0
    ocf_log err "$1 has no link"
    return 1
}

start() {
    survey || return "$OCF_ERR_GENERIC"
    if [ -n "$holder" ]; then
        link_suffices "$holder" || return "$OCF_ERR_GENERIC"
        ocf_log info "$address is on $holder already"
        return "$OCF_SUCCESS"
    fi
    if [ -z "$device" ]; then
        ocf_log err "no interface that is up has a network that contains $address"
        return "$OCF_ERR_GENERIC"
    fi
    link_suffices "$device" || return "$OCF_ERR_GENERIC"
    taken && return "$OCF_ERR_GENERIC"
    add && await_usable || return "$OCF_ERR_GENERIC"
    ocf_log info "added $address/${prefix:-$length} to $device"
    announce
    reclaim_locks
    return "$OCF_SUCCESS"
}

# nodad, for IPv6: we have looked for a duplicate ourselves; the kernel would keep the address unusable for seconds.
add() {
    if [ "$family" = inet ]; then
        ip -4 addr add "$address/${prefix:-$length}" dev "$device"
    else
        ip -6 addr add "$address/${prefix:-$length}" dev "$device" nodad
    fi
}

# await_usable: an IPv6 address is there before the kernel takes packets for it, and announces it only then. It does the
# rest by itself a moment later.
await_usable() {
    [ "$family" = inet6 ] || return 0
    for wait in 0.01 0.02 0.05 0.1 0.2 0.5 1 2 ''; do
        ! takes_packets || return 0
        [ -z "$wait" ] || sleep "$wait"
    done
    ocf_log err "$address is on $device, but the kernel takes no packets for it"
    ip -6 addr del "$address/${prefix:-$length}" dev "$device"
    return 1
}

# takes_packets: whether the kernel takes packets to the address as its own.
takes_packets() {
    case $(ip -"$number" route get "$address" 2> /dev/null) in
        local*) return 0 ;;
    esac
    return 1
}

reclaim_locks() {
    ocf_is_true "${OCF_RESKEY_nfslock:-}" && command -v sm-notify > /dev/null || return 0
    sm-notify -f -v "$address" < /dev/null > /dev/null 2>&1 &
}

stop() {
    removed=no
    for attempt in 1 2 3; do
        survey || return "$OCF_ERR_GENERIC"
        [ -n "$holder" ] || break
        ip -"$number" addr del "$address/$held" dev "$holder" && removed=yes &&
            ocf_log info "removed $address/$held from $holder"
    done
    if [ -n "$holder" ]; then
        # The last removal has not been checked yet.
        survey || return "$OCF_ERR_GENERIC"
        if [ -n "$holder" ]; then
            ocf_log err "$address is still on $holder"
            return "$OCF_ERR_GENERIC"
        fi
    fi
    if [ $removed = yes ] && is_number "${OCF_RESKEY_sleeptime:-}" && [ "$OCF_RESKEY_sleeptime" -gt 0 ]; then
        sleep "$OCF_RESKEY_sleeptime"
    fi
    return "$OCF_SUCCESS"
}

status() {
    survey || return "$OCF_ERR_GENERIC"
    if [ -z "$holder" ]; then
        ocf_log err "$address is on no interface"
        return "$OCF_NOT_RUNNING"
    fi
    case $holder_state in
        *' dadfailed '*)
            ocf_log err "$address on $holder is a duplicate"
            return "$OCF_ERR_GENERIC"
            ;;
    esac
    link_suffices "$holder" || return "$OCF_ERR_GENERIC"
    [ "${OCF_CHECK_LEVEL:-0}" -lt 10 ] || answers || return "$OCF_ERR_GENERIC"
    return "$OCF_SUCCESS"
}

# answers: whether the kernel takes packets to the address as its own, and answers them where there is a ping to try.
answers() {
    if ! takes_packets; then
        ocf_log err "packets to $address do not reach this node's own address"
        return 1
    fi
    if command -v ping > /dev/null && ! ping -"$number" -n -q -c 1 -W 2 "$address" < /dev/null > /dev/null 2>&1; then
        ocf_log err "$address does not answer"
        return 1
    fi
}

# prepared ACTION: runs it once the attributes are understood and the tools are there.
prepared() {
    validate || return
    [ "$family" = inet ] && number=4 || number=6
    if ! command -v ip > /dev/null; then
        ocf_log err "there is no ip command; install iproute2"
        return "$OCF_ERR_INSTALLED"
    fi
    "$1"
}

set -f
case ${1:-} in
    start | stop) prepared "$1" ;;
    status | monitor) prepared status ;;
    restart) prepared stop && prepared start ;;
    validate-all | verify-all) validate ;;
    meta-data) meta_data ;;
    *) unimplemented "${1:-}" ;;
esac
