#!/usr/bin/env bash
# Certificates that are renewed while the server runs: the Secret's files change, and the server is told to read them again.

# certificates_fingerprint: changes when a file of the Secret does.
certificates_fingerprint() { sha256sum "$SETTINGS"/tls/{ca.crt,tls.crt,tls.key}; }

# note_certificates: those that a server is about to read, or has read again.
note_certificates() { printf '%s\n' "$1" > "$STATE/certificates"; }

# noted_certificates: prints nothing before a server has been started.
noted_certificates() { if [[ -f $STATE/certificates ]]; then printf '%s' "$(< "$STATE/certificates")"; fi; }

# keep_certificates: connections that exist go on with the old ones. A certificate whose key does not fit is refused by the
# server, which keeps what it has; it is asked again in the next pass.
keep_certificates() {
  local wanted answer
  wanted=$(certificates_fingerprint)
  if [[ $(noted_certificates) == "$wanted" ]]; then return 0; fi
  if [[ -z $SQL_RELOAD_CERTIFICATES ]]; then
    log "the certificates were renewed, and $ENGINE_NAME reads them only when it starts: delete this pod before the old ones expire"
  elif answer=$(printf '%s;\n' "$SQL_RELOAD_CERTIFICATES" | local_sql 2>&1); then
    log "the server shows the renewed certificates"
  else
    tell_refusal "$wanted" "$answer"
    return 0
  fi
  note_certificates "$wanted"
}

# tell_refusal FINGERPRINT ANSWER: once for each pair of files.
tell_refusal() {
  if [[ $(cat "$STATE/certificates-refused" 2> /dev/null) == "$1" ]]; then return 0; fi
  printf '%s\n' "$1" > "$STATE/certificates-refused"
  log "the server refuses the certificates of Secret $TLS_SECRET and goes on with those that it has: $2"
}
