#!/bin/sh
# Says which java the launcher would take.
#
#   java.sh LAUNCHER
set -eu
name=quorate
lib=${1%/*}
oldest=25
eval "$(sed -n '/^new_enough()/,/^}/p; /^find_java()/,/^}/p' "$1")"
find_java
echo "$java"
