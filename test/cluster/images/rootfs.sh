#!/usr/bin/env bash
# Makes root file systems for test images. Called by build.ts, which says what belongs into them.
#   rootfs.sh base OUT SUITE PACKAGE...                 a Debian with these packages
#   rootfs.sh image OUT BASE FILES COMMAND...           of that, only these commands; FILES is a tree that is laid over it
#   rootfs.sh pause OUT SOURCE                          one static program
set -Eeuo pipefail

# What no image of a database server needs to run.
readonly NEEDLESS=(boot home media mnt opt srv etc/apt etc/mysql etc/my.cnf etc/systemd usr/games usr/include usr/libexec usr/local usr/src
  usr/lib/{apt,dpkg,init,systemd,udev,tmpfiles.d} usr/lib/x86_64-linux-gnu/{perl,perl-base,security} usr/share/perl usr/lib/x86_64-linux-gnu/libperl.so.*
  usr/share/{applications,apport,bash-completion,debconf,doc,info,lintian,locale,man,menu,perl5,util-linux}
  var/backups var/cache var/lib var/log var/mail var/spool)

# One package cannot be installed beside the MySQL client, and only one program of it is wanted.
make_base() {
  local out=$1 suite=$2
  shift 2
  # A suite that is old or moves on is taken as it is: the packages' signatures are checked all the same.
  mmdebstrap --mode=root --variant=essential --include="$(IFS=, && printf '%s' "$*")" \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook="'$(realpath -- "$0")' add-mbstream \"\$1\"" "$suite" "$out"
}

add_mbstream() {
  local root=$1
  [[ -e $root/usr/bin/mbstream ]] && return
  cd -- "$root/tmp"
  APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get --quiet download -o APT::Sandbox::User=root mariadb-backup
  dpkg-deb --fsys-tarfile mariadb-backup_*.deb | tar --extract --directory "$root" ./usr/bin/mbstream
  rm mariadb-backup_*.deb
}

# Prints every command that stays: the names given, with "coreutils" standing for all that its package brings, and "sh".
commands_that_stay() {
  local root=$1 name
  shift
  for name in sh "$@"; do
    case $name in
      coreutils) sed -nE 's|^(/usr)?/s?bin/([^/]+)$|\2|p' "$root/var/lib/dpkg/info/coreutils.list" ;;
      *) printf '%s\n' "$name" ;;
    esac
  done
}

# A command may be a chain of links through /etc/alternatives: every name in it stays.
with_link_targets() {
  local root=$1 name target
  while read -r name; do
    printf '%s\n' "$name"
    target=$(find "$root"/usr/{bin,sbin} -name "$name" -type l -exec readlink -- {} \; -quit)
    [[ -z $target ]] || basename -- "$target"
  done
}

remove_commands() {
  local root=$1 name path
  shift
  local -A stays=()
  while read -r name; do
    stays[$name]=1
  done < <(commands_that_stay "$root" "$@" | with_link_targets "$root")
  for path in "$root"/usr/{bin,sbin}/*; do
    [[ -n ${stays[${path##*/}]:-} ]] || rm -f -- "$path"
  done
}

check_commands() {
  local root=$1 name
  shift
  for name in "$@"; do
    [[ $name == coreutils || -n $(find "$root"/usr/{bin,sbin} -name "$name") ]] || {
      printf 'The packages of this image bring no command %s.\n' "$name" >&2
      return 1
    }
  done
}

# The files of the base are shared by hard links, so what changes is written anew and never edited.
make_image() {
  local out=$1 base=$2 files=$3
  shift 3
  cp --archive --link -- "$base" "$out"
  cp --recursive --remove-destination -- "$files/." "$out/"
  [[ ! -e $out/usr/bin/xtrabackup ]] || ln -- "$out/usr/bin/mbstream" "$out/usr/bin/xbstream"
  remove_commands "$out" "$@"
  (cd -- "$out" && rm -rf -- "${NEEDLESS[@]}" && mkdir -p home media mnt opt srv var/{cache,lib,log} var/lib/mysql etc/mysql/conf.d run/mysqld docker-entrypoint-initdb.d)
  cp --recursive --remove-destination -- "$files/." "$out/"
  write_users "$out"
  install -d -o 999 -g 999 "$out"/var/lib/mysql{,-files,-keyring} "$out/run/mysqld"
  check_commands "$out" "$@"
}

write_users() {
  rm -f -- "$1"/etc/{passwd,group,shadow,gshadow}{,-}
  printf '%s\n' root:x:0:0:root:/root:/bin/bash mysql:x:999:999::/var/lib/mysql:/sbin/nologin nobody:x:65534:65534::/nonexistent:/sbin/nologin > "$1/etc/passwd"
  printf '%s\n' root:x:0: mysql:x:999: nogroup:x:65534: > "$1/etc/group"
}

make_pause() {
  mkdir -p -- "$1"
  gcc -static -Os -s -o "$1/pause" "$2"
}

case $1 in
  base) make_base "${@:2}" ;;
  add-mbstream) add_mbstream "$2" ;;
  image) make_image "${@:2}" ;;
  pause) make_pause "${@:2}" ;;
  *) printf 'There is no action %s.\n' "$1" >&2 && exit 1 ;;
esac
