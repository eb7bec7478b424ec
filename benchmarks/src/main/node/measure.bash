# What is measured on the node itself; run there by src/main/sh/node.sh. Words: start commands memory idle.
# Times are in milliseconds; of several runs the median is told, and the least and greatest beside it.
export LC_ALL=C
daemons='ccsd cmand fenced dlmd rgmanager'
status_commands=(clustat 'clustat -x' 'cman_tool status' 'cman_tool nodes' 'fence_tool ls' 'ccs_tool lsnode'
    'ccs_tool status')
# What an interpreter takes that does nothing, and a JVM that has next to nothing to do.
java=$(cat /usr/lib/quorate/jdk)/bin/java
yardsticks=('python3 -c pass' "$java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -version")
results=$(mktemp -d)

quietly() { "$@" </dev/null >/dev/null 2>&1; }
millis() { echo $(($(date +%s%N) / 1000000)); }

# note FILE NUMBER; then tell FILE gives median, least and greatest of what was noted.
note() { echo "$2" >> "$results/$1"; }
tell() {
    sort -n "$results/$1" | awk '{ n[NR] = $1 }
        END { printf "%7.0f %7.0f %7.0f", (n[int((NR + 1) / 2)] + n[int(NR / 2) + 1]) / 2, n[1], n[NR] }'
}

start_all() {
    rm -f /run/started
    began=$(millis)
    for s in ccsd cman fenced rgmanager; do
        before=$(millis)
        quietly /etc/init.d/$s start || { tail -n 3 /var/log/cluster/*.log; echo "measure: $s does not start"; exit 1; }
        note "init script $s" $(($(millis) - before))
    done
    note "all init scripts" $(($(millis) - began))
    until [ -s /run/started ]; do sleep 0.02; done
    note "until the service has been started" $(($(cat /run/started) / 1000000 - began))
}

stop_all() { for s in rgmanager fenced cman ccsd; do quietly /etc/init.d/$s stop; done; }

pid_of() { cat "/run/cluster/$1.pid" 2>/dev/null; }

running() { for d in $daemons; do quietly kill -0 "$(pid_of $d)" || return 1; done; }

start() {
    echo "Start of a lone node, ms                 median   least greatest"
    for ((round = 0; round < ${ROUNDS:-5}; round++)); do
        start_all
        stop_all
    done
    for what in "init script ccsd" "init script cman" "init script fenced" "init script rgmanager" "all init scripts" \
            "until the service has been started"; do
        printf '  %-38s %s\n' "$what" "$(tell "$what")"
    done
}

commands() {
    local round line wall user system TIMEFORMAT='%3R %3U %3S'
    for ((round = 0; round <= ${ROUNDS:-20}; round++)); do
        for line in "${yardsticks[@]}" "${status_commands[@]}"; do
            # shellcheck disable=SC2086
            read -r wall user system < <({ time $line </dev/null >/dev/null 2>&1; } 2>&1)
            # The first round only warms the page cache.
            if [ $round -gt 0 ]; then
                note "wall ${line##*/}" $((10#${wall/./}))
                note "cpu ${line##*/}" $((10#${user/./} + 10#${system/./}))
            fi
        done
    done
    echo "Commands, ms               wall: median   least greatest    cpu: median   least greatest    wall to python3"
    for line in "${yardsticks[@]}" "${status_commands[@]}"; do
        line=${line##*/}
        printf '  %-28s %s       %s        %8.2f\n' "${line/-*version/-version}" "$(tell "wall $line")" \
            "$(tell "cpu $line")" \
            "$(echo "$(tell "wall $line") $(tell "wall python3 -c pass")" | awk '{ print $1 / $4 }')"
    done
}

memory() {
    echo "Memory of an idle node, MiB        PSS    of it anonymous"
    for d in $daemons; do
        pid=$(pid_of $d)
        awk -v d="$d" '/^Pss:/ { p = $2 } /^Pss_Anon:/ { a = $2 }
            END { printf "  %-28s %7.1f  %7.1f\n", d, p / 1024, a / 1024 }' "/proc/$pid/smaps_rollup"
    done | tee "$results/memory"
    awk '{ p += $2; a += $3 } END { printf "  %-28s %7.1f  %7.1f\n", "all", p, a }' "$results/memory"
}

ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$1/stat"; }

idle() {
    echo "Load of an idle node, % of a core over $SECONDS_IDLE s (agents included)"
    declare -A before
    for d in $daemons; do before[$d]=$(ticks "$(pid_of $d)"); done
    sleep "$SECONDS_IDLE"
    for d in $daemons; do
        pid=$(pid_of $d)
        awk -v d="$d" -v t=$(($(ticks "$pid") - before[$d])) -v s="$SECONDS_IDLE" -v hz="$(getconf CLK_TCK)" \
            'BEGIN { printf "  %-28s %7.2f\n", d, 100 * t / hz / s }'
    done | tee "$results/idle"
    awk '{ l += $2 } END { printf "  %-28s %7.2f\n", "all", l }' "$results/idle"
}

for word; do
    case $word in
        start) start ;;
        commands | memory | idle)
            running || { start_all; sleep 20; }     # what a start leaves behind is given back by then
            $word
            ;;
        *) echo "measure: $word: not known" >&2; exit 2 ;;
    esac
done
