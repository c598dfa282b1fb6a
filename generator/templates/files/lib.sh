#!/usr/bin/env bash
# What all scripts of the pod share: the places they use, their words to the reader, small tools.

# The volume is mounted whole. The instance exists only when it is complete: it gets its name by one
# rename of the staging folder, after everything in it has been proven and synced.
declare -rx VOLUME=/var/lib/mysql
declare -rx INSTANCE=$VOLUME/instance
declare -rx STAGING=$VOLUME/staging
declare -rx DISCARDED=$VOLUME/discarded

# Shared by the containers of one pod, in memory: the socket, option files with passwords, small state.
declare -rx RUN=/run/mysql-sts
declare -rx SETTINGS=/etc/mysql-sts
# What agent and probes note about the running server; a new one begins without.
declare -rx STATE=$RUN/state
# The version of this pod's server, which the image of a backup tool does not have.
declare -rx SERVER_VERSION=$RUN/server-version

# The file in which Kubernetes looks for a container's last words: kubectl describe prints them.
declare -rx TERMINATION_MESSAGE=/dev/termination-log

ordinal() { printf '%s\n' "${POD_NAME##*-}"; }

is_first_pod() { [[ ${POD_NAME##*-} == 0 ]]; }

# The name under which one pod reaches another. Short on purpose: MySQL 5.7 cuts a source's name after 60 letters.
pod_host() { printf '%s-%s.%s\n' "$FULLNAME" "$1" "$FULLNAME"; }

log() { printf '%s %s: %s\n' "$(TZ=UTC printf '%(%FT%TZ)T' -1)" "${0##*/}" "$*" >&2; }

# news TOPIC [SENTENCE...]: logs what holds now, once for as long as it does; nothing when all is well.
news() {
  local known='' file=$RUN/news-$1
  if [[ -f $file ]]; then known=$(< "$file"); fi
  if [[ $known == "${*:2}" ]]; then return 0; fi
  printf '%s\n' "${*:2}" > "$file"
  if (($# > 1)); then log "${@:2}"; fi
}

# die SENTENCE...: what is wrong and what to do, in the log and in kubectl describe; then the end.
die() {
  log "$*"
  if [[ -w $TERMINATION_MESSAGE ]]; then printf '%s\n' "$*" > "$TERMINATION_MESSAGE"; fi
  exit 1
}

now() { printf '%(%s)T\n' -1; }

# age_of FILE: prints how many seconds ago the time in FILE was; very many when there is none, or when it is yet to come: then
# a clock was wrong.
age_of() {
  local time=0 now
  printf -v now '%(%s)T' -1
  read -r time 2> /dev/null < "$1" || true
  if [[ ! $time =~ ^[0-9]+$ ]] || ((time > now + 60)); then time=0; fi
  printf '%s\n' "$((now - time))"
}

# seconds 10m: prints 600.
seconds() {
  local number=${1%[smhd]}
  case $1 in
    *m) printf '%s\n' "$((number * 60))" ;;
    *h) printf '%s\n' "$((number * 3600))" ;;
    *d) printf '%s\n' "$((number * 86400))" ;;
    *) printf '%s\n' "$number" ;;
  esac
}

# is_later VERSION OTHER
is_later() { [[ $1 != "$2" && $(printf '%s\n' "$1" "$2" | sort --version-sort | tail -n 1) == "$1" ]]; }

mebibytes() { printf '%s MiB\n' "$(($1 / 1048576))"; }

# folder_bytes FOLDER [OPTION...]: prints how much is in it, by du with these options; 0 when it is not there.
folder_bytes() {
  local size
  size=$(du --summarize --bytes "${@:2}" "$1" 2> /dev/null) || true
  size=${size%%[[:space:]]*}
  printf '%s\n' "${size:-0}"
}

# free_bytes FOLDER: prints how much its file system can still take.
free_bytes() { df --output=avail --block-size=1 "$1" | { read -r _ && read -r bytes && printf '%s\n' "$bytes"; }; }

random_hex() { od -An -N "$1" -t x1 /dev/urandom | tr -d ' \n'; }

# write_private FILE: writes standard input to FILE in one step; nobody else may read it.
write_private() {
  (umask 077 && cat > "$1.new")
  mv -f "$1.new" "$1"
}

# noted_value FILE KEY: prints the value of a key in a file of "key=value" lines.
noted_value() {
  local line
  while IFS= read -r line; do
    if [[ $line == "$2="* ]]; then printf '%s\n' "${line#*=}"; fi
  done < "$1"
}

# wait_until SECONDS COMMAND...: waits for a condition; fails when it does not come true in time.
wait_until() {
  local limit=$1 start
  shift
  start=$(now)
  until "$@"; do
    if (($(now) - start >= limit)); then return 1; fi
    sleep 0.2
  done
}

# interruptible COMMAND...: runs a container's main work so that a stop of the pod ends it at once. As process 1 bash
# would wait for its current command first; when process 1 ends, the kernel ends the others.
interruptible() {
  trap 'exit 143' TERM
  "$@" &
  wait "$!"
}
