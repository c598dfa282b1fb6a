#!/usr/bin/env bash
# The life of an instance: made in staging, proven, recorded, published by one rename.

instance_exists() { [[ -d $INSTANCE ]]; }

# The record is the last thing written into staging: where it is, only the annotation and the rename are missing.
staging_is_complete() { [[ -f $STAGING/record ]]; }

# record_value FOLDER KEY: prints a value from an instance's record.
record_value() { noted_value "$1/record" "$2"; }

# write_record FOLDER CLUSTER_ID SERVER_VERSION [POSITION]: the position is for a copy that does not know its own; the agent
# tells it to the server and takes it off the record before replication starts.
write_record() {
  printf '%s\n' "cluster=$2" "engine=$ENGINE_NAME" "version=$3" ${4+"position=$4"} > "$1/record.new"
  sync "$1/record.new"
  mv -f "$1/record.new" "$1/record"
  sync "$1"
}

empty_staging() {
  rm -rf "$STAGING"
  mkdir "$STAGING"
}

# publish_instance: from here on the data exists. Safe to repeat after a stop at any point.
publish_instance() {
  local cluster
  cluster=$(record_value "$STAGING" cluster)
  testify "$cluster"
  mv --no-target-directory "$STAGING" "$INSTANCE"
  sync "$VOLUME"
  log "the instance is complete: cluster $cluster, $(record_value "$INSTANCE" version)"
}

# require_known_data: refuses data that this engine cannot open, before the server could touch it.
require_known_data() {
  local engine version
  engine=$(record_value "$INSTANCE" engine)
  version=$(record_value "$INSTANCE" version)
  if [[ $engine == "$ENGINE_NAME" || " $ENGINE_UPGRADES_FROM " == *" $engine "* ]]; then return 0; fi
  die "The volume holds data of $engine ($version), which $ENGINE_NAME cannot open." \
    "Nothing was changed: set the value 'engine' back to $engine, or go through a series in between."
}
