#!/usr/bin/env bash
# Prepares the pod: checks what it was given, writes the role's configuration, and on the primary's first start makes
# the instance. Every later start finds the instance and changes nothing.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"
# shellcheck source=configuration.sh
. "${BASH_SOURCE[0]%/*}/configuration.sh"
# shellcheck source=accounts.sh
. "${BASH_SOURCE[0]%/*}/accounts.sh"
# shellcheck source=initialise.sh
. "${BASH_SOURCE[0]%/*}/initialise.sh"

require_writable_volume() {
  if [[ -w $VOLUME ]]; then return 0; fi
  die "The volume belongs to $(stat --format '%U:%G (%u:%g, mode %a)' "$VOLUME") and user $(id -u) cannot write to it." \
    "Give it to the server's user where the volume is stored: chown 999:999 on its folder."
}

require_passwords() {
  local name key variable
  for name in root replication clone monitor app; do
    if [[ $name == app && -z $APP_USERNAME ]]; then continue; fi
    variable=SECRET_KEY_${name^^}
    key=${!variable}
    if [[ ! -f $SETTINGS/secrets/$name ]]; then
      die "Secret $AUTH_SECRET has no key '$key', the password of the $name account." \
        "Add the key, or name another one in the value auth.secretKeys.$name."
    fi
    if [[ ! -s $SETTINGS/secrets/$name ]]; then
      die "Key '$key' of Secret $AUTH_SECRET is empty: the $name account needs a password."
    fi
  done
}

require_certificates() {
  local file
  for file in ca.crt tls.crt tls.key; do
    if [[ ! -s $SETTINGS/tls/$file ]]; then
      die "Secret $TLS_SECRET has no key '$file'. Servers prove themselves to each other with ca.crt, tls.crt and tls.key."
    fi
  done
}

main() {
  require_writable_volume
  require_passwords
  require_certificates
  write_configuration
  if instance_exists; then
    require_known_data
    log "the instance is there: cluster $(record_value "$INSTANCE" cluster), $(record_value "$INSTANCE" version)"
  elif ! is_first_pod; then
    log "there is no instance yet; clone-mysql brings one"
  else
    if ! staging_is_complete; then
      require_fresh_start
      initialise
    fi
    publish_instance
  fi
}

interruptible main
