#!/usr/bin/env bash
# What a replica asks the primary about before it follows it, and what it makes of the answers.
#
# reads:   $RUN/source.cnf $SETTINGS/tls $RUN/source.log $STATE/asked $STATE/uncounted
# gives:   SOURCE_CLUSTER SOURCE_GENERATION SOURCE_WRITER SOURCE_UPTIME SOURCE_POSITION SOURCE_HISTORY OWN_POSITION
#          SOURCE_ERROR OWN_HISTORY
# writes:  $RUN/source.cnf $RUN/source.log $STATE/source-away $STATE/asked $STATE/uncounted $STATE/following
#          $STATE/not-ready
# exits:   never
load do/health do/replica engine/current lib/places lib/pod lib/time see/passwords see/replication see/volume talk/sql

# ask_source: leaves the primary's own words in SOURCE_CLUSTER, SOURCE_GENERATION, SOURCE_WRITER, SOURCE_UPTIME (seconds),
# SOURCE_POSITION and SOURCE_HISTORY, and this server's in OWN_POSITION and OWN_HISTORY, which must be read first: a primary that is
# written to runs ahead. What was received and not yet applied is history, too. Fails with SOURCE_ERROR.
ask_source() {
  local answer
  export SOURCE_CLUSTER SOURCE_GENERATION SOURCE_WRITER SOURCE_UPTIME SOURCE_POSITION SOURCE_HISTORY OWN_POSITION
  if ! answer=$({ position_sql && history_sql; } | local_sql); then
    SOURCE_ERROR="this pod's own server did not answer"
    return 1
  fi
  { read -r OWN_POSITION && read -r OWN_HISTORY; } <<< "$answer" || OWN_HISTORY=
  OWN_HISTORY+=,$(received_position "$(< "$SERVER_SAYS")")
  # Where the password was taken away, the last one still works.
  if has_password replication; then
    client_file "$RUN/source.cnf" replication "$(secret replication)" "host=$(pod_host 0)" port=3306 connect-timeout=5 \
      "ssl-ca=$SETTINGS/tls/ca.crt" "$(verify_server_option)"
  fi
  if ! answer=$(source_sql | SQL_LIMIT=10 run_sql "$RUN/source.cnf" --skip-column-names 2> "$RUN/source.log"); then
    SOURCE_ERROR=$(tail -n 1 "$RUN/source.log")
    SOURCE_ERROR=${SOURCE_ERROR:-it did not finish its answer within 10 s}
    printf '%s\n' "$SOURCE_ERROR" > "$STATE/source-away"
    return 1
  fi
  rm -f "$STATE/source-away"
  SOURCE_POSITION='' SOURCE_HISTORY=''
  {
    read -r SOURCE_CLUSTER && read -r SOURCE_GENERATION && read -r SOURCE_WRITER && read -r _ SOURCE_UPTIME \
      && read -r SOURCE_POSITION && read -r SOURCE_HISTORY
  } <<< "$answer" || true
  printf '%s\n' "$(now)" "$(status "$COLUMN_READ_POSITION")" "$SOURCE_POSITION" > "$STATE/asked"
}

# The last two may be empty, and an empty row would be no line that can be counted on.
source_sql() {
  printf 'SELECT id FROM mysql_sts.cluster;\nSELECT generation FROM mysql_sts.cluster;\n'
  writer_sql
  printf "SHOW GLOBAL STATUS LIKE 'Uptime';\n"
  position_sql
  history_sql
}

# require_common_history: a replica may follow a primary of its own cluster that is no older and has all that it has. A primary sends
# a transaction before it counts it, and on a slow disk long before.
require_common_history() {
  local errant lost
  require_right_primary
  errant=$(errant_transactions "$OWN_HISTORY" "$SOURCE_HISTORY" local_sql)
  lost=$(written_by "$SOURCE_WRITER" "$errant")
  if [[ -n $lost ]] && ! has_kept_all; then stay_ahead "$lost"; fi
  if [[ $errant != "$lost" ]] || stays_uncounted "$lost"; then
    degraded ErrantTransactions "this replica has transactions that the primary does not have: $errant"
  fi
  printf '%s\n' "$(now)" "$SOURCE_POSITION" > "$AGREED"
}

# has_kept_all: whether the primary is the server that answered before, and still has all that it had then.
has_kept_all() {
  ((SOURCE_UPTIME > $(age_of "$AGREED") + 1)) && position_covers "$SOURCE_POSITION" "$(agreed_position)" local_sql
}

# lacks_what_it_told: whether the primary once had more than it has now. That nobody can tell is no proof.
lacks_what_it_told() {
  local position
  position=$(agreed_position)
  [[ -n $position ]] && position_covers "$position" '' local_sql && ! position_covers "$SOURCE_POSITION" "$position" local_sql
}

# stays_uncounted TRANSACTIONS: whether they were the same for so long that the primary will hardly count them any more.
stays_uncounted() {
  local known=''
  if [[ -z $1 ]]; then
    rm -f "$STATE/uncounted"
    return 1
  fi
  { read -r _ && read -r known; } 2> /dev/null < "$STATE/uncounted" || true
  if [[ $known != "$1" ]]; then printf '%s\n' "$(now)" "$1" > "$STATE/uncounted"; fi
  (($(age_of "$STATE/uncounted") >= 20))
}

# check_history: what a primary that does not answer has, nobody knows.
check_history() {
  if ask_source; then require_common_history; fi
}

# stay_ahead [TRANSACTIONS]: the primary has lost what it wrote, as after its volume was set back to an older state. As soon as
# it has written as many others, their numbers are taken and nobody could tell the two apart, so the replica stops, and the
# mark stays.
stay_ahead() {
  local lost
  printf '%s IO_THREAD;\n' "$SQL_STOP_REPLICA" | local_sql
  rm -f "$STATE/following"
  if [[ ! -f $AHEAD ]]; then mark_ahead "$1"; fi
  { read -r _ && read -r lost; } < "$AHEAD"
  degraded PrimaryWentBack "the primary wrote transactions that it no longer has, and this replica has them ($lost): an older state" \
    "of the primary's volume has come back. Go on from this replica (recovery.primaryVolumeLost), or, where these may be lost," \
    "delete this replica's claim and pod"
}

# mark_ahead TRANSACTIONS: asks once more, unless the primary lacks what it had told of. Not later: a primary that is written to takes
# the numbers.
mark_ahead() {
  local lost=$1
  if ! lacks_what_it_told; then
    sleep 2
    ask_source || waiting "out of touch with the primary: $SOURCE_ERROR"
    lost=$(written_by "$SOURCE_WRITER" "$(errant_transactions "$OWN_HISTORY" "$SOURCE_HISTORY" local_sql)")
    if [[ -z $lost ]]; then waiting "the primary has counted by now what it had sent"; fi
  fi
  printf '%s\n' "$(now)" "$lost" > "$AHEAD.new"
  sync "$AHEAD.new"
  mv -f "$AHEAD.new" "$AHEAD"
}

# still_ahead: until the release has gone on from a replica. While there is no primary, this may be the one to go on from.
still_ahead() {
  if [[ ! -f $AHEAD ]]; then return 1; fi
  if ! ask_source; then
    rm -f "$STATE/not-ready"
    apply_received
    waiting "out of touch with the primary: $SOURCE_ERROR"
  fi
  if ((SOURCE_GENERATION > $(generation))); then rm -f "$AHEAD"; fi
  [[ -f $AHEAD ]]
}

# require_right_primary: the primary that answered is of this replica's cluster and no older. The server connects anew by itself,
# to whoever is the primary by name, so it may follow the wrong one by now.
require_right_primary() {
  local own
  own=$(local_cluster)
  if [[ $SOURCE_CLUSTER != "$own" ]]; then
    leave_primary
    degraded OtherCluster "the primary holds another cluster ($SOURCE_CLUSTER) than this replica ($own):" \
      "bring the right primary back, or delete this replica's claim and pod"
  fi
  if ((SOURCE_GENERATION < $(generation))); then
    leave_primary
    degraded OlderPrimary "the primary's data is of generation $SOURCE_GENERATION and this replica's of $(generation):" \
      "an old volume has come back as the primary's"
  fi
}

leave_primary() {
  printf '%s;\n' "$SQL_STOP_REPLICA" | local_sql
  rm -f "$STATE/following"
}

# last_answer: prints when the primary was asked, how far the replica had read then, and the primary's position.
last_answer() { if [[ -f $STATE/asked ]]; then printf '%s' "$(< "$STATE/asked")"; fi; }

# was_asked_within SECONDS
was_asked_within() { (($(age_of "$STATE/asked") < $1)); }
