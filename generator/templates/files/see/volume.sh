#!/usr/bin/env bash
# What the volume holds, as its record says.
#
# gives:   AHEAD AGREED RECORD
# exits:   never
load lib/files lib/places

# The mark of an instance that has what its primary wrote and lost.
readonly AHEAD=$INSTANCE/ahead-of-primary
# When the primary had all that this instance has, and its position then.
readonly AGREED=$INSTANCE/agreed

# The record of an instance, by key.
declare -gA RECORD
RECORD=()

# read_record FOLDER: leaves it in RECORD, without a process.
read_record() {
  local line
  RECORD=()
  while IFS= read -r line; do
    if [[ $line == *=* ]]; then RECORD[${line%%=*}]=${line#*=}; fi
  done 2> /dev/null < "$1/record" || true
}

# agreed_position: prints that position; nothing if the primary never answered.
agreed_position() { if [[ -f $AGREED ]]; then sed --quiet 2p "$AGREED"; fi; }

instance_exists() { [[ -d $INSTANCE ]]; }

# generation: prints how often the cluster has gone on from a replica, as far as this instance knows; 1 before there is one.
generation() {
  if instance_exists; then record_value "$INSTANCE" generation; else printf '1\n'; fi
}

# The record is the last thing written into staging: where it is, only the annotation and the rename are missing.
staging_is_complete() { [[ -f $STAGING/record ]]; }

# record_value FOLDER KEY: prints a value from an instance's record.
record_value() { noted_value "$1/record" "$2"; }
