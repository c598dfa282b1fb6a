#!/usr/bin/env bash
# Starts the server on a complete instance. Never initialises: an instance that is missing here is an error.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"
# shellcheck source=attempt.sh
. "${BASH_SOURCE[0]%/*}/attempt.sh"
# shellcheck source=donors.sh
. "${BASH_SOURCE[0]%/*}/donors.sh"
# shellcheck source=certificates.sh
. "${BASH_SOURCE[0]%/*}/certificates.sh"
# shellcheck source=replacement.sh
. "${BASH_SOURCE[0]%/*}/replacement.sh"
# shellcheck source=versions.sh
. "${BASH_SOURCE[0]%/*}/versions.sh"
# shellcheck source=upgrade.sh
. "${BASH_SOURCE[0]%/*}/upgrade.sh"

main() {
  # What agent and probes noted is about a server that is gone; without it they know that there is none.
  rm -rf "$STATE"
  interruptible settle_replacement
  instance_exists || die "There is no instance on the volume. The init containers make it; their logs say what went wrong."
  settle_upgrade
  write_init_file
  if has_password monitor; then write_monitor_file "$RUN/monitor.cnf"; fi
  mkdir "$STATE"
  note_certificates "$(certificates_fingerprint)"
  now > "$STATE/started"
  server_command "$INSTANCE/data"
  log "starting ${SERVER_COMMAND[*]}"
  exec "${SERVER_COMMAND[@]}"
}

main
