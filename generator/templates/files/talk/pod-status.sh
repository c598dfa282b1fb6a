#!/usr/bin/env bash
# What a pod says of itself in the Kubernetes API: labels, by which services find it, and conditions, for people.
#
# reads:   POD_NAME POD_NAMESPACE
# writes:  $RUN/condition-
# exits:   never
load lib/places talk/api

# patch_pod PATCH [POD]: changes labels and conditions of this pod, or another. The right to patch pods/status cannot touch the spec.
patch_pod() { call_api PATCH "/api/v1/namespaces/$POD_NAMESPACE/pods/${2-$POD_NAME}/status" "$1"; }

# label_role ROLE: puts the role on this pod, by which the read service finds it, and whether it may be read, for a service that
# leads to the primary, too.
label_role() { label_pod "$POD_NAME" "$1"; }

# label_pod POD ROLE
label_pod() {
  local readable=true
  if [[ $2 == detached ]]; then readable=false; fi
  patch_pod "{\"metadata\":{\"labels\":{\"mysql-sts/role\":\"$2\",\"mysql-sts/readable\":\"$readable\"}}}" "$1"
}

# json_string TEXT: prints TEXT as a JSON string; control characters become spaces.
json_string() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "${text//[[:cntrl:]]/ }"
}

# report_condition TYPE STATUS REASON MESSAGE: a condition mysql-sts/TYPE of this pod, for kubectl get and kubectl wait.
# A report that does not arrive must not stop the work that it is about.
report_condition() {
  local fields known=$RUN/condition-$1
  printf -v fields '"type":"mysql-sts/%s","status":"%s","reason":"%s","message":%s' "$1" "$2" "$3" "$(json_string "$4")"
  if [[ $(cat "$known" 2> /dev/null) != "$2 $3" ]]; then
    TZ=UTC printf -v fields '%s,"lastTransitionTime":"%(%FT%TZ)T"' "$fields" -1
  fi
  if patch_pod "{\"status\":{\"conditions\":[{$fields}]}}"; then printf '%s\n' "$2 $3" > "$known"; fi
}
