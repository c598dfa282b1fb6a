#!/usr/bin/env bash
# Why is this pod as it is? Prints the row that decided in the agent's last pass, and the facts that it decided by.
#
# reads:   $STATE/pass $RUN/heartbeat
# exits:   0; 1 when there is nothing to print
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load lib/places lib/time

print_facts() {
  local line
  while IFS= read -r line; do
    if [[ $line != "$1 "* ]]; then continue; fi
    line=${line#* }
    printf '  %-16s %s\n' "${line%%=*}" "${line#*=}"
  done < "$STATE/pass" | sort
}

main() {
  local key value row='' state='' decision='' uptime=0 beat=0
  if [[ ! -f $STATE/pass ]]; then
    printf 'The agent has not finished a pass since the server was started. See kubectl logs -c agent.\n'
    exit 1
  fi
  while IFS='=' read -r key value; do
    case $key in
      row) row=$value ;;
      state) state=$value ;;
      decision) decision=$value ;;
      uptime) uptime=$value ;;
      *) ;;
    esac
  done < "$STATE/pass"
  read -r beat 2> /dev/null < "$RUN/heartbeat" || true
  read_uptime
  printf 'row       %s\nstate     %s\ndecision  %s\ndecided   %s s ago; the agent began a pass %s s ago\n' \
    "$row" "${state:--}" "$decision" "$((UPTIME - uptime))" "$((UPTIME - beat))"
  printf '\nfacts\n'
  print_facts fact
  printf '\nwords\n'
  print_facts text
}

main
