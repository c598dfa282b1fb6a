#!/usr/bin/env bash
# Moments, ages and patience.
#
# exits:   never

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
