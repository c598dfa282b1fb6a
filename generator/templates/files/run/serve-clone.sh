#!/usr/bin/env bash
# Serves one clone to a peer that has shown its certificate: standard output is the connection.
#
# reads:   CLONE_PARALLEL POD_NAME $INSTANCE/data
# gives:   SCRATCH
# exits:   0 when it answered; 1 when the backup failed
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load engine/current lib/files lib/log lib/places lib/text lib/time see/leader see/passwords talk/sql talk/stream

# send_entry NAME LINE...: one small file as an entry of the stream.
send_entry() {
  local name=$1
  shift
  printf '%s\n' "$@" > "$SCRATCH/$name"
  (cd "$SCRATCH" && "$STREAM_TOOL" -c "$name")
}

decline() {
  log "refused a clone: $*"
  send_entry "$REFUSED" "$*"
  exit 0
}

# take_turn: takes a dead process's turn over once. Who finds the turn taken again after that was outrun by another client.
take_turn() {
  local holder
  if begin_turn; then return 0; fi
  holder=$(readlink "$SERVING") || true
  if [[ -z $holder ]] || kill -0 "$holder" 2> /dev/null; then return 1; fi
  rm -f "$SERVING"
  begin_turn
}

# begin_turn: a link to the number of this process comes into being at once, or not at all.
begin_turn() { ln --symbolic --no-target-directory "$$" "$SERVING" 2> /dev/null; }

clean_up() {
  if [[ $(readlink "$SERVING") == "$$" ]]; then rm -f "$SERVING"; fi
  rm -rf "$SCRATCH"
}

# backup: the password is read anew for each, since a user may change the Secret while the server runs.
backup() {
  client_file "$SCRATCH/clone.cnf" clone "$(secret clone)" "socket=$SOCKET"
  "$BACKUP_TOOL" --defaults-extra-file="$SCRATCH/clone.cnf" --backup --stream="$STREAM_TOOL" --slave-info \
    --parallel="$CLONE_PARALLEL" --target-dir="$SCRATCH/backup" 2> "$SCRATCH/backup.log"
}

primary_answers() { printf 'SELECT 1;\n' | peer_sql "$(primary_host)" > /dev/null 2>&1; }

main() {
  local before history cluster generation version reason started bytes
  SCRATCH=$(mktemp --directory)
  trap clean_up EXIT
  # A primary that has lost its volume goes on from whoever has most, even if that has stopped; for others the doubt is an answer.
  if ! reason=$(bash "$SCRIPTS/run/probe.sh" donor) && primary_answers; then decline "it is not ready: $reason"; fi
  take_turn || decline "it is busy with another clone"
  before=$(position_sql | local_sql)
  history=$(history_sql | local_sql)
  cluster=$(local_cluster)
  generation=$(local_generation)
  version=$(server_version)
  # The tool leaves the server's logs where they are, and they may be more than the data.
  bytes=$(folder_bytes "$INSTANCE/data" --exclude='binlog.*' --exclude='relay.*')
  started=$(now)
  log "serving a clone of about $(mebibytes "$bytes")"
  send_entry "$OFFER" "donor=$POD_NAME" "cluster=$cluster" "generation=$generation" "version=$version" \
    "position=$before" "history=$history" "bytes=$bytes" "doubt=${reason//$'\n'/ }"
  if ! backup; then
    log "the backup tool failed, so the stream ends without its proof: $(tail -n 3 "$SCRATCH/backup.log")"
    exit 1
  fi
  send_entry "$PROOF" "donor=$POD_NAME" "position=$(position_sql | local_sql)" "seconds=$(($(now) - started))"
  log "served a clone in $(($(now) - started)) s"
}

main
