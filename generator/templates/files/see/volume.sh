#!/usr/bin/env bash
# What the volume holds, as its record says.
#
# exits:   never
load lib/files lib/places

instance_exists() { [[ -d $INSTANCE ]]; }

# generation: prints how often the cluster has gone on from a replica, as far as this instance knows; 1 before there is one.
generation() {
  if instance_exists; then record_value "$INSTANCE" generation; else printf '1\n'; fi
}

# The record is the last thing written into staging: where it is, only the annotation and the rename are missing.
staging_is_complete() { [[ -f $STAGING/record ]]; }

# record_value FOLDER KEY: prints a value from an instance's record.
record_value() { noted_value "$1/record" "$2"; }
