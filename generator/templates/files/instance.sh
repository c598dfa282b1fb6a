#!/usr/bin/env bash
# The life of an instance: made in staging, proven, recorded, published by one rename.

instance_exists() { [[ -d $INSTANCE ]]; }

# generation: prints how often the cluster has gone on from a replica, as far as this instance knows; 1 before there is one.
generation() {
  if instance_exists; then record_value "$INSTANCE" generation; else printf '1\n'; fi
}

# The record is the last thing written into staging: where it is, only the annotation and the rename are missing.
staging_is_complete() { [[ -f $STAGING/record ]]; }

# record_value FOLDER KEY: prints a value from an instance's record.
record_value() { noted_value "$1/record" "$2"; }

# write_record FOLDER CLUSTER_ID GENERATION SERVER_VERSION [POSITION HISTORY]: the last two are for a copy that does not know
# its own; the agent tells them to the server and takes them off the record before replication starts.
write_record() {
  printf '%s\n' "cluster=$2" "generation=$3" "engine=$ENGINE_NAME" "version=$4" ${5+"position=$5" "history=$6"} | place_record "$1"
}

# place_record FOLDER: puts standard input in the place of an instance's record, in one step. What the record speaks of is on the
# disk before: not every tool sees to that, and a power cut would leave empty files.
place_record() {
  sync --file-system "$1"
  cat > "$1/record.new"
  sync "$1/record.new"
  mv -f "$1/record.new" "$1/record"
  sync "$1"
}

# renew_record SERVER_VERSION: says that this engine has opened the instance; what else the record says stays.
renew_record() {
  sed "s/^engine=.*/engine=$ENGINE_NAME/; s/^version=.*/version=$1/" "$INSTANCE/record" | place_record "$INSTANCE"
}

# discard FOLDER...: removes folders of the volume. Each loses its name first, so that none counts as what it was when only a
# part of it is left, and nobody writes to it any more by its name.
discard() {
  local folder
  for folder in "$@"; do
    rm -rf "$DISCARDED"
    if [[ -d $folder ]]; then mv --no-target-directory "$folder" "$DISCARDED"; fi
  done
  rm -rf "$DISCARDED"
}

empty_staging() {
  discard "$STAGING"
  mkdir "$STAGING"
}

# publish_instance FOLDER: from here on the data exists. Safe to repeat after a stop at any point.
publish_instance() {
  local folder=$1 cluster
  cluster=$(record_value "$folder" cluster)
  testify "$cluster" "$(record_value "$folder" generation)" \
    || die "Claim data-$FULLNAME-$(ordinal) could not be annotated (Kubernetes API status $KUBE_STATUS)." \
      "The data is ready in the folder ${folder##*/} and gets its name once the API accepts the annotation."
  mv --no-target-directory "$folder" "$INSTANCE"
  sync "$VOLUME"
  log "the instance is complete: cluster $cluster, $(record_value "$INSTANCE" version)"
}

# require_known_data: refuses data that this engine cannot open, before the server could touch it.
require_known_data() {
  local engine version
  engine=$(record_value "$INSTANCE" engine)
  version=$(record_value "$INSTANCE" version)
  if [[ $engine == "$ENGINE_NAME" ]]; then
    require_no_step_down "$version" "$(version_of "$ENGINE_SERVER")"
  elif [[ " $ENGINE_UPGRADES_FROM " != *" $engine "* ]]; then
    die "The volume holds data of $engine ($version), which $ENGINE_NAME cannot open." \
      "Nothing was changed: set the value 'engine' back to $engine, or go through a series in between."
  fi
}

# require_no_step_down DATA SERVER: no server is promised to open what a later one of its series has written.
require_no_step_down() {
  if ! is_later "$1" "$2"; then return 0; fi
  die "The volume holds data of $ENGINE_NAME $1, and the image of the value images.server holds the older $2." \
    "Nothing was changed: name an image of $1 or later in images.server."
}
