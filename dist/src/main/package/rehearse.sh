# Runs on a blade that has the suite installed and nothing started: lets each program play its part once.
# What fails here is learnt from all the same, as far as it went.
QUORATE_REHEARSAL=/var/training
export QUORATE_REHEARSAL
mkdir -p $QUORATE_REHEARSAL
quietly() { timeout 60 "$@" </dev/null || echo "rehearse: $*: status $?"; }

ccs_tool help
for s in ccsd cman fenced rgmanager; do quietly /etc/init.d/$s start; done
quietly ccs_tool status
quietly cman_tool status
quietly cman_tool nodes
quietly cman_tool services
quietly fence_tool ls
quietly dlm_tool ls
quietly group_tool ls
quietly clustat
quietly clustat -x
quietly clusvcadm -d rehearsal
quietly clusvcadm -e rehearsal
quietly ccs_tool update /etc/cluster/cluster.conf
timeout 2 /usr/lib/quorate/web 80
quietly /usr/share/quorate/fence/fence_bladecenter -o metadata

# The names of all classes that commands have loaded from files, less those that are made while running.
cat $QUORATE_REHEARSAL/*.classes | sed -n 's/^.*\] \([^ ]*\) source: .*/\1/p' |
    grep -v -e '\$\$Lambda' -e 'LambdaForm' -e '0x' -e '/' -e '\$Proxy' | sort -u > $QUORATE_REHEARSAL/tools.list

# The commands' cache, while there are daemons to ask: it also remembers how code was linked that runs here.
cd /var/training
quietly env QUORATE_REHEARSAL= QUORATE_JAVA_OPTS=-XX:AOTCacheOutput=tools.aot \
    /usr/lib/quorate/rehearsal tools.list org.quorate.tools.Tour

for s in rgmanager fenced cman ccsd; do quietly /etc/init.d/$s stop; done

unset QUORATE_REHEARSAL

# One cache for all daemons, so that they share its pages; of classes and not of a run, because these can be put
# together. Each name once, and not those that no file has. It is made by a program's own command line: it must be used
# with the options it was made with.
cat *.seen | grep -v -e '^#' -e 'source:' | sed 's/ id: [0-9]*$//' | awk '!seen[$0]++' > daemons.list
quietly env QUORATE_JAVA_OPTS="-Xshare:dump -XX:SharedClassListFile=daemons.list -XX:SharedArchiveFile=daemons.jsa" \
    cmand -f
