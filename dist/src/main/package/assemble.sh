#!/bin/sh
# Makes the tree of an installed system, dist/target/root, from what the build has left; then rehearses the programs so
# that they start fast (train.sh). Run by Maven in the phase "package".
#
#   assemble.sh SOURCE-TREE yes|no        no: without start-up caches
set -eu

source=$1
caches=$2
dist=$source/dist
tree=$dist/target/root
lib=$tree/usr/lib/quorate

rm -rf "$tree"
mkdir -p "$tree"
cp -R "$dist/src/main/tree/." "$tree"
chmod 755 "$lib/launch"

# The launcher knows how to find a JDK: with it as with any program of the suite, the classes being elsewhere still.
JAVA=$(JAVA_HOME="${JAVA_HOME:-}" sh "$dist/src/main/package/java.sh" "$lib/launch")

"$JAVA" -cp "$dist/target/classes" org.quorate.dist.build.CurrentFormat "$dist/target/lib" "$lib"
cp "$dist/target/quorate-dist.jar" "$lib"
touch -d @1767225600 "$lib/quorate-dist.jar"

# put FROM TO MODE: the files of a folder, if there is one
put() {
    [ -d "$1" ] || return 0
    mkdir -p "$2"
    for file in "$1"/*; do
        [ -f "$file" ] || continue
        cp "$file" "$2"
        chmod "$3" "$2/${file##*/}"
    done
}

put "$source/etc/init.d" "$tree/etc/init.d" 755
put "$source/etc/sysconfig" "$tree/etc/sysconfig" 644
put "$source/etc/systemd" "$tree/usr/lib/systemd/system" 644
put "$source/etc/cluster" "$tree/usr/share/doc/quorate/examples" 644
put "$source/rgmanager/src/main/agents" "$tree/usr/share/cluster" 755
mkdir -p "$tree/usr/share/doc/quorate"
"$JAVA" -cp "$dist/target/classes:$dist/target/build-lib/commonmark.jar" org.quorate.dist.build.ManualPages \
    "$source/docs/man" "$tree/usr/share/man"
for file in "$source"/README.md "$source"/LICENSE "$source"/CHANGELOG.md "$source"/docs/*.md "$source"/docs/cluster.rng; do
    [ ! -f "$file" ] || cp "$file" "$tree/usr/share/doc/quorate"
done
# What is only read by others is not run: rgmanager takes every executable file there for an agent.
for file in "$tree"/usr/share/cluster/* "$tree"/etc/init.d/*-functions; do
    case $file in *.sh) ;; *) [ ! -f "$file" ] || chmod 644 "$file" ;; esac
done

echo "${JAVA%/bin/java}" > "$lib/jdk"
mkdir -p "$tree/usr/share/quorate/fence"
put "$source/rgmanager/src/main/sbin" "$tree/usr/sbin" 755
while read -r name kind _ main; do
    case $name in '' | \#*) continue ;; esac
    if ! "$JAVA" --dry-run -cp "$lib/quorate-dist.jar" "$main" 2>/dev/null; then
        echo "assemble: $name is left out: there is no class $main" >&2
        continue
    fi
    case $kind in
        fence) ln -s ../../../lib/quorate/launch "$tree/usr/share/quorate/fence/$name" ;;
        inner) ln -s launch "$lib/$name" ;;
        *) ln -s ../lib/quorate/launch "$tree/usr/sbin/$name" ;;
    esac
done < "$lib/programs"

if [ "$caches" = yes ]; then
    sh "$dist/src/main/package/train.sh" "$source" "$tree"
fi
