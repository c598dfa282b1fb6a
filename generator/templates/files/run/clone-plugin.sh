#!/usr/bin/env bash
# One attempt with MySQL's CLONE plugin: an empty server receives the donor's data into the staging folder.
#
# reads:   CLONE_STALL_TIMEOUT FULLNAME $SETTINGS/tls
# gives:   DONOR BUSY BUSY_ERROR DONOR_HOST DONOR_POD DONOR_READ_ONLY DONOR_POSITION COPY LAST_PROGRESS LAST_CHANGE
# writes:  $RUN/donor.log $RUN/clone.log
# exits:   0 with a proven copy in staging; 75 when the donor cannot serve now; else another
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/attempt do/instance do/server engine/current lib/log lib/places lib/quoting lib/text lib/time see/leader see/passwords see/seed see/status talk/sql

readonly DONOR=$1
readonly BUSY='it is busy with another clone'
# How the donor says so itself, wrapped in an error of the receiver's.
readonly BUSY_ERROR='Clone Donor Error: 3634'

donor_sql() { peer_sql "$DONOR_HOST" "$@"; }

# question_donor: a donor must answer, be what its place says, and have no table that would be lost.
question_donor() {
  local answer lost busy
  DONOR_HOST=$DONOR
  answer=$(donor_identity_sql | donor_sql --skip-column-names 2> "$RUN/donor.log") \
    || refuse_copy "$DONOR_NOT_READY" "$(head -n 1 "$RUN/donor.log")"
  IFS=$'\t' read -r DONOR_POD busy DONOR_READ_ONLY DONOR_POSITION <<< "$answer"
  DONOR_HOST=$DONOR_POD.$FULLNAME
  if [[ $busy == 1 ]]; then refuse_copy "$DONOR_NOT_READY" "$BUSY"; fi
  require_donor_health
  lost=$(uncloned_tables_sql | donor_sql --skip-column-names)
  if [[ -n $lost ]]; then refuse_copy 1 "$(uncloneable_sentence "$lost")"; fi
}

# The name of a service leads to one of several pods; @@hostname is the pod that answered. Whether it is busy is asked before the
# receiving server is started, which takes a second of a processor that others may need. A donor whose receiver is gone goes on for
# minutes as if it were there, and yet takes the next one: it neither sends nor receives then.
donor_identity_sql() {
  cat << 'SQL'
SELECT @@hostname,
  EXISTS (SELECT 1 FROM information_schema.processlist WHERE command = 'Clone' AND state LIKE '% client'),
  @@GLOBAL.read_only, REPLACE(@@GLOBAL.gtid_executed, '\n', '')
FROM mysql_sts.cluster;
SQL
}

# require_donor_health: a primary that moves is whichever pod takes writes, whatever its ordinal.
require_donor_health() {
  local answer
  if reseeding || { moves && [[ $DONOR_READ_ONLY == 0 ]]; }; then return 0; fi
  if [[ ${DONOR_POD##*-} == 0 ]] && ! moves; then
    if [[ $DONOR_READ_ONLY == 1 ]]; then refuse_copy "$DONOR_NOT_READY" "the primary is not ready yet"; fi
    return 0
  fi
  answer=$(printf '%s;\n' "$SQL_SHOW_REPLICA_STATUS" | donor_sql --vertical)
  read_status_text "$answer"
  if ! replication_runs; then refuse_copy "$DONOR_NOT_READY" "it does not replicate"; fi
  require_rows_of_primary
}

# require_rows_of_primary: a copy of a replica that somebody wrote to would be no better than that replica. While the primary does
# not answer, nobody can tell.
require_rows_of_primary() {
  local known
  known=$(position_sql | peer_sql "$(primary_host)" --skip-column-names 2> /dev/null) || return 0
  position_covers "$known" "$DONOR_POSITION" donor_sql --skip-column-names \
    || refuse_copy "$DONOR_NOT_READY" "it has transactions that the primary does not have"
}

# start_receiver: the empty server of make-receiver.sh; it needs no network and keeps nothing.
start_receiver() { start_temporary_server "$RECEIVER" "--loose-clone-ssl-ca=$SETTINGS/tls/ca.crt" --skip-log-bin; }

clone_statement() {
  cat << SQL
SET GLOBAL clone_valid_donor_list = $(sql_string "$DONOR_HOST:3306");
CLONE INSTANCE FROM clone@$(sql_string "$DONOR_HOST"):3306 IDENTIFIED BY $(sql_string "$(secret clone)")
  DATA DIRECTORY = $(sql_string "$STAGING/data") REQUIRE SSL;
SQL
}

copy() {
  local started
  started=$(now)
  log "cloning from $DONOR_HOST"
  clone_statement | local_sql > "$RUN/clone.log" 2>&1 &
  COPY=$!
  while kill -0 "$COPY" 2> /dev/null; do
    watch_copy "$started"
    pause_beside "$COPY"
  done
  wait "$COPY" || refuse_failed_copy
}

refuse_failed_copy() {
  if grep --quiet "$BUSY_ERROR" "$RUN/clone.log"; then refuse_copy "$DONOR_NOT_READY" "$BUSY"; fi
  refuse_copy 1 "$(tail -n 1 "$RUN/clone.log")"
}

# watch_copy STARTED: a donor that died or stands still leaves the statement waiting for ever, so no progress for
# clone.plugin.stallTimeout ends it. Syncing the files needs no donor and may take as long as it likes.
watch_copy() {
  local copied expected stage
  IFS=$'\t' read -r copied expected stage < <(progress_sql | local_sql) || return 0
  report_progress "$copied" "$expected" "$1"
  if [[ "$copied $stage" != "${LAST_PROGRESS-}" || $stage == 'FILE SYNC' ]]; then
    LAST_PROGRESS="$copied $stage" LAST_CHANGE=$(now)
  elif (($(now) - LAST_CHANGE >= $(seconds "$CLONE_STALL_TIMEOUT"))); then
    kill -KILL "$TEMPORARY_SERVER"
    refuse_copy 1 "the copy stood still at $(mebibytes "$copied") for $CLONE_STALL_TIMEOUT (value clone.plugin.stallTimeout)"
  fi
}

progress_sql() {
  cat << 'SQL'
SELECT IFNULL(SUM(data), 0), IFNULL(SUM(estimate), 0), IFNULL(MAX(IF(state = 'In Progress', stage, NULL)), '-')
FROM performance_schema.clone_progress;
SQL
}

# prove_staging AT_LEAST: starts the copy once as a temporary server. It must hold everything that the donor had when the
# copy began, and no table that came without its rows. Then it is recorded.
prove_staging() {
  local position cluster generation lost version
  start_temporary_server "$STAGING/data" || refuse_copy 1 "the copy does not start as a server, see this log"
  printf '%s;\n' "$SQL_RESET_REPLICA_ALL" | local_sql
  position=$(position_sql | local_sql)
  if ! position_covers "$position" "$1" local_sql; then
    refuse_copy 1 "the copy lacks transactions that the donor had before it began ($position, not $1)"
  fi
  require_reseed_position "$position" "$DONOR_HOST"
  lost=$(uncloned_tables_sql | local_sql)
  if [[ -n $lost ]]; then refuse_copy 1 "$(uncloneable_sentence "$lost")"; fi
  cluster=$(local_cluster)
  generation=$(copy_generation "$(local_generation)")
  version=$(server_version)
  require_successor "$cluster" "$generation" "$position"
  stop_temporary_server
  write_record "$STAGING" "$cluster" "$generation" "$version"
  log "the copy is proven: cluster $cluster, position ${position:-empty}"
}

# uncloneable_sentence TABLES
uncloneable_sentence() {
  printf 'these tables would arrive empty, since the clone plugin copies InnoDB alone: %s.' "${1//$'\n'/, }"
  printf ' Convert them on the primary (ALTER TABLE ... ENGINE = InnoDB), or set clone.method: xtrabackup'
}

# A failed attempt leaves no server behind: the next one uses the same socket. The receiver has nothing to keep in any case.
abandon_temporary_server() {
  if [[ -n ${TEMPORARY_SERVER-} ]] && kill -0 "$TEMPORARY_SERVER" 2> /dev/null; then
    kill -KILL "$TEMPORARY_SERVER"
    wait "$TEMPORARY_SERVER" 2> /dev/null || true
  fi
}

main() {
  question_donor
  empty_staging
  trap abandon_temporary_server EXIT
  start_receiver || refuse_copy 1 "the receiving server does not start, see this log"
  copy
  abandon_temporary_server
  prove_staging "$DONOR_POSITION"
}

main
