#!/usr/bin/env bash
# The Kubernetes API with what database images have: one request a call, no curl, no jq.
#
# reads:   KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT
# gives:   TOKEN_FOLDER TLS_PROGRAM KUBE_STATUS KUBE_BODY
# exits:   never

readonly TOKEN_FOLDER=/var/run/secrets/kubernetes.io/serviceaccount

# api_address: prints where the API server is. An address of IPv6 needs brackets before a port.
api_address() {
  local host=$KUBERNETES_SERVICE_HOST
  if [[ $host == *:* ]]; then host="[$host]"; fi
  printf '%s:%s\n' "$host" "$KUBERNETES_SERVICE_PORT"
}

# tls_program: leaves in TLS_PROGRAM what connects its standard input and output with the API server, whichever program the image has.
tls_program() {
  local address authority=$TOKEN_FOLDER/ca.crt
  address=$(api_address)
  if command -v openssl > /dev/null; then
    TLS_PROGRAM=(openssl s_client -quiet -verify_return_error -verify_hostname kubernetes.default.svc -CAfile "$authority" -connect "$address")
  else
    TLS_PROGRAM=(socat -t 10 '-,ignoreeof' "OPENSSL:$address,cafile=$authority,commonname=kubernetes.default.svc")
  fi
}

tls_client() {
  tls_program
  timeout 10 "${TLS_PROGRAM[@]}"
}

# http_request VERSION METHOD PATH [BODY]: in HTTP/1.0 the server closes at the end and never sends chunks; in 1.1 it keeps the connection.
http_request() {
  local LC_ALL=C token='' type=application/strategic-merge-patch+json body=${4-}
  if [[ $2 == POST ]]; then type=application/json; fi
  read -r -d '' token < "$TOKEN_FOLDER/token" || true
  printf '%s\r\n' "$2 $3 HTTP/$1" 'Host: kubernetes.default.svc' "Authorization: Bearer $token" \
    'Accept: application/json' "Content-Type: $type" "Content-Length: ${#body}" ''
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

# take_answer STATUS BODY
take_answer() { KUBE_STATUS=$1 KUBE_BODY=$2; }

forget_answer() { take_answer 000 ''; }

# kube_api METHOD PATH [BODY]: leaves the answer in KUBE_STATUS (000: there was none, or not all of it) and KUBE_BODY.
# Succeeds when the status is 2xx.
kube_api() {
  local answer=
  forget_answer
  if [[ -r $TOKEN_FOLDER/token ]]; then
    # The full stop keeps the line feeds at the end, which count as parts of the body.
    answer=$(
      { http_request 1.0 "$@" | tls_client 2> /dev/null; } || true
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
