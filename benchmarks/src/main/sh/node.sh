#!/bin/bash
# a lone quorate node with one service: start, commands, memory, idle (its load)
#
#   node.sh SOURCE-TREE INSTALLED-TREE [start|commands|memory|idle]...      all without a word
#
# Environment: ROUNDS of each start (5) and command (20), SECONDS_IDLE (60).
set -eu

source=$1
tree=$2
shift 2
work=$source/benchmarks/target/node
user=
userns=no
if [ "$(id -u)" != 0 ]; then
    user='--user --map-root-user'
    userns=yes
fi

rm -rf "$work"
mkdir -p "$work"
mkfifo "$work/in" "$work/out"
# shellcheck disable=SC2086
unshare $user --mount --net --pid --fork --kill-child --propagation private sh "$source/dist/src/main/site/site.sh" \
    ground "$tree" "$source/benchmarks/src/main/node" $userns <"$work/in" >"$work/out" 2>"$work/log" &
holder=$!
exec 7>"$work/in"
trap 'kill -KILL $holder 2>/dev/null || :' EXIT
read -r said ground < "$work/out" && [ "$said" = up ] || { cat "$work/log" >&2; exit 1; }

site() {
    # shellcheck disable=SC2086
    nsenter -t "$ground" ${user:+-U --preserve-credentials} -m -n -p sh /run/quorate-site/ground/site.sh "$@" 7>&-
}

site slot am1 1
site on am1
[ $# != 0 ] || set -- start commands memory idle
site enter am1 env ROUNDS="${ROUNDS:-}" SECONDS_IDLE="${SECONDS_IDLE:-60}" \
    bash -c "$(cat "$source/benchmarks/src/main/node/measure.bash")" measure "$@"
