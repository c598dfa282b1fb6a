#!/usr/bin/env bash
# Containers of test pods, as a container runtime makes them: the image read-only, the pod's volumes mounted where the
# chart mounts them, the server's user, no way to more rights. Runs on the island (island.sh).
#   enter-pod.sh network FILE LINK ADDRESS               makes a pod's network, held by FILE
#   enter-pod.sh run POD CONTAINER IMAGE USER MOUNTS COMMAND...      runs the command as the first process of a container
# POD is the pod's folder, beside those of its release. MOUNTS names those of the pod's volumes that not every container
# has, with commas between. USER is the server's, nobody in the server's group, or root with the right to change owners alone. The command finds the environment that this script was started with.
set -Eeuo pipefail

make_network() {
  local file=$1 link=$2 address=$3
  touch "$file"
  unshare --net mount --bind /proc/self/ns/net "$file"
  nsenter --net="$file" ip link set lo up
  nsenter --net="$file" ip link add eth0 type veth peer name "$link" netns "$$"
  ip link set "$link" master bridge up
  nsenter --net="$file" ip address add "$address" dev eth0
  nsenter --net="$file" ip link set eth0 up
}

# The second half runs in the container's own namespaces, as its first process.
run_container() {
  exec nsenter --net="$1/network" unshare --mount --pid --uts --ipc --fork --kill-child bash "$0" inside "$@"
}

be_container() {
  local pod=$1 name=$2 image=$3 user=$4 mounts=$5 root=$1/$2/root process
  shift 5
  # The numbers are still those of the machine outside: by them the test sends signals.
  read -r process _ < /proc/self/stat
  mount_image "$pod/$name" "$image"
  mount_devices "$root" "$pod/$name/termination"
  mount_volumes "$pod" "$root" "$mounts"
  mount -t proc proc "$root/proc"
  printf '%s\n' "$POD_NAME" > /proc/sys/kernel/hostname
  mount -o remount,bind,ro "$root"
  printf '%s\n' "$process" > "$pod/$name/process"
  as_user "$user" "$root" "$@"
}

# as_user USER ROOT COMMAND...: root keeps, beside the right to change owners, the one that brings it into the image.
as_user() {
  local user=$1
  shift
  case $user in
    server) exec setpriv --no-new-privs --clear-groups chroot --userspec=999:999 --groups=999 "$@" ;;
    nobody) exec setpriv --no-new-privs --clear-groups chroot --userspec=65534:999 --groups=999 "$@" ;;
    root) exec setpriv --no-new-privs --clear-groups --bounding-set=-all,+chown,+sys_chroot chroot "$@" ;;
    *) printf 'enter-pod.sh knows no user %s\n' "$user" >&2 && exit 1 ;;
  esac
}

# Places to mount on are made in a layer over the image; then the whole becomes read-only.
mount_image() {
  local folder=$1 image=$2
  mkdir -p "$folder"/{layer,work,root}
  mount -t overlay overlay -o "lowerdir=$image,upperdir=$folder/layer,workdir=$folder/work" "$folder/root"
  # By the image's own mkdir, for whom its links lead to places in the image.
  chroot "$folder/root" mkdir -p /opt/{mysql-sts,backup-tools} /run/mysql-sts /var/lib/mysql \
    /etc/mysql-sts/{secrets,tls,config,initdb,target} /var/run/secrets/kubernetes.io/serviceaccount
  touch "$folder/root/etc/hosts"
  if [[ -n ${MYSQL_STS_BASH-} ]]; then replace_bash "$folder/root" "$MYSQL_STS_BASH"; fi
}

# replace_bash ROOT BASH: puts the bash under test in the place of the image's.
replace_bash() {
  mount -o bind,ro "$2" "$1$(chroot "$1" readlink -f /bin/bash)"
  chroot "$1" /bin/bash -c : || {
    printf 'MYSQL_STS_BASH names %s, which cannot run in the image: build it with --enable-static-link, since the image lacks its libraries.\n' "$2" >&2
    exit 1
  }
}

mount_devices() {
  local root=$1 name
  mount -t tmpfs -o mode=0755 dev "$root/dev"
  for name in null zero full random urandom tty; do
    touch "$root/dev/$name"
    mount --bind "/dev/$name" "$root/dev/$name"
  done
  ln -s /proc/self/fd "$root/dev/fd"
  mkdir -m 1777 "$root/dev/shm"
  install -m 0666 /dev/null "$2"
  touch "$root/dev/termination-log"
  mount --bind "$2" "$root/dev/termination-log"
}

mount_volumes() {
  local pod=$1 root=$2 name
  mount --bind "$pod/volume" "$root/var/lib/mysql"
  mount --bind "$pod/run" "$root/run/mysql-sts"
  mount --bind "$pod/tmp" "$root/tmp"
  mount -o bind,ro "$pod/../hosts" "$root/etc/hosts"
  mount -o bind,ro "$pod/../scripts" "$root/opt/mysql-sts"
  for name in secrets tls ${3//,/ }; do mount_volume "$pod/$name" "$root" "$name"; done
}

# mount_volume VOLUME ROOT NAME: only those that not every container has are written to, and their places are there only where they are mounted.
mount_volume() {
  case $3 in
    metrics) mkdir "$2/run/mysql-sts-metrics" && mount --bind "$1" "$2/run/mysql-sts-metrics" ;;
    shelf) mkdir "$2/mnt/backups" && mount --bind "$1" "$2/mnt/backups" ;;
    *) mount -o bind,ro "$1" "$2/$(place_of "$3")" ;;
  esac
}

place_of() {
  case $1 in
    tools) printf '%s\n' opt/backup-tools ;;
    token) printf '%s\n' run/secrets/kubernetes.io/serviceaccount ;;
    *) printf 'etc/mysql-sts/%s\n' "$1" ;;
  esac
}

case $1 in
  network) make_network "${@:2}" ;;
  run) run_container "${@:2}" ;;
  inside) be_container "${@:2}" ;;
  *) printf 'enter-pod.sh does not know %s\n' "$1" >&2 && exit 1 ;;
esac
