#!/bin/bash
# ccs_tool update on three nodes with real daemons, in namespaces of their own
#
#   update.sh SOURCE-TREE INSTALLED-TREE
#
# Environment: ROUNDS of updates without the start of a JVM (30).
set -eu

source=$1
tree=$2
rounds=${ROUNDS:-30}
work=$source/benchmarks/target/update
rm -rf "$work"
mkdir -p "$work"

# Inside: a switch, three hosts, and on each ccsd and cmand.
inside() {
    mount -t tmpfs none /run
    ip link add name switch type bridge mcast_snooping 0
    ip link set dev switch up
    for node in 1 2 3; do
        ip netns add n$node
        ip link add name n$node type veth peer name eth0 netns n$node
        ip link set dev n$node master switch up
        ip -n n$node addr add 10.77.0.$node/24 dev eth0
        ip -n n$node link set lo up
        ip -n n$node link set eth0 up
        ip -n n$node route add default dev eth0
        mkdir -p "$work/n$node/etc/cluster"
        {
            echo '<cluster name="update" config_version="1"><totem token="3000"/><fence_daemon clean_start="1"/>'
            echo '<clusternodes>'
            for other in 1 2 3; do echo "<clusternode name=\"10.77.0.$other\" nodeid=\"$other\"/>"; done
            echo '</clusternodes><rm/></cluster>'
        } > "$work/n$node/etc/cluster/cluster.conf"
        if [ $node = 1 ]; then
            on 1 ccs_tool genkey > "$work/log"
        else
            cp "$work/n1/etc/cluster/authkey" "$work/n$node/etc/cluster/"
        fi
        on $node ccsd
    done
    for node in 1 2 3; do on $node cman_tool -t 60 -w -q join & done
    wait
    for _ in $(seq 100); do
        [ "$(on 1 ccs_tool status | grep -c '  quorate$')" = 3 ] && break
        sleep 0.1
    done
    java=$(sh "$source/dist/src/main/package/java.sh" "$source/dist/src/main/tree/usr/lib/quorate/launch")
    "$java" -cp "$source/benchmarks/target/classes:$tree/usr/lib/quorate/*" \
        org.quorate.benchmarks.UpdateRounds "$work/n1" "$rounds"
    for round in 1 2 3 4 5; do
        version=$(on 1 ccs_tool query /cluster/@config_version)
        version=${version##*=}
        sed "s/config_version=\"[0-9]*\"/config_version=\"$((version + 1))\"/" "$work/n1/etc/cluster/cluster.conf" \
            > "$work/next.conf"
        began=$(date +%s%N)
        on 1 ccs_tool update "$work/next.conf" > "$work/said"
        between=$(date +%s%N)
        on 1 ccs_tool help > "$work/said"
        ended=$(date +%s%N)
        echo "command 'ccs_tool update': $(((between - began) / 1000000)) ms," \
            "'ccs_tool help': $(((ended - between) / 1000000)) ms"
    done
}

on() {
    host=$1
    shift
    QUORATE_ROOT=$work/n$host PATH=$tree/usr/sbin:$PATH ip netns exec n"$host" "$tree/usr/sbin/$@"
}

export -f inside on
export source tree rounds work
user=
[ "$(id -u)" = 0 ] || user='--user --map-root-user'
# shellcheck disable=SC2086
exec unshare $user --net --mount --pid --fork --kill-child --mount-proc -- bash -euc inside
