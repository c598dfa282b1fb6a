#!/usr/bin/env bash
# Keeps a replica following the primary. Every pass looks at what the server says and does the next thing that is missing.
#
# reads:   AUTH_SECRET MAX_LAG SECRET_KEY_REPLICATION $STATE/following $STATE/to-reach $STATE/connected-anew
#          $STATE/caught-up
# writes:  $STATE/following $STATE/asked $STATE/to-reach $STATE/connected-anew $STATE/caught-up $INSTANCE/in-touch
# exits:   never
load do/health do/instance engine/current lib/log lib/places lib/pod lib/time see/passwords see/replication see/source see/volume talk/sql

keep_replica() {
  settle_copy
  if still_ahead; then stay_ahead; fi
  if needs_setup || [[ ! -f $STATE/following ]]; then follow_primary; fi
  if binlogs_are_purged; then
    # A primary that is not the right one is the more serious news, and one that has lost what it wrote looks the same.
    check_history
    connect_anew
  fi
  if binlogs_are_purged; then
    degraded PurgedBinlogs "the primary has purged binary logs that this replica needs ($(status "$COLUMN_IO_ERROR"))"
  fi
  if status_is "$COLUMN_SQL_RUNNING" No; then
    # Transactions of the replica's own may be what stands in the way, and they have another cure.
    if ! status_is "$COLUMN_SQL_ERROR" ''; then check_history; fi
    degraded "$(stop_state "$COLUMN_SQL_ERROR")" "changes are not applied: $(stop_reason "$COLUMN_SQL_ERROR")"
  fi
  if status_is "$COLUMN_IO_RUNNING" No; then mend_connection; fi
  if status_is "$COLUMN_IO_RUNNING" Yes; then keep_in_touch; else rm -f "$STATE/asked"; fi
  report_health
}

# settle_copy: a copy made by a backup tool learns its position, before it may follow or lead anybody. Safe to repeat.
settle_copy() {
  local position
  position=$(record_value "$INSTANCE" position)
  if [[ -z $position ]]; then return 0; fi
  {
    printf '%s;\n' "$SQL_RESET_REPLICA_ALL"
    seed_position_sql "$position" "$(record_value "$INSTANCE" history)"
  } | local_sql
  write_record "$INSTANCE" "$(record_value "$INSTANCE" cluster)" "$(generation)" "$(server_version)"
  log "the copy stands at $position"
  look_at_server
}

needs_setup() {
  ! status_is "$COLUMN_SOURCE_HOST" "$(pod_host 0)" || credentials_are_refused
}

# follow_primary: once for every start of the server, and when the replica does not know its way to the primary. Without an
# answer from the primary it applies what it has already received, and the next pass tries again.
follow_primary() {
  if ! ask_source; then
    if [[ $SOURCE_ERROR == *"ERROR 1045"* ]]; then
      degraded CredentialsRefused "the primary refuses the account replication: $SOURCE_ERROR"
    fi
    if ! replication_is_configured; then waiting "the primary does not answer: $SOURCE_ERROR"; fi
    apply_received
    waiting "out of touch with the primary: $SOURCE_ERROR"
  fi
  require_common_history
  if needs_setup; then
    if ! replication_password_fits; then
      degraded CredentialsRefused "key '$SECRET_KEY_REPLICATION' of Secret $AUTH_SECRET has more than the $SOURCE_PASSWORD_BYTES bytes that" \
        "$ENGINE_NAME takes for the password of the replication account: give it a shorter one"
    fi
    change_source_sql | local_sql
    log "replication from $(pod_host 0) is set up"
  fi
  printf '%s;\n' "$SQL_START_REPLICA" | local_sql
  printf '%s\n' "$SOURCE_POSITION" > "$STATE/to-reach"
  touch "$STATE/following"
  log "replication is started"
  look_at_server
}

# apply_received: what the primary sent before it went away, if it was the right one.
apply_received() {
  if status_is "$COLUMN_SQL_RUNNING" No && ! is_degraded OtherCluster && ! is_degraded OlderPrimary; then printf '%s SQL_THREAD;\n' "$SQL_START_REPLICA" | local_sql; fi
}

# connect_anew: the source refuses with the number of purged logs for other causes, too, and some of them pass: another pod of
# this ordinal that has not ended yet, for one. At most every half minute, since each try is a line in both servers' logs.
connect_anew() {
  if (($(age_of "$STATE/connected-anew") < 30)); then return 0; fi
  now > "$STATE/connected-anew"
  printf '%s;\n' "$SQL_START_REPLICA" | local_sql
  wait_until 5 connection_is_decided || true
  # The connection stands for a moment before the source refuses.
  sleep 1
  look_at_server
}

connection_is_decided() {
  look_at_server
  status_is "$COLUMN_IO_RUNNING" Yes || status_is "$COLUMN_IO_RUNNING" No
}

stop_reason() {
  local reason
  reason=$(status "$1")
  printf '%s' "${reason:-somebody stopped it by hand; start it again with $SQL_START_REPLICA}"
}

# stop_state ERROR_COLUMN
stop_state() { if status_is "$1" ''; then printf 'StoppedByHand\n'; else printf 'ApplyFailed\n'; fi; }

# mend_connection: a server gives up after so many tries; a person who stops replication leaves no error behind. Any other
# error may have passed, so replication is tried again now and then.
mend_connection() {
  if source_is_away; then
    printf '%s;\n' "$SQL_START_REPLICA" | local_sql
  elif status_is "$COLUMN_IO_ERROR" ''; then
    degraded StoppedByHand "replication is stopped: $(stop_reason "$COLUMN_IO_ERROR")"
  else
    connect_anew
    if status_is "$COLUMN_IO_RUNNING" No; then
      degraded ConnectionFailed "replication has no connection: $(status "$COLUMN_IO_ERROR")"
    fi
  fi
}

# keep_in_touch: looks for errant transactions now and then, and notes on the volume that the data is fresh. The lag of a connection
# that was just made is 0 until its first event has come, so it proves nothing in the first pass.
keep_in_touch() {
  local lag known=-
  if ! was_asked_within 30; then
    known=$(last_answer)
    check_history
    require_living_connection "$known"
  fi
  lag=$(status "$COLUMN_LAG")
  if [[ ! -f $STATE/caught-up ]]; then
    position_covers "$(position_sql | local_sql)" "$(< "$STATE/to-reach")" local_sql || waiting "catching up with the primary"
    touch "$STATE/caught-up"
  elif [[ -z $known ]]; then
    return 0
  fi
  if [[ $lag =~ ^[0-9]+$ ]] && ((lag <= $(seconds "$MAX_LAG"))); then now > "$INSTANCE/in-touch"; fi
}

# require_living_connection LAST_ANSWER: two servers bear the primary's name for a while when a node is cut off, and the connection to
# the one that has lost it stands. It brings nothing of what the other had when it was asked the last time.
require_living_connection() {
  local read_to wanted
  { read -r _ && read -r read_to && read -r wanted; } <<< "$1" || return 0
  if [[ $wanted == "$OWN_POSITION" ]] || ! status_is "$COLUMN_READ_POSITION" "$read_to"; then return 0; fi
  if position_covers "$OWN_POSITION,$(received_position "$(< "$SERVER_SAYS")")" "$wanted" local_sql; then return 0; fi
  printf '%s\n' "$wanted" > "$STATE/to-reach"
  rm -f "$STATE/caught-up" "$STATE/asked"
  note_state False Waiting \
    "the connection brings nothing of what the primary has written, as one to a server that was the primary before: connecting anew"
  # A receiver that waits for space on the disk ends only when it has found some.
  printf '%s IO_THREAD;\n' "$SQL_STOP_REPLICA" "$SQL_START_REPLICA" | local_sql
  exit 1
}

# report_health: the states in which nothing needs to be done. Rows that the primary never had are no better when it is away.
report_health() {
  local error
  if status_is "$COLUMN_IO_RUNNING" Yes; then
    healthy True Replicating "follows $(pod_host 0)"
  elif is_degraded ErrantTransactions; then
    exit 1
  else
    error=$(status "$COLUMN_IO_ERROR")
    healthy False OutOfTouch "no connection to the primary: ${error##*[Mm]essage: }"
  fi
}
