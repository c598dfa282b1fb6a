#!/usr/bin/env bash
# The Kubernetes API with what database images have: one request a call, no curl, no jq.
#
# reads:   KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT POD_NAME POD_NAMESPACE
# gives:   TOKEN_FOLDER KUBE_STATUS KUBE_BODY
# writes:  $RUN/condition-
# exits:   never
load lib/places

readonly TOKEN_FOLDER=/var/run/secrets/kubernetes.io/serviceaccount

# api_address: prints where the API server is. An address of IPv6 needs brackets before a port.
api_address() {
  local host=$KUBERNETES_SERVICE_HOST
  if [[ $host == *:* ]]; then host="[$host]"; fi
  printf '%s:%s\n' "$host" "$KUBERNETES_SERVICE_PORT"
}

# tls_client: connects standard input and output with the API server, whichever TLS program the image has.
tls_client() {
  local address authority=$TOKEN_FOLDER/ca.crt
  address=$(api_address)
  if command -v openssl > /dev/null; then
    timeout 10 openssl s_client -quiet -verify_return_error -verify_hostname kubernetes.default.svc \
      -CAfile "$authority" -connect "$address"
  else
    timeout 10 socat -t 10 -,ignoreeof "OPENSSL:$address,cafile=$authority,commonname=kubernetes.default.svc"
  fi
}

# http_request METHOD PATH [BODY]: HTTP/1.0, because then the server closes at the end and never sends chunks.
http_request() {
  local LC_ALL=C body=${3-}
  printf '%s\r\n' "$1 $2 HTTP/1.0" 'Host: kubernetes.default.svc' "Authorization: Bearer $(< "$TOKEN_FOLDER/token")" \
    'Accept: application/json' 'Content-Type: application/strategic-merge-patch+json' "Content-Length: ${#body}" ''
  printf '%s' "$body"
}

# is_whole ROWS: whether all of it arrived. A connection can end in the middle; then the body has fewer bytes than the head says,
# or, where it says nothing, does not end as JSON does.
is_whole() {
  local LC_ALL=C head=${1%%$'\r\n\r\n'*} length=$'\r\ncontent-length:[ \t]*([0-9]+)'
  if [[ $1 != *$'\r\n\r\n'* ]]; then return 1; fi
  if [[ ${head,,} =~ $length ]]; then
    ((${#1} - ${#head} - 4 >= 10#${BASH_REMATCH[1]}))
  else
    [[ ${1%$'\n'} == *'}' ]]
  fi
}

# kube_api METHOD PATH [BODY]: leaves the answer in KUBE_STATUS (000: there was none, or not all of it) and KUBE_BODY.
# Succeeds when the status is 2xx.
kube_api() {
  local answer=
  KUBE_STATUS=000 KUBE_BODY=
  if [[ -r $TOKEN_FOLDER/token ]]; then
    # The full stop keeps the line feeds at the end, which count as parts of the body.
    answer=$(
      { http_request "$@" | tls_client 2> /dev/null; } || true
      printf .
    )
  fi
  answer=${answer%.}
  if is_whole "$answer" && [[ $answer =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]]; then
    KUBE_STATUS=${BASH_REMATCH[1]}
    KUBE_BODY=${answer#*$'\r\n\r\n'}
    KUBE_BODY=${KUBE_BODY%$'\n'}
  fi
  [[ $KUBE_STATUS == 2* ]]
}

# patch_pod PATCH: changes labels and conditions of this pod. The right to patch pods/status cannot touch the spec.
patch_pod() { kube_api PATCH "/api/v1/namespaces/$POD_NAMESPACE/pods/$POD_NAME/status" "$1"; }

# label_role ROLE: puts the role on this pod, by which the read service finds it, and whether it may be read, for a service that
# leads to the primary, too.
label_role() {
  local readable=true
  if [[ $1 == detached ]]; then readable=false; fi
  patch_pod "{\"metadata\":{\"labels\":{\"mysql-sts/role\":\"$1\",\"mysql-sts/readable\":\"$readable\"}}}"
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
