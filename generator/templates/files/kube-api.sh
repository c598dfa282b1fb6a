#!/usr/bin/env bash
# The Kubernetes API with what database images have: one request a call, no curl, no jq.

declare -rx TOKEN_FOLDER=/var/run/secrets/kubernetes.io/serviceaccount

# tls_client: connects standard input and output with the API server, whichever TLS program the image has.
tls_client() {
  local address=$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT authority=$TOKEN_FOLDER/ca.crt
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
    'Accept: application/json' 'Content-Type: application/merge-patch+json' "Content-Length: ${#body}" ''
  printf '%s' "$body"
}

# kube_api METHOD PATH [BODY]: leaves the answer in KUBE_STATUS (000: there was none) and KUBE_BODY.
# Succeeds when the status is 2xx.
kube_api() {
  local answer=
  export KUBE_STATUS=000 KUBE_BODY=
  if [[ -r $TOKEN_FOLDER/token ]]; then answer=$(http_request "$@" | tls_client 2> /dev/null) || true; fi
  if [[ $answer =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]]; then
    KUBE_STATUS=${BASH_REMATCH[1]}
    KUBE_BODY=${answer#*$'\r\n\r\n'}
  fi
  [[ $KUBE_STATUS == 2* ]]
}

# label_role ROLE: puts the role on this pod. The right to patch pods/status covers labels and cannot touch the spec.
label_role() {
  kube_api PATCH "/api/v1/namespaces/$POD_NAMESPACE/pods/$POD_NAME/status" \
    "{\"metadata\":{\"labels\":{\"mysql-sts/role\":\"$1\"}}}"
}
