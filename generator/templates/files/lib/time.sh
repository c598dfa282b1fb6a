#!/usr/bin/env bash
# Clocks, ages and durations. Ages are measured on the machine's uptime, which no correction of the wall clock moves; the wall clock is
# for people, and for notes that another machine may read.
#
# gives:   UPTIME AGE BOOT SECONDS_OF
# exits:   never

# read_uptime: leaves the seconds since this machine started in UPTIME.
read_uptime() {
  read -r UPTIME _ < /proc/uptime
  UPTIME=${UPTIME%%.*}
}

# read_boot: leaves the name of this start of the machine in BOOT.
read_boot() { if [[ -z ${BOOT-} ]]; then read -r BOOT < /proc/sys/kernel/random/boot_id; fi; }

# now: prints the wall clock, in seconds.
now() { printf '%(%s)T\n' -1; }

# stamp: prints the time by both clocks, for measure_age.
stamp() {
  read_uptime
  read_boot
  printf '%(%s)T %s %s\n' -1 "$UPTIME" "$BOOT"
}

# measure_age FILE: leaves in AGE how many seconds ago the stamp at the beginning of FILE was written. One of another start of the machine
# counts by the wall clock. Very many when there is none, or when it is yet to come: then a clock was wrong.
measure_age() {
  local wall='' uptime='' boot='' today
  read -r wall uptime boot 2> /dev/null < "$1" || true
  read_uptime
  read_boot
  if [[ $boot == "$BOOT" && $uptime =~ ^[0-9]+$ ]]; then
    AGE=$((UPTIME - uptime))
    return
  fi
  printf -v today '%(%s)T' -1
  if [[ ! $wall =~ ^[0-9]+$ ]] || ((wall > today + 60)); then wall=0; fi
  AGE=$((today - wall))
}

# measure_since UPTIME: leaves in AGE how many seconds ago that was; very many when it is empty.
measure_since() {
  read_uptime
  AGE=$((UPTIME - ${1:--999999999}))
}

# measure_seconds 10m: leaves 600 in SECONDS_OF.
measure_seconds() {
  SECONDS_OF=${1%[smhd]}
  case $1 in
    *m) SECONDS_OF=$((SECONDS_OF * 60)) ;;
    *h) SECONDS_OF=$((SECONDS_OF * 3600)) ;;
    *d) SECONDS_OF=$((SECONDS_OF * 86400)) ;;
    *) ;;
  esac
}

# seconds 10m: prints 600.
seconds() {
  measure_seconds "$1"
  printf '%s\n' "$SECONDS_OF"
}

# wait_until SECONDS COMMAND...: waits for a condition; fails when it does not come true in time.
wait_until() {
  local limit=$1 end
  shift
  read_uptime
  end=$((UPTIME + limit))
  until "$@"; do
    read_uptime
    if ((UPTIME >= end)); then return 1; fi
    sleep 0.2
  done
}
