#!/usr/bin/env bash
# Which backups may go. Those who are asked for are kept, and always the newest one and the newest that was verified.
#
# gives:   EXPIRED
# exits:   never

# expire NOW LAST AGE BACKUP...: leaves in EXPIRED the ids of the backups that may go. BACKUPs are lines "seconds,id,cluster,verified", the newest
# first; the LAST newest stay, and those that are younger than AGE seconds. One from the future says that a clock is wrong: nothing goes.
expire() {
  local now=$1 last=$2 age=$3 backup rest count=0 verified=no
  EXPIRED=
  for backup in "${@:4}"; do
    count=$((count + 1))
    rest=${backup#*,}
    if ((${backup%%,*} > now + 60)); then
      EXPIRED=
      return
    elif ((count == 1 || count <= last || now - ${backup%%,*} < age)); then
      if [[ $backup == *,yes ]]; then verified=yes; fi
    elif [[ $backup == *,yes && $verified == no ]]; then
      verified=yes
    else
      EXPIRED+="${EXPIRED:+ }${rest%%,*}"
    fi
  done
}
