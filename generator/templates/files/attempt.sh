#!/usr/bin/env bash
# What the two kinds of clone attempts share: how they refuse, report and prove.

# The exit status of an attempt whose donor cannot serve now: not there, not ready, or busy with another clone.
declare -rx DONOR_NOT_READY=75

# Where the plugin's receiving server lives: empty, thrown away at the end.
declare -rx RECEIVER=$VOLUME/receiver

# refuse STATUS SENTENCE: ends the attempt.
refuse() {
  printf '%s' "${*:2}" > "$RUN/refusal"
  exit "$1"
}

# report_progress COPIED EXPECTED STARTED: bytes, rate and time left, at most every five seconds.
report_progress() {
  local copied=$1 expected=$2 elapsed=$(($(now) - $3)) rate left=unknown
  if (($(now) - ${LAST_REPORT:-$3} < 5)); then return 0; fi
  LAST_REPORT=$(now)
  rate=$((copied / (elapsed > 0 ? elapsed : 1)))
  if ((rate > 0 && expected > copied)); then left="$(((expected - copied) / rate)) s"; fi
  log "copied $(mebibytes "$copied") of about $(mebibytes "$expected"), $(mebibytes "$rate")/s, time left $left"
}

# prove_staging AT_LEAST [POSITION]: starts the copy once as a server of nobody. It must hold everything that the donor
# had when the copy began; a copy that does not know its own position is told. Then it is recorded.
prove_staging() {
  local position cluster lost
  start_temporary_server "$STAGING/data" || refuse 1 "the copy does not start as a server, see this log"
  if (($# > 1)); then seed_position_sql "$2" | local_sql; fi
  printf '%s;\n' "$SQL_RESET_REPLICA_ALL" | local_sql
  position=$(position_sql | local_sql)
  if [[ $(contains_sql "$position" "$1" | local_sql) != 1 ]]; then
    refuse 1 "the copy lacks transactions that the donor had before it began ($position, not $1)"
  fi
  lost=$(uncloned_tables_sql | local_sql)
  if [[ -n $lost ]]; then refuse 1 "$(uncloneable_sentence "$lost")"; fi
  cluster=$(local_cluster)
  VERSION=$(server_version)
  stop_temporary_server
  write_record "$STAGING" "$cluster" "$VERSION"
  log "the copy is proven: cluster $cluster, position ${position:-empty}"
}

# uncloneable_sentence TABLES
uncloneable_sentence() {
  printf 'these tables would arrive empty, since the clone plugin copies InnoDB alone: %s.' "${1//$'\n'/, }"
  printf ' Convert them on the primary (ALTER TABLE ... ENGINE = InnoDB), or set clone.method: xtrabackup'
}

# A failed attempt leaves no server behind: the next one uses the same socket.
abandon_temporary_server() {
  if [[ -n ${TEMPORARY_SERVER-} ]] && kill -0 "$TEMPORARY_SERVER" 2> /dev/null; then
    kill -KILL "$TEMPORARY_SERVER"
    wait "$TEMPORARY_SERVER" 2> /dev/null || true
  fi
}
