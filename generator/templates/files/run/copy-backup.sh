#!/usr/bin/env bash
# Brings the copy that becomes a backup into staging, on a volume that lasts as long as the Job's pod, as a new replica gets its own.
#
# reads:   BACKUP_DEADLINE BACKUP_FROM CLONE_METHOD FULLNAME POD_NAMESPACE
# gives:   SOURCES
# exits:   0 with a proven copy in staging; 143 when it is stopped; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/configuration do/donors do/instance lib/log lib/places lib/pod lib/time talk/target

# choose_sources: any replica that is Ready, and the primary when it may be asked: last, or alone.
choose_sources() {
  case $BACKUP_FROM in
    replica) SOURCES=("$FULLNAME-read") ;;
    primary) SOURCES=("$(pod_host 0)") ;;
    *) SOURCES=("$FULLNAME-read" "$(pod_host 0)") ;;
  esac
}

# copy_before TIME: a donor serves one at a time, so a backup waits as a replica does.
copy_before() {
  local said=
  until try_each "${SOURCES[@]}"; do
    if [[ $REFUSALS != "$said" ]]; then log "no copy yet. $REFUSALS"; fi
    said=$REFUSALS
    if (($(now) >= $1)); then
      refuse "No copy could be made for the backup in half of $BACKUP_DEADLINE (value backup.deadline). $REFUSALS." \
        "The next run of the CronJob tries again." || return
    fi
    sleep 5
  done
}

main() {
  # A target that does not answer is found out before a donor is held up.
  open_target "$POD_NAMESPACE/$FULLNAME"
  require_writable_target
  choose_sources
  write_configuration
  if [[ $CLONE_METHOD == plugin ]]; then bash "$SCRIPTS/run/make-receiver.sh"; fi
  copy_before "$(($(now) + $(seconds "$BACKUP_DEADLINE") / 2))"
  discard "$RECEIVER"
}

# As process 1 bash would wait for its current command before it ends. When it ends, the kernel ends the others.
trap 'exit 143' TERM
main &
wait "$!"
