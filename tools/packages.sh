#!/usr/bin/env bash
# Installs those Debian packages that a part of the project needs and this machine lacks.
#   tools/packages.sh PART...     cluster, images, lint, python, java, browser, model
# A package counts as there when its command is: where it came from does not matter.
set -Eeuo pipefail
# shellcheck source=tools/lib.sh
source "$(dirname -- "$0")/lib.sh"

# command-or-file=package
needs_of() {
  case $1 in
    cluster) printf '%s\n' containerd=containerd runc=runc etcd=etcd-server iptables=iptables conntrack=conntrack ip=iproute2 \
      nsenter=util-linux losetup=mount mkfs.ext4=e2fsprogs openssl=openssl /usr/lib/cni/bridge=containernetworking-plugins ;;
    images) printf '%s\n' mmdebstrap=mmdebstrap gcc=gcc /usr/include/stdio.h=libc6-dev xz=xz-utils \
      /usr/share/keyrings/debian-archive-keyring.gpg=debian-archive-keyring mvn=maven unzip=unzip ;;
    lint) printf '%s\n' shellcheck=shellcheck git=git ;;
    python) printf '%s\n' python3=python3 /usr/share/doc/python3-venv=python3-venv ;;
    java) printf '%s\n' javac=default-jdk-headless mvn=maven ;;
    browser) printf '%s\n' chromium=chromium /usr/share/fonts/opentype/noto=fonts-noto-cjk ;;
    model) printf '%s\n' spin=spin gcc=gcc /usr/include/stdio.h=libc6-dev ;;
    *) die "there is no part $1. Parts are cluster, images, lint, python, java, browser, model." ;;
  esac
}

missing_of() {
  local need
  while read -r need; do
    if [[ $need == /* ]]; then
      [[ -e ${need%%=*} ]] || printf '%s\n' "${need#*=}"
    else
      command -v "${need%%=*}" > /dev/null || printf '%s\n' "${need#*=}"
    fi
  done < <(needs_of "$1")
}

# Debian starts the services of a package that it installs. A policy that forbids it stands for as long as apt-get runs.
forbid_services() {
  [[ -e /usr/sbin/policy-rc.d ]] && return
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
}

install_packages() {
  local log=$CACHE/log/packages.log
  mkdir -p -- "$CACHE/log"
  forbid_services
  export DEBIAN_FRONTEND=noninteractive
  with_progress 'apt-get update' "$log" no_detail apt-get update --quiet
  with_progress "apt-get install $*" "$log" no_detail apt-get install --quiet --yes --no-install-recommends --no-upgrade "$@"
}

main() {
  local part
  local -a missing
  mapfile -t missing < <(for part in "$@"; do missing_of "$part"; done)
  ((${#missing[@]} > 0)) || return 0
  command -v apt-get > /dev/null || die "these Debian packages are missing, and this machine has no apt-get: ${missing[*]}. Install what holds the same programs."
  ((EUID == 0)) || die "these Debian packages are missing: ${missing[*]}. Install them as root: apt-get install --no-install-recommends ${missing[*]}"
  lock packages
  say "Debian packages that are missing: ${missing[*]}"
  install_packages "${missing[@]}"
}

main "$@"
