#!/usr/bin/env bash
# Whether other pods can be heard.
#
# reads:   LEASE_FOR
# gives:   SENT_AGAIN
# writes:  $RUN/heard.log
# exits:   never
load lib/places lib/pod lib/time talk/sql

# The kernel has sent the same bytes so often again when a peer has been silent for three seconds. It goes on for many minutes.
readonly SENT_AGAIN=4

# sends_in_vain: whether somebody who is connected to this server does not confirm what is sent. A primary sends to its replicas every second.
sends_in_vain() {
  local file line count
  # Port 3306, an open connection, the timer for sending again, and how often that was done.
  local pattern='^ *[0-9]+: [0-9A-F]+:0CEA [0-9A-F]+:[0-9A-F]+ 01 [0-9A-F]+:[0-9A-F]+ 01:[0-9A-F]+ ([0-9A-F]+) '
  for file in /proc/net/tcp /proc/net/tcp6; do
    while IFS= read -r line; do
      if [[ ! $line =~ $pattern ]]; then continue; fi
      printf -v count %d "0x${BASH_REMATCH[1]}"
      if ((count >= SENT_AGAIN)); then return 0; fi
    done 2> /dev/null < "$file" || true
  done
  return 1
}

# is_heard ORDINAL: a server that refuses a connection in its own words is there.
is_heard() {
  local lines
  if printf 'SELECT 1;\n' | SQL_LIMIT=2 peer_sql "$(pod_host "$1")" > /dev/null 2> "$RUN/heard.log"; then return 0; fi
  mapfile -t lines < "$RUN/heard.log"
  [[ ${lines[*]-} =~ ERROR\ ([0-9]+) ]] && ((BASH_REMATCH[1] < 2000))
}

# is_past_lease: whether AGE is as long as a Lease counts.
is_past_lease() {
  measure_seconds "$LEASE_FOR"
  ((AGE >= SECONDS_OF))
}
