#!/usr/bin/env bash
# Certificates that are renewed while the server runs: the Secret's files change, and the server is told to read them again.
#
# reads:   TLS_SECRET $SETTINGS/tls $STATE/started
# gives:   REPLY CERTIFICATES_SEEN
# writes:  $STATE/certificates
# exits:   never
load engine/current lib/log lib/places talk/sql

# certificates_fingerprint: changes when a file of the Secret does.
certificates_fingerprint() { sha256sum "$SETTINGS"/tls/{ca.crt,tls.crt,tls.key}; }

# note_certificates: those that a server is about to read, or has read again.
note_certificates() { printf '%s\n' "$1" > "$STATE/certificates"; }

# noted_certificates: prints nothing before a server has been started.
noted_certificates() { if [[ -f $STATE/certificates ]]; then printf '%s' "$(< "$STATE/certificates")"; fi; }

# read_noted_certificates: leaves them in REPLY, without a process.
read_noted_certificates() {
  REPLY=
  IFS= read -r -d '' REPLY 2> /dev/null < "$STATE/certificates" || true
  REPLY=${REPLY%$'\n'}
}

# The files of the Secret that the server was found to show, and the server's start that they count for.
CERTIFICATES_SEEN=

# read_certificates: leaves their contents in REPLY, with the start of the server. Without a process, since every pass looks.
read_certificates() {
  local file text texts=
  for file in "$SETTINGS"/tls/{ca.crt,tls.crt,tls.key} "$STATE/started"; do
    text=
    IFS= read -r -d '' text 2> /dev/null < "$file" || true
    texts+=$text
  done
  REPLY=$texts
}

# keep_certificates: connections that exist go on with the old ones. A certificate whose key does not fit is refused by the
# server, which keeps what it has; it is asked again in the next pass.
keep_certificates() {
  local wanted answer seen
  read_certificates
  seen=$REPLY
  if [[ $seen == "$CERTIFICATES_SEEN" ]]; then return 0; fi
  if ! wanted=$(certificates_fingerprint 2> /dev/null); then
    log_once certificates "Secret $TLS_SECRET has lost ca.crt, tls.crt or tls.key, so the server goes on with those that it has:" \
      "put them back before it is started again"
    return 0
  fi
  if [[ $(noted_certificates) == "$wanted" ]]; then
    log_once certificates
    CERTIFICATES_SEEN=$seen
  elif [[ -z $SQL_RELOAD_CERTIFICATES ]]; then
    log "the certificates were renewed, and $ENGINE_NAME reads them only when it starts: delete this pod before the old ones expire"
    note_certificates "$wanted"
  elif answer=$(printf '%s;\n' "$SQL_RELOAD_CERTIFICATES" | local_sql 2>&1); then
    log "the server shows the renewed certificates"
    note_certificates "$wanted"
  else
    log_once certificates "the server refuses the certificates of Secret $TLS_SECRET and goes on with those that it has: $answer"
  fi
}
