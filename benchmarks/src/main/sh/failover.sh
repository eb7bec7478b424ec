#!/bin/bash
# many services of one dead node on two others: spread (its share of them), all (all of them)
#
#   failover.sh SOURCE-TREE INSTALLED-TREE [spread|all]...      both without a word
#
# Environment: SERVICES (200).
set -eu
export LC_ALL=C

source=$1
tree=$2
shift 2
services=${SERVICES:-200}
work=$source/benchmarks/target/failover
user=
userns=no
if [ "$(id -u)" != 0 ]; then
    user='--user --map-root-user'
    userns=yes
fi
holder=
trap 'end' EXIT
end() { [ -z "$holder" ] || kill -KILL "$holder" 2>/dev/null || :; }
fail() { echo "failover: $*" >&2; exit 1; }

# cluster.conf of three nodes; each service likes one of them best: with "all" the third.
configuration() {
    echo '<?xml version="1.0"?>'
    echo '<cluster name="crowd" config_version="1"><cman/><totem token="3000"/>'
    echo '<fence_daemon post_join_delay="3"/><clusternodes>'
    for n in 1 2 3; do
        echo "<clusternode name=\"crowd$n\" nodeid=\"$n\" votes=\"1\">"
        echo "<fence><method name=\"1\"><device name=\"pulled\" port=\"$n\"/></method></fence></clusternode>"
    done
    echo '</clusternodes><fencedevices><fencedevice name="pulled" agent="fence_pulled"/></fencedevices><rm>'
    echo '<failoverdomains>'
    for n in 1 2 3; do
        echo "<failoverdomain name=\"first$n\" ordered=\"1\">"
        echo "<failoverdomainnode name=\"crowd$n\" priority=\"1\"/></failoverdomain>"
    done
    echo '</failoverdomains>'
    for ((i = 1; i <= services; i++)); do
        [ "$1" = all ] && likes=3 || likes=$((i % 3 + 1))
        echo "<service name=\"s$i\" domain=\"first$likes\">"
        echo "<script name=\"s$i\" file=\"/etc/init.d/light$i\"/></service>"
    done
    echo '</rm></cluster>'
}

site() {
    # shellcheck disable=SC2086
    nsenter -t "$ground" ${user:+-U --preserve-credentials} -m -n -p sh /run/quorate-site/ground/site.sh "$@" 7>&-
}

# started NODE: how many services have been started there; owned NODE N: how many it says that node N has.
log=/var/log/cluster/rgmanager.log
started() { site enter "$1" grep -c 'Service service:.* started$' $log || :; }
owned() { site enter "$1" clustat 2>/dev/null | grep -c "crowd$2 .*started" || :; }

begin() {
    rm -rf "$work"
    mkdir -p "$work/conf"
    cp -R "$source/benchmarks/src/main/crowd/disk" "$work/conf/disk"
    configuration "$1" > "$work/conf/disk/etc/cluster/cluster.conf"
    # A file for each: rgmanager drops a script whose file another one has.
    for ((i = 1; i <= services; i++)); do
        ln -s light "$work/conf/disk/etc/init.d/light$i"
    done
    mkfifo "$work/in" "$work/out"
    # shellcheck disable=SC2086
    unshare $user --mount --net --pid --fork --kill-child --propagation private sh \
        "$source/dist/src/main/site/site.sh" ground "$tree" "$work/conf" $userns \
        <"$work/in" >"$work/out" 2>"$work/log" &
    holder=$!
    exec 7>"$work/in"
    read -r said ground < "$work/out" && [ "$said" = up ] || { cat "$work/log" >&2; exit 1; }
    for n in 1 2 3; do
        site slot "crowd$n" "$n"
        site on "crowd$n"
    done
    for n in 1 2 3; do
        site enter "crowd$n" sh -c 'for s in ccsd cman fenced rgmanager; do /etc/init.d/$s start || exit 1; done' \
            > "$work/crowd$n.out" 2>&1 &
        starts[n]=$!
    done
    for n in 1 2 3; do
        wait "${starts[n]}" || { cat "$work/crowd$n.out" >&2; fail "crowd$n does not start"; }
    done
}

# settle COUNT: waits until so many services are started, as crowd1 sees it.
settle() {
    for ((tries = 0; tries < 600; tries++)); do
        [ "$(site enter crowd1 clustat 2>/dev/null | grep -c ' started *$')" != "$1" ] || return 0
        sleep 0.5
    done
    fail "not all services are started after 300 s"
}

# Microseconds that the agents of one service take when nothing else is done.
agents() {
    site enter crowd1 sh -c '
        began=$(date +%s%N)
        for i in 1 2 3 4 5 6 7 8 9 10; do
            OCF_RESKEY_name=s$i OCF_RESKEY_service_name=s$i /usr/share/cluster/service.sh start
            OCF_RESKEY_name=s$i OCF_RESKEY_file=/etc/init.d/light /usr/share/cluster/script.sh start
        done >/dev/null 2>&1
        echo $((($(date +%s%N) - began) / 10000))'
}

measure() {
    begin "$1"
    settle "$services"
    [ "$1" = all ] && lost=$services || lost=$(((services + 1) / 3))
    for ((tries = 0; tries < 600; tries++)); do
        [ "$(owned crowd1 3)" != "$lost" ] || break
        sleep 0.5
    done
    [ "$tries" -lt 600 ] || fail "$(owned crowd1 3) of $lost services are on crowd3 after 300 s"
    for n in 1 2; do
        before[n]=$(started "crowd$n")
    done
    cut=$(date '+%Y-%m-%d %H:%M:%S.%3N' | seconds)
    site off crowd3
    for ((tries = 0; tries < 1200; tries++)); do
        now=0
        for n in 1 2; do
            now=$((now + $(started "crowd$n") - before[n]))
        done
        [ "$now" -lt "$lost" ] || break
        sleep 0.25
    done
    [ "$now" -ge "$lost" ] || fail "$now of $lost services are started 300 s after their node died"
    one=$(agents)
    report "$1"
    exec 7>&-
    wait "$holder" 2>/dev/null || :
    holder=
}

# Seconds of the day of log lines.
seconds() { awk -F'[- :.]' '{ printf "%.3f\n", ($4 * 60 + $5) * 60 + $6 + $7 / 1000 }'; }

report() {
    fenced=$(site enter crowd1 grep -h 'fence crowd3 success' /var/log/cluster/fenced.log | tail -n 1 | seconds)
    for n in 1 2; do
        site enter "crowd$n" grep -h 'Service service:.* started$' $log | tail -n +$((before[n] + 1))
    done | seconds | sort -n > "$work/times"
    awk -v name="$1" -v fenced="$fenced" -v cut="$cut" -v one="$one" -v cores="$(nproc)" '
        NR == 1 { first = $1 } { last = $1 }
        END {
            printf "Failover (%s): %d services of one node on two others, s\n", name, NR
            printf "  %-44s %8.2f\n", "from the power cut until it is fenced", fenced - cut
            printf "  %-44s %8.2f\n", "from fenced until the first has started", first - fenced
            printf "  %-44s %8.2f\n", "from fenced until the last has started", last - fenced
            printf "  %-44s %8.2f\n", "the agents of all of them on " cores " processors", NR * one / 1000000 / cores
        }' "$work/times"
}

[ $# != 0 ] || set -- spread all
for variant in "$@"; do
    measure "$variant"
done
