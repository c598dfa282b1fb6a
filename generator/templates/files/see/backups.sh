#!/usr/bin/env bash
# The backups that a target has of a release. One is there if and only if its manifest is, which is written last and deleted first.
#
# gives:   CATALOGUE BACKUPS DOUBT
# writes:  $RUN/catalogue
# exits:   never
load lib/manifest lib/places talk/target

# The manifests, as they lie in the target: <cluster>/backups/<id>/manifest.json.
readonly CATALOGUE=$RUN/catalogue

# fetch_manifests CLUSTER: brings those of a cluster, or with '*' of all that the release ever was. Nothing is an answer, too.
fetch_manifests() {
  rm -rf "$CATALOGUE"
  mkdir "$CATALOGUE"
  carry copy "$PLAIN" "$CATALOGUE" --include "/$1/backups/*/manifest.json" --include "/$1/backups/*/verified.json"
}

# find_backups CLUSTER: leaves a line "seconds,id,cluster,verified" for each complete backup in BACKUPS, the newest first, and in DOUBT why the
# list may not be all that there is: for a decision to delete that is too little.
find_backups() {
  local file folder lines=''
  BACKUPS='' DOUBT=''
  if ! fetch_manifests "$1"; then
    DOUBT="$(target_name) cannot be listed: $(carrier_words)"
    return 1
  fi
  for file in "$CATALOGUE"/*/backups/*/manifest.json; do
    if [[ ! -f $file ]]; then continue; fi
    folder=${file%/manifest.json}
    if is_manifest "$file" "${folder##*/}"; then
      lines+="$(backup_line "$folder")"$'\n'
    else
      DOUBT="the manifest of ${folder##*/} cannot be read"
    fi
  done
  BACKUPS=$(printf '%s' "$lines" | sort --reverse)
}

# backup_line FOLDER
backup_line() {
  local verified=no cluster=${1#"$CATALOGUE/"}
  if [[ -s $1/verified.json ]]; then verified=yes; fi
  printf '%s,%s,%s,%s\n' "$(manifest_value "$1/manifest.json" seconds)" "${1##*/}" "${cluster%%/*}" "$verified"
}

# manifest_of LINE: prints the path of the manifest of a line of BACKUPS.
manifest_of() {
  local id cluster
  IFS=, read -r _ id cluster _ <<< "$1"
  printf '%s/%s/backups/%s/manifest.json\n' "$CATALOGUE" "$cluster" "$id"
}
