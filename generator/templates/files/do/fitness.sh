#!/usr/bin/env bash
# Whether another pod could lead now, as its server says.
#
# reads:   POD_NAME
# writes:  $RUN/peer.log
# exits:   never
load engine/current lib/places lib/pod lib/status talk/session talk/sql

# is_fit ORDINAL: it acknowledges, receives, applies, and is not far behind. Else the reason is in REPLY.
is_fit() {
  local answer
  answer=$(printf '%s;\nSELECT @@GLOBAL.%s AS acknowledges;\n' "$SQL_SHOW_REPLICA_STATUS" "$SEMI_SYNC_REPLICA" \
    | SQL_LIMIT=2 peer_sql "$(pod_host "$1")" --vertical 2> "$RUN/peer.log") || {
    REPLY="does not answer ($(tail -n 1 "$RUN/peer.log"))"
    return 1
  }
  local -A STATUS=()
  local lines
  mapfile -t lines <<< "$answer"
  read_status ${lines[@]+"${lines[@]}"}
  REPLY='does not follow this pod'
  status_is "$COLUMN_SOURCE_HOST" "$(pod_host "${POD_NAME##*-}")" && status_is "$COLUMN_IO_RUNNING" Yes && status_is "$COLUMN_SQL_RUNNING" Yes || return 1
  REPLY='does not acknowledge writes yet'
  status_is acknowledges 1 || return 1
  REPLY="is ${STATUS[$COLUMN_LAG]-} s behind"
  [[ ${STATUS[$COLUMN_LAG]-} =~ ^[0-9]$ ]]
}

# peer_has ORDINAL POSITION: whether it has executed all of that.
peer_has() {
  local position
  REPLY='lacks transactions'
  position=$(position_sql | SQL_LIMIT=2 peer_sql "$(pod_host "$1")" --skip-column-names 2> "$RUN/peer.log") || return 1
  position_covers "$position" "$2" session_rows
}
