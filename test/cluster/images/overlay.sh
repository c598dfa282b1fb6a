#!/usr/bin/env bash
# Makes the tree that is laid over a base to get a test image. Called by build.ts.
#   overlay.sh OUT tree FOLDER                    this tree
#   overlay.sh OUT server ARTIFACT SHA256         a server from a Java library for tests, found by its Maven coordinates
#   overlay.sh OUT client BASE                    the client programs of a base with MariaDB, where no others would be found
#   overlay.sh OUT version VERSION                what the stand-in for XtraBackup calls itself
set -Eeuo pipefail

readonly OUT=$1
# Where these servers were built to live.
readonly HOME_OF_SERVER=$OUT/usr/local/mysql

add_server() {
  local artifact=$1 sha256=$2 library
  WORK=$(mktemp --directory)
  trap 'rm -rf -- "$WORK"' EXIT
  mvn --batch-mode --quiet dependency:copy "-Dartifact=$artifact" "-DoutputDirectory=$WORK"
  library=$(find "$WORK" -name '*.jar')
  sha256sum --check --quiet <<< "$sha256  $library"
  mkdir -p -- "$HOME_OF_SERVER" "$OUT/usr/sbin" "$OUT/usr/lib/x86_64-linux-gnu"
  unzip -p "$library" mysql-Linux-amd64.tar.gz | tar --extract --gzip --no-same-owner --directory "$HOME_OF_SERVER"
  ln -s ../local/mysql/bin/mysqld "$OUT/usr/sbin/mysqld"
  # Debian renamed this library when 32-bit machines got a longer time; here it is the same.
  ln -s libaio.so.1t64 "$OUT/usr/lib/x86_64-linux-gnu/libaio.so.1"
}

add_client() {
  local name
  mkdir -p -- "$HOME_OF_SERVER/client"
  for name in bin/mariadb bin/mariadb-admin share/mysql/charsets; do cp --recursive -- "$1/usr/$name" "$HOME_OF_SERVER/client/"; done
}

add_version() {
  mkdir -p -- "$OUT/etc"
  printf '%s\n' "$1" > "$OUT/etc/xtrabackup-stand-in"
}

mkdir -p -- "$OUT"
case $2 in
  tree) cp --recursive --no-dereference -- "$3/." "$OUT/" ;;
  server) add_server "$3" "$4" ;;
  client) add_client "$3" ;;
  version) add_version "$3" ;;
  *) printf 'There is no action %s.\n' "$2" >&2 && exit 1 ;;
esac
