#!/bin/sh
# The start order that an administrator of this site uses on each node; stop is the reverse.
case "$1" in
  start) virsh serve; for s in ccsd cman fenced rgmanager; do /etc/init.d/$s start || exit 1; done ;;
  stop)  for s in rgmanager fenced cman ccsd; do /etc/init.d/$s stop || exit 1; done ;;
  *) echo "Usage: $0 {start|stop}"; exit 1 ;;
esac
