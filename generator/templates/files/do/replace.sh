#!/usr/bin/env bash
# Replaces an instance by a newer copy. Only start-mysql does it, before there is a server; whoever wants it leaves a
# request on the volume and shuts the server down. Wherever a stop falls, the next start goes on from what it finds.
#
# reads:   CLONE_METHOD
# gives:   REQUEST REPLACED REPLACEMENTS
# writes:  $VOLUME/replacement $VOLUME/replacements
# exits:   never
load do/donors do/instance lib/files lib/log lib/places lib/time see/volume

# The request, with the state of replication that it answers.
readonly REQUEST=$VOLUME/replacement
# The old instance on its way out.
readonly REPLACED=$VOLUME/replaced
# A line for every replacement: when, and why.
readonly REPLACEMENTS=$VOLUME/replacements

replacement_is_requested() { [[ -f $REQUEST ]]; }

# count_replacements: leaves in REPLY how many there were in the last 24 hours, without a process.
count_replacements() {
  local time today
  REPLY=0
  if [[ ! -f $REPLACEMENTS ]]; then return 0; fi
  printf -v today '%(%s)T' -1
  while read -r time _; do
    if ((today - time < 86400)); then REPLY=$((REPLY + 1)); fi
  done < "$REPLACEMENTS"
}

# replacements_today: prints that number.
replacements_today() {
  count_replacements
  printf '%s\n' "$REPLY"
}

# request_replacement STATE
request_replacement() {
  printf '%s\n' "$1" > "$REQUEST.new"
  sync_to_disk "$REQUEST.new"
  mv -f "$REQUEST.new" "$REQUEST"
  sync_to_disk "$VOLUME"
}

# settle_replacement: carries a request out, or what an earlier start left of it. In the end there is one instance.
settle_replacement() {
  if replacement_is_requested; then
    if staging_is_complete || make_copy; then
      replace_instance
    elif [[ ! -d $REPLACED ]]; then
      log "there is no copy to replace the instance by, so it goes on as it is"
    fi
  fi
  if instance_exists; then discard "$STAGING" "$REPLACED"; fi
  rm -f "$REQUEST"
}

# make_copy: the CLONE plugin needs a server to receive a copy, so it is made here, one round of donors at a time.
make_copy() {
  if [[ $CLONE_METHOD != plugin || -d $REPLACED ]]; then return 1; fi
  bash "$SCRIPTS/run/make-receiver.sh"
  if ! try_donors; then
    log "no copy could be made. $REFUSALS"
    discard "$STAGING" "$RECEIVER"
    return 1
  fi
  rm -rf "$RECEIVER"
}

# replace_instance: the old one is moved aside first, since a folder cannot be renamed onto another.
replace_instance() {
  if instance_exists; then
    printf '%s %s\n' "$(now)" "$(< "$REQUEST")" >> "$REPLACEMENTS"
    mv --no-target-directory "$INSTANCE" "$REPLACED"
    sync_to_disk "$VOLUME"
  fi
  mv --no-target-directory "$STAGING" "$INSTANCE"
  sync_to_disk "$VOLUME"
  log "the instance was replaced by a copy: cluster $(record_value "$INSTANCE" cluster)"
}
