#!/usr/bin/env bash
# The life of an instance: made in staging, proven, recorded, published by one rename.
#
# reads:   FULLNAME
# writes:  $INSTANCE/record
# exits:   never
load do/claim engine/current lib/files lib/log lib/places lib/pod see/volume talk/kube

# write_record FOLDER CLUSTER_ID GENERATION SERVER_VERSION [POSITION HISTORY]: the last two are for a copy that does not know
# its own; the agent tells them to the server and takes them off the record before replication starts.
write_record() {
  printf '%s\n' "cluster=$2" "generation=$3" "engine=$ENGINE_NAME" "version=$4" ${5+"position=$5" "history=$6"} | place_record "$1"
}

# place_record FOLDER: puts standard input in the place of an instance's record, in one step. What the record speaks of is on the
# disk before: not every tool sees to that, and a power cut would leave empty files.
place_record() {
  sync_to_disk --file-system "$1"
  cat > "$1/record.new"
  sync_to_disk "$1/record.new"
  mv -f "$1/record.new" "$1/record"
  sync_to_disk "$1"
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
  annotate_claim "$cluster" "$(record_value "$folder" generation)" \
    || refuse "Claim data-$FULLNAME-$(ordinal) could not be annotated (Kubernetes API status $KUBE_STATUS)." \
      "The data is ready in the folder ${folder##*/} and gets its name once the API accepts the annotation." || return
  mv --no-target-directory "$folder" "$INSTANCE"
  sync_to_disk "$VOLUME"
  log "the instance is complete: cluster $cluster, $(record_value "$INSTANCE" version)"
}
