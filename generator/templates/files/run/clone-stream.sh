#!/usr/bin/env bash
# One attempt with a backup tool: receives the donor's stream from port 3307 into the staging folder and prepares it.
#
# reads:   $SETTINGS/tls
# gives:   DONOR COPY_FOLDER OFFER_WITHIN STREAM CONNECTION UNPACKER
# writes:  $RUN/stream $RUN/stream.log $RUN/unpack.log $RUN/prepare.log
# exits:   0 with a proven copy in staging; 75 when the donor cannot serve now; else another
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/attempt do/instance engine/current lib/files lib/log lib/places lib/text lib/time see/seed talk/sql talk/stream

readonly DONOR=$1
readonly COPY_FOLDER=$STAGING/data
# Seconds in which a donor says what it has: a port that is only held open is no donor.
readonly OFFER_WITHIN=30
# The named pipe between the connection and the tool that unpacks.
readonly STREAM=$RUN/stream

# connect: both sides show a certificate of the release's authority, and the donor's must carry its name.
connect() {
  exec socat -u -b "$BLOCK" -T "$SILENCE" \
    "OPENSSL:$DONOR:3307,cafile=$SETTINGS/tls/ca.crt,cert=$SETTINGS/tls/tls.crt,key=$SETTINGS/tls/tls.key,commonname=$DONOR,connect-timeout=$(patience_with "$DONOR")" \
    STDOUT > "$STREAM" 2> "$RUN/stream.log"
}

unpack() { exec "$STREAM_TOOL" -x -C "$COPY_FOLDER" < "$STREAM" 2> "$RUN/unpack.log"; }

# start_copy: a process at each end of a named pipe, so that both can be ended by their numbers.
start_copy() {
  rm -f "$STREAM"
  mkfifo "$STREAM"
  trap hang_up EXIT
  connect &
  CONNECTION=$!
  unpack &
  UNPACKER=$!
}

# hang_up: who gives up must not keep the donor busy, nor go on filling the volume.
hang_up() {
  kill "$CONNECTION" "$UNPACKER" 2> /dev/null || true
  wait "$CONNECTION" "$UNPACKER" 2> /dev/null || true
}

# end_copy: succeeds when both ends did. A connection to a donor that is silent would outlive an unpacker that failed.
end_copy() {
  local status=0
  wait "$UNPACKER" || status=$?
  if ((status != 0)); then kill "$CONNECTION" 2> /dev/null || true; fi
  wait "$CONNECTION" 2> /dev/null || status=$?
  trap - EXIT
  return "$status"
}

# last_word_of LOG: the reason at the end of a tool's last line, without times and process numbers.
last_word_of() {
  local line
  line=$(tail -n 1 "$1")
  printf '%s' "${line##*: }"
}

copy() {
  local started status=0
  started=$(now)
  start_copy
  while kill -0 "$UNPACKER" 2> /dev/null; do
    if [[ -s $COPY_FOLDER/$OFFER ]]; then
      require_suitable_donor
      watch_copy "$started"
    elif [[ ! -s $COPY_FOLDER/$REFUSED ]] && (($(now) - started >= OFFER_WITHIN)); then
      refuse_copy "$DONOR_NOT_READY" "it took the connection to port 3307 and offered nothing for $OFFER_WITHIN s"
    fi
    pause_beside "$UNPACKER"
  done
  end_copy || status=$?
  if [[ -s $COPY_FOLDER/$REFUSED ]]; then refuse_copy "$DONOR_NOT_READY" "$(< "$COPY_FOLDER/$REFUSED")"; fi
  if [[ ! -s $COPY_FOLDER/$OFFER ]]; then refuse_copy "$DONOR_NOT_READY" "no clone on port 3307: $(last_word_of "$RUN/stream.log")"; fi
  require_suitable_donor
  if ((status != 0)); then
    # A volume may be full before anybody has looked, and the tool does not say why it cannot write.
    require_space "$(folder_bytes "$COPY_FOLDER")" "$(noted_value "$COPY_FOLDER/$OFFER" bytes)"
    refuse_copy 1 "the stream broke: $(last_word_of "$RUN/stream.log") $(last_word_of "$RUN/unpack.log")"
  fi
  if [[ ! -s $COPY_FOLDER/$PROOF ]]; then
    refuse_copy 1 "the stream ended without its proof: the donor died or its backup failed, see the log of its agent"
  fi
}

# require_suitable_donor: while an upgrade is under way a donor may still be, or already be, of another series, whose files this pod's
# tool could not prepare, or of a later version, whose files no earlier server is promised to open.
require_suitable_donor() {
  local version doubt
  version=$(noted_value "$COPY_FOLDER/$OFFER" version)
  doubt=$(noted_value "$COPY_FOLDER/$OFFER" doubt)
  if [[ $version != "$ENGINE_SERIES".* ]]; then
    refuse_copy "$DONOR_NOT_READY" "it runs $version, and $ENGINE_NAME needs a copy from a server of $ENGINE_SERIES"
  elif [[ -f $SERVER_VERSION ]] && is_later "$version" "$(< "$SERVER_VERSION")"; then
    refuse_copy "$DONOR_NOT_READY" "it runs $version, and this pod's server is of the earlier version $(< "$SERVER_VERSION")"
  elif [[ -n $doubt ]] && ! reseeding; then
    refuse_copy "$DONOR_NOT_READY" "it is not ready: $doubt"
  fi
}

# watch_copy STARTED: reports, and stops in time when the volume cannot take the whole copy.
watch_copy() {
  local copied expected
  copied=$(folder_bytes "$COPY_FOLDER")
  expected=$(noted_value "$COPY_FOLDER/$OFFER" bytes)
  report_progress "$copied" "$expected" "$1"
  require_space "$copied" "$expected"
}

# require_space COPIED EXPECTED: in bytes.
require_space() {
  local free
  free=$(free_bytes "$VOLUME")
  if ((free < $2 - $1)); then refuse_copy 1 "the copy needs about $(mebibytes "$2") and the volume has $(mebibytes "$free") left"; fi
}

# prepare: makes the files consistent, as the tool itself confirms.
prepare() {
  log "received $(mebibytes "$(folder_bytes "$COPY_FOLDER")") from $(noted_value "$COPY_FOLDER/$OFFER" donor); preparing the copy"
  "$BACKUP_TOOL" --prepare --target-dir="$COPY_FOLDER" > "$RUN/prepare.log" 2>&1 \
    || refuse_copy 1 "preparing the copy failed: $(tail -n 1 "$RUN/prepare.log")"
  grep --quiet --no-messages "^backup_type = $PREPARED" "$COPY_FOLDER"/*_checkpoints \
    || refuse_copy 1 "the backup tool ended well, but does not call the copy prepared"
}

# remove_notes: what the tool and the stream left between the data. They are files; a folder of such a name is a schema.
remove_notes() {
  local note
  for note in "$COPY_FOLDER"/{xtrabackup_,mariadb_backup_,mysql-sts-}* "$COPY_FOLDER/backup-my.cnf"; do
    if [[ -f $note ]]; then rm -f "$note"; fi
  done
}

# record_staging: the image of a backup tool has no server that could be asked, so the donor's word and the tool's
# position go on the record. A copy without a position could not follow anybody.
record_staging() {
  local position history cluster generation version
  position=$(copied_position "$COPY_FOLDER")
  history=$(copied_history "$(noted_value "$COPY_FOLDER/$OFFER" history)" "$position")
  cluster=$(noted_value "$COPY_FOLDER/$OFFER" cluster)
  generation=$(copy_generation "$(noted_value "$COPY_FOLDER/$OFFER" generation)")
  version=$(noted_value "$COPY_FOLDER/$OFFER" version)
  if [[ -z $position && -n $(noted_value "$COPY_FOLDER/$OFFER" position) ]]; then
    refuse_copy 1 "the backup tool left no position, so the copy could not replicate"
  fi
  if [[ -z $cluster || -z $generation ]]; then refuse_copy 1 "it does not say whose data it has"; fi
  require_reseed_position "$position" "$DONOR"
  require_successor "$cluster" "$generation" "$position"
  remove_notes
  write_record "$STAGING" "$cluster" "$generation" "$version" "$position" "$history"
  log "the copy is prepared and proven: cluster $cluster, position ${position:-empty}"
}

main() {
  empty_staging
  mkdir "$COPY_FOLDER"
  copy
  prepare
  record_staging
}

main
