#!/usr/bin/env bash
# The machine on which the test pods live: own processes, own mounts, own network, and a file system in memory.
# Run by unshare as its first process, and it ends with its standard input: whatever becomes of the test that holds
# the other end, the kernel then takes along everything that was made in here. There is nothing to clean up.
#   island.sh FOLDER BRIDGE_ADDRESS        prints its process id, as the machine outside numbers it
set -Eeuo pipefail

mount -t tmpfs -o mode=0755,size=75% island "$1"
mkdir "$1/networks"
ip link set lo up
# With an address of its own: otherwise the bridge takes that of some pod, and changes it when that pod goes.
ip link add bridge address 02:00:00:00:00:01 type bridge
ip address add "$2" dev bridge
ip link set bridge up
# /proc is the outer machine's, so this is the number that the test knows us by.
read -r process _ < /proc/self/stat
printf '%s\n' "$process"
cat > /dev/null
