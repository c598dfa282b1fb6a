#!/usr/bin/env bash
# The ConfigMap in which people read which backups there are, without a key to the storage.
#
# reads:   FULLNAME POD_NAMESPACE
# exits:   never
load lib/log lib/manifest see/backups talk/kube

# write_catalogue: a line for each of the hundred newest backups in BACKUPS. Nothing depends on it.
write_catalogue() {
  local line text='' count=0
  while read -r line && ((count < 100)); do
    count=$((count + 1))
    text+="$(catalogue_line "$line")\\n"
  done <<< "$BACKUPS"
  kube_api PATCH "/api/v1/namespaces/$POD_NAMESPACE/configmaps/$FULLNAME-backups" "{\"data\":{\"backups\":\"$text\"}}" \
    || log "the ConfigMap $FULLNAME-backups could not be written (Kubernetes API status $KUBE_STATUS): it does not show this run"
}

# catalogue_line LINE: prints what people ask of a backup.
catalogue_line() {
  local manifest
  manifest=$(manifest_of "$1")
  printf '%s %s bytes=%s stored=%s engine=%s version=%s cluster=%s generation=%s verified=%s position=%s' \
    "$(manifest_value "$manifest" id)" "$(manifest_value "$manifest" time)" "$(manifest_value "$manifest" bytes)" \
    "$(manifest_value "$manifest" stored)" "$(manifest_value "$manifest" engine)" "$(manifest_value "$manifest" version)" \
    "$(manifest_value "$manifest" cluster)" "$(manifest_value "$manifest" generation)" "${1##*,}" "$(manifest_value "$manifest" position)"
}
