#!/bin/sh
# Makes the start-up caches of an installed tree: runs its programs for real, on one blade of a site with a cluster of
# its own, and lets the JVM write down what they needed. Commands get an ahead-of-time cache (JEP 514), which is the
# fastest; daemons share a class data archive, which is the smallest. What cannot be learnt is left out, and a program
# without a cache only starts slower: nothing here fails the build.
#
#   train.sh SOURCE-TREE INSTALLED-TREE
set -eu

source=$1
tree=$2
work=$source/dist/target/training
aot=$tree/usr/lib/quorate/aot

give_up() {
    echo "train: no start-up caches: $*" >&2
    exit 0
}

user=
userns=no
if [ "$(id -u)" != 0 ]; then
    user='--user --map-root-user'
    userns=yes
fi
unshare $user --mount --net --pid --fork true 2>/dev/null || give_up "this machine allows neither root nor namespaces"

rm -rf "$work" "$aot"
mkdir -p "$work"
mkfifo "$work/in" "$work/out"
unshare $user --mount --net --pid --fork --kill-child --propagation private sh "$source/dist/src/main/site/site.sh" \
    ground "$tree" "$source/dist/src/main/package/training" $userns <"$work/in" >"$work/out" 2>"$work/log" &
holder=$!
exec 7>"$work/in"
trap 'kill -KILL $holder 2>/dev/null || :' EXIT
read -r said ground < "$work/out" || give_up "$(cat "$work/log")"
[ "$said" = up ] || give_up "$said"

site() {
    nsenter -t "$ground" ${user:+-U --preserve-credentials} -m -n -p sh /run/quorate-site/ground/site.sh "$@" 7>&-
}

site slot am1 1
site on am1
site enter am1 sh -s < "$source/dist/src/main/package/rehearse.sh" >>"$work/log" 2>&1 || :
mkdir -p "$aot"
site enter am1 sh -c 'cd /var/training && tar -cf - tools.aot daemons.jsa' | tar -xf - --no-same-owner -C "$aot" ||
    give_up "nothing was learnt (see $work/log)"
site enter am1 sh -c 'cd /var && tar -cf - log/cluster training/*.classes' > "$work/learnt.tar" 2>/dev/null || :
for cache in "$aot"/*; do
    [ -s "$cache" ] || rm -f "$cache"
done
echo "train: start-up caches: $(cd "$aot" && echo *)"
