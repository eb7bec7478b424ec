#!/bin/sh
# The ground under a site: the namespaces, bridges and file systems that stand for blades, switches and cables.
#
#   site.sh ground TREE CONF USERNS  pid 1 of the site: lays the bridges, then holds everything until its stdin ends
#   site.sh station NAME ADDRESS BRIDGE   a bare network host (the management module, a client)
#   site.sh slot NAME NUMBER       a blade's slot with an empty disk; the blade stays off
#   site.sh on NAME | off NAME | state NAME
#   site.sh links NAME DIRECTION [INTERFACE]   what the switches pass for a blade: both, none, in, out, or unplugged;
#                                  for one interface of it alone only until it boots again
#   site.sh enter NAME COMMAND...  runs a command on a blade
#   site.sh at NAME COMMAND...     runs a command at a station
#
# "ground" runs in a mount, network and pid namespace made for it; all others are run inside of it. What is made here
# lives in these namespaces alone, so that the end of pid 1 is the end of every process, mount and link of the site.
set -eu

here=/run/quorate-site/ground
networks='bond0 bond1'                  # as a blade calls its interfaces
say() { echo "site: $*" >&2; }
fail() { say "$@"; exit 1; }

# bond0 is the business network, bond1 the cluster network: the names of their bridges and the first three bytes.
bridge_of() { case $1 in bond0) echo business ;; bond1) echo cluster ;; esac; }
prefix_of() { case $1 in business) echo 192.168.100 ;; cluster) echo 192.168.110 ;; esac; }

ground() {
    read -r self _ < /proc/self/stat    # while /proc is still the machine's: the pid that others know us by
    trap 'exit 0' TERM
    mount -t proc proc /proc
    # A tmpfs of our own over /run: the path is the same for every user, and nothing of it is on the machine's disk.
    mount -t tmpfs -o mode=755 site /run
    mkdir -p $here/image/usr/lib/quorate $here/shared
    # The image of the installed system that blades share: all but the big files, which are mounted (see init).
    (cd "$1" && tar -cf - --exclude=./usr/lib/quorate .) | tar -xf - --no-same-owner -C $here/image
    printf '%s\n' "$1" > $here/tree
    printf '%s\n' "$2" > $here/conf
    printf '%s\n' "$3" > $here/userns
    cp "$0" $here/site.sh
    # One key for all blades, as an administrator would have copied it.
    (umask 277; head -c 128 /dev/urandom > $here/authkey)
    ip link set lo up
    for b in business cluster; do
        # Snooping without a querier would end multicast after a few minutes; a cable does not wait for a tree either.
        ip link add $b type bridge mcast_snooping 0 stp_state 0 forward_delay 0
        ip link set $b up
    done
    echo "up $self"
    # A child waits for the end of our stdin, because pid 1 must be free to collect the dead. (What runs in the
    # background gets /dev/null for its stdin: hence the detour by 3.)
    exec 3<&0
    (
        keep=
        while read -r line; do keep=$line; done
        if [ "$keep" != keep ]; then kill -TERM 1; fi
    ) <&3 3<&- >/dev/null &
    exec 3<&- </dev/null >/dev/null
    while :; do
        sleep 1000000 &
        wait $! || :
    done
}

# A station is a network namespace held by one sleeping process.
station() {
    name=$1 address=$2 bridge=$3
    mkdir -p $here/$name
    mkfifo $here/$name/pid.fifo
    setsid unshare --net sh -c 'ip link set lo up; read -r pid _ < /proc/self/stat; echo $pid > "$0"
        exec sleep infinity' $here/$name/pid.fifo </dev/null >/dev/null 2>&1 &
    read -r pid < $here/$name/pid.fifo
    ip link add $name type veth peer name eth0 netns $pid
    ip link set $name master $bridge up
    nsenter -t $pid -n sh -c "ip address add $address/24 dev eth0; ip link set eth0 up"
    echo $pid > $here/$name/pid
}

slot() {
    name=$1 number=$2
    mkdir -p $here/$name/disk $here/$name/work $here/$name/root
    echo "$number" > $here/$name/number
    echo both > $here/$name/links
    mkfifo $here/$name/born $here/$name/cabled $here/$name/booted $here/$name/power
    conf=$(cat $here/conf)
    disk=$here/$name/disk
    mkdir -p $disk/etc/cluster $disk/usr/sbin $disk/var/log
    cp -R --preserve=mode "$conf/disk/." $disk
    echo "$name" > $disk/etc/hostname
    chmod 640 $disk/etc/cluster/cluster.conf 2>/dev/null || :     # a site may have none
    cp -p $here/authkey $disk/etc/cluster/authkey
    echo '# No name server here: who asks for one is refused at once instead of waiting.' > $disk/etc/resolv.conf
    # What a machine's reboot(8) would tell its kernel; here it is the slot that does it (see panic).
    for s in reboot halt poweroff; do
        printf '#!/bin/sh\necho %s > /run/power\nexec sleep infinity\n' \
            "$([ $s = reboot ] && echo b || echo o)" > $disk/usr/sbin/$s
        chmod 755 $disk/usr/sbin/$s
    done
}

# Powers a blade: runs it until it is dead, and again if it was a reboot. Holds the lock "current" meanwhile.
supply() {
    name=$1
    exec 8> $2
    while :; do
        # Held open here, so that neither side ever waits for the other to open them.
        exec 5>&- 6>&-
        exec 5<> $here/$name/booted 6<> $here/$name/cabled
        # The first child after unshare is pid 1; a shell between, because it tells how that ended (unshare may not).
        unshare --mount --net --pid --uts --ipc --propagation private sh -c \
            'sh "$0" init "$1" & wait $!; status=$?; echo dead >&4; exit $status' $here/site.sh $name \
            4>$here/$name/booted 5>&- 6>&- 8>&- 9>&- </dev/null >>$here/$name/console 2>&1 &
        blade=$!
        read -r pid < $here/$name/born
        echo $pid > $here/$name/life    # by which it can be killed
        cable $name $pid || say "$name: no cables"
        echo go >&6
        read -r said <&5
        if [ "$said" = on ]; then
            echo $pid > $here/$name/pid # by which it can be entered: before, its root would be this machine's
            echo on >&8
        fi
        exec 8> /dev/null
        panic $name $pid 5>&- 6>&- 8>&- 9>&- &
        watcher=$!
        status=0
        wait $blade || status=$?
        # How the kernel ends a pid namespace that called reboot(2) to restart: its pid 1 dies of SIGHUP.
        [ $status != 129 ] || : > $here/$name/again
        # The dead hold no cables: the names are free for the next boot.
        for i in $networks; do ip link del $name-$i 2>/dev/null || :; done
        rm -f $here/$name/pid $here/$name/life
        kill $watcher 2>/dev/null || :
        wait $watcher 2>/dev/null || :
        [ -e $here/$name/again ] || break
        rm -f $here/$name/again
    done
}

# What a blade asks of its power by sysrq-trigger or reboot(8): b is off and on again at once, o is off.
panic() {
    read -r what < $here/$1/power
    say "$1: told to power ${what:-nothing}"
    [ "$what" != b ] || : > $here/$1/again
    for i in $networks; do ip link set $1-$i down || :; done
    kill -KILL $2
}

# The third byte of a network's addresses, in hexadecimal.
hardware_of() {
    printf %02x "$(prefix_of "$1" | cut -d. -f3)"
}

cable() {
    name=$1 pid=$2
    host=$((20 + $(cat $here/$name/number)))
    for i in $networks; do
        b=$(bridge_of $i)
        # The same hardware address at each boot: peers remember it, as they do a real card's.
        ip link add $name-$i type veth peer name $i address 02:00:c0:a8:$(hardware_of $b):$(printf %02x $host) netns $pid
        ip link set $name-$i master $b up
        nsenter -t $pid -n sh -c "ip address add $(prefix_of $b).$host/24 dev $i; ip link set $i up multicast on"
    done
    nsenter -t $pid -n sh -c "ip link set lo up; ip route add default via 192.168.100.2"
    pass $name "$(cat $here/$name/links)"
}

# One directory of the machine, below it the installed system, over it what this blade wrote. Directory by directory,
# because a user namespace may not overlay a directory below which others are mounted; such a one is the machine's own.
overlay() {
    mkdir -p "$here/image$2" "$1/disk$2" "$1/work$2" "$1/root$2"
    mount -t overlay -o "lowerdir=$here/image$2:$2,upperdir=$1/disk$2,workdir=$1/work$2$overlay_options" \
        "$name" "$1/root$2" 2>/dev/null || mount --rbind "$2" "$1/root$2"
}

# pid 1 of a blade: its disk over the machine's files, then the start script, then nothing but to collect the dead.
init() {
    name=$1
    read -r pid _ < /proc/self/stat
    echo $pid > $here/$name/born
    read -r _ < $here/$name/cabled
    dir=$here/$name root=$here/$name/root tree=$(cat $here/tree) overlay_options=
    [ "$(cat $here/userns)" = no ] || overlay_options=,userxattr
    mount -t tmpfs -o mode=755 "$name" $root
    for d in /*; do
        case $d in
            /proc | /sys | /dev | /run | /tmp) mkdir $root$d ;;
            *) if [ -L $d ]; then ln -s "$(readlink $d)" $root$d; elif [ -d $d ]; then overlay "$dir" "$d"; fi ;;
        esac
    done
    # What this machine has of a cluster itself is no business of the blade's.
    for d in etc/cluster var/log/cluster var/lib/cluster; do
        mkdir -p $dir/disk/$d $root/$d
        mount --bind $dir/disk/$d $root/$d
    done
    if [ -d "$tree/usr/lib/quorate" ]; then
        mount --bind "$tree/usr/lib/quorate" $root/usr/lib/quorate
        mount -o remount,bind,ro $root/usr/lib/quorate
    fi
    # Storage that all blades see, and that no power cut touches.
    mkdir -p $root/srv/shared
    mount --bind $here/shared $root/srv/shared
    mount -t proc proc $root/proc
    if [ -e $root/proc/sysrq-trigger ]; then
        mount --bind $dir/power $root/proc/sysrq-trigger    # the machine's own would reboot the machine
    fi
    mount -t sysfs sysfs $root/sys
    mount --rbind /dev $root/dev
    mount -t tmpfs -o mode=1777 shm $root/dev/shm
    mount -t tmpfs -o mode=755 run $root/run
    mount -t tmpfs -o mode=1777 tmp $root/tmp
    mkdir -p $root/run/lock/subsys $root/run/cluster
    : > $root/run/power
    mount --bind $dir/power $root/run/power
    cd $root
    pivot_root . .
    umount -l .
    cd /
    hostname "$name"
    if [ -x /etc/init.d/cluster.sh ] && [ ! -e /etc/cluster/noboot ]; then
        setsid /etc/init.d/cluster.sh start </dev/null >/var/log/boot.log 2>&1 4>&- &
    fi
    echo on >&4
    exec 4>&-
    trap : TERM INT HUP
    exec >/dev/null 2>&1
    while :; do
        sleep 1000000 &
        wait $! || :
    done
}

on() {
    name=$1
    if [ -e $here/$name/life ]; then return; fi
    exec 9> $here/$name/current
    flock -w 20 9 || fail "$name has current, but no life"
    rm -f $here/$name/again
    answer=$here/$name/answer.$$
    mkfifo $answer
    setsid sh $here/site.sh supply $name $answer </dev/null >>$here/$name/console 2>&1 &
    exec 9>&-
    said=
    read -r said < $answer || :
    rm -f $answer
    [ "$said" = on ] || fail "$name does not boot: $(tail -n 1 $here/$name/console)"
}

# The cables first, so that nobody hears the dying sockets close: a power cut says nothing.
off() {
    name=$1
    rm -f $here/$name/again
    tries=0
    # Its supply gives up the lock when the last process of the blade is dead. One that is only being born is killed as
    # soon as it can be named.
    until flock -n $here/$name/current true; do
        tries=$((tries + 1))
        [ $tries -le 400 ] || fail "$name does not die"
        if read -r pid < $here/$name/life; then
            for i in $networks; do ip link set $name-$i down || :; done
            kill -KILL $pid || :
        fi 2>/dev/null
        flock -w 0.05 $here/$name/current true || :
    done
}

state() { if [ -e $here/$1/life ]; then echo on; else echo off; fi; }

# Seen from the blade: in = it hears, out = it is heard. The carrier stays, except when unplugged.
links() {
    if [ $# = 2 ]; then echo "$2" > $here/$1/links; fi
    if [ -e $here/$1/life ]; then pass "$@"; fi
}

pass() {
    for i in ${3:-$networks}; do
        port=$1-$i
        if [ $2 = unplugged ]; then
            ip link set $port down
            continue
        fi
        ip link set $port up
        # A port that floods nothing and has learnt nothing passes nothing to the blade; a locked one that has
        # learnt nothing takes nothing from it.
        case $2 in both | in) hear=on ;; *) hear=off ;; esac
        case $2 in both | out) locked=off ;; *) locked=on ;; esac
        case $2 in both) learning=on ;; *) learning=off ;; esac
        ip link set $port type bridge_slave flood $hear mcast_flood $hear bcast_flood $hear \
            learning $learning locked $locked fdb_flush
    done
}

pid_of() { cat $here/$1/pid 2>/dev/null || fail "$1 is off"; }

enter() {
    pid=$(pid_of $1)
    shift
    [ $# != 0 ] || set -- sh
    exec nsenter -t $pid -m -n -p -u -i -r -w env -i HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

at() {
    pid=$(pid_of $1)
    shift
    exec nsenter -t $pid -n "$@"
}

verb=$1
shift
case $verb in
    ground | station | slot | on | off | state | links | enter | at | supply | init) $verb "$@" ;;
    *) fail "$verb: not known" ;;
esac
