#!/usr/bin/env bash
# Prepares the pod: checks what it was given, writes the role's configuration, and on the primary's first start makes
# the instance. Every later start finds the instance and changes nothing. A primary that finds neither its instance nor a
# reason to make one refuses, or chooses the replica to go on from.
#
# reads:   ADOPT_FOLDER AUTH_SECRET FULLNAME PRIMARY_VOLUME_LOST SECRET_KEY_REPLICATION STORAGE_KIND TLS_SECRET
#          VOLUME_FIRST_INDEX VOLUME_FOLDER VOLUME_HOST $SETTINGS/secrets $SETTINGS/target $SETTINGS/tls
#
# exits:   0 when the pod may go on; 143 when it is stopped; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/adopt do/claim do/configuration do/initialise do/instance do/note do/reseed engine/current lib/log lib/places lib/pod lib/time see/claims see/leader see/lease see/passwords see/seed see/versions see/volume talk/api talk/kube

require_writable_volume() {
  if [[ -w $VOLUME ]]; then return 0; fi
  refuse "The volume belongs to $(stat --format '%U:%G (%u:%g, mode %a)' "$VOLUME") and user $(id -u) cannot write to it." \
    "Give it to the server's user: $(chown_command). Where a container may run as root, the value" \
    "storage.fixOwnership does it."
}

# chown_command: prints what to run where; the folder is known when the chart has made the volume.
chown_command() {
  local owner folder
  owner=$(id -u):$(id -g)
  if [[ -n $VOLUME_FOLDER ]]; then
    folder=${VOLUME_FOLDER%'%d'*}$((VOLUME_FIRST_INDEX + $(ordinal)))${VOLUME_FOLDER##*'%d'}
    printf 'chown %s %q on %s\n' "$owner" "$folder" "$VOLUME_HOST"
  else
    printf 'chown %s on the folder of the volume of claim data-%s-%s\n' "$owner" "$FULLNAME" "$(ordinal)"
  fi
}

require_passwords() {
  local name
  name=$(missing_password)
  if [[ -n $name && ! -f $SETTINGS/secrets/$name ]]; then
    refuse "Secret $AUTH_SECRET has no key '$(secret_key "$name")', the password of the $name account." \
      "Add the key, or name another one in the value auth.secretKeys.$name." || return
  elif [[ -n $name ]]; then
    refuse "Key '$(secret_key "$name")' of Secret $AUTH_SECRET is empty: the $name account needs a password." || return
  fi
  if ! replication_password_fits; then
    refuse "Key '$SECRET_KEY_REPLICATION' of Secret $AUTH_SECRET is too long: $ENGINE_NAME takes at most $SOURCE_PASSWORD_BYTES bytes" \
      "for the password of the replication account. Give it a shorter one."
  fi
}

require_certificates() {
  local file
  for file in ca.crt tls.crt tls.key; do
    if [[ ! -s $SETTINGS/tls/$file ]]; then
      refuse "Secret $TLS_SECRET has no key '$file'. Servers prove themselves to each other with ca.crt, tls.crt and tls.key." \
        || return
    fi
  done
}

main() {
  require_writable_volume
  require_passwords
  require_certificates
  require_server_version
  version_of "$ENGINE_SERVER" > "$SERVER_VERSION"
  write_configuration
  if moves; then note_leader; fi
  if instance_exists; then
    require_known_data
    begin_again "$(record_value "$INSTANCE" cluster)" "$(generation)"
    log "the instance is there: cluster $(record_value "$INSTANCE" cluster), $(record_value "$INSTANCE" version)"
  elif ! is_first_pod; then
    log "there is no instance yet; clone-mysql brings one"
  elif staging_is_complete; then
    publish_instance "$STAGING"
  elif adoption_is_complete; then
    publish_instance "$ADOPTED"
  else
    begin_primary
  fi
}

# note_leader: for clone-mysql, which needs to know whom to ask. The keeper goes on with it.
note_leader() {
  see_lease
  close_api
  if [[ $KUBE_STATUS == 403 ]]; then
    refuse "The pods' service account may not read the Lease $FULLNAME (Kubernetes API status 403), by which they agree on the primary." \
      "Give it the rights of the chart's Role (rbac.create), or set failover.mode to manual." || return
  fi
  note_lease no || true
}

# begin_again CLUSTER GENERATION: data that is there. What a primary says on its claim counts only after it has shown that no other
# claim knows better. While the claims cannot be read, it goes on with its data.
begin_again() {
  if ! moves && is_first_pod && [[ $STORAGE_KIND != ephemeral ]]; then
    if ! wait_until 10 find_holders; then
      log "the claims could not be read (Kubernetes API status $KUBE_STATUS), so nobody was asked for a newer generation"
      return 0
    fi
    require_newest_generation "$2"
    require_last_leader
  fi
  renew_annotation "$1" "$2"
}

# begin_primary: an empty volume is a first start, a loss, or a question that nobody answers.
begin_primary() {
  rm -f "$RESEED"
  if witnesses_count; then require_readable_claims; fi
  if [[ -z $HOLDERS && -n $ADOPT_FOLDER ]]; then
    adopt
    publish_instance "$ADOPTED"
  elif [[ -z $HOLDERS && -f $SETTINGS/target/settings ]]; then
    bash "$SCRIPTS/run/restore.sh"
    publish_instance "$STAGING"
  elif [[ -z $HOLDERS ]]; then
    initialise
    publish_instance "$STAGING"
  elif moves; then
    log "there is no instance, and other pods of the release hold data; clone-mysql brings a copy"
  elif [[ $PRIMARY_VOLUME_LOST == reseed ]]; then
    reseed_plan
  else
    refuse "The primary's volume is empty, but data of this release exists: claim data-$FULLNAME-${HOLDERS%% *}" \
      "holds it (annotation mysql-sts/holds-data). Nothing is initialised, so that this data stays good." \
      "Bring the primary's volume back, or set the value recovery.primaryVolumeLost to reseed to go on from a replica." \
      "To start over on purpose, delete all claims of the release first."
  fi
}

# As process 1 bash would wait for its current command before it ends. When it ends, the kernel ends the others.
trap 'exit 143' TERM
main &
wait "$!"
