#!/usr/bin/env bash
# The witness that data exists: an annotation on each claim with the cluster's id, written before the data
# gets its name. It lives exactly as long as the volume's claim, so an empty volume beside an annotated claim
# means that data was lost, never that this is a first start.

claim_path() { printf '/api/v1/namespaces/%s/persistentvolumeclaims/data-%s-%s\n' "$POD_NAMESPACE" "$FULLNAME" "$1"; }

# annotated_cluster: prints the cluster's id from the claim in KUBE_BODY, nothing where there is none.
annotated_cluster() {
  if [[ $KUBE_BODY =~ \"mysql-sts/holds-data\":\ ?\"([^\"]*)\" ]]; then printf '%s\n' "${BASH_REMATCH[1]}"; fi
}

# The most pods that the value replicaCount allows.
declare -rx MOST_PODS=99

# find_holders: leaves "ordinal cluster-id" lines of all annotated claims of the release in HOLDERS; fails when the
# API cannot be read. The Role names the claims, so the first forbidden one is the end of the list; an account that may
# read more finds no end, and is asked about every pod that there can be.
find_holders() {
  local number cluster
  HOLDERS=
  for ((number = 0; number < MOST_PODS; number++)); do
    kube_api GET "$(claim_path "$number")" || true
    case $KUBE_STATUS in
      200)
        cluster=$(annotated_cluster)
        if [[ -n $cluster ]]; then HOLDERS+="$number $cluster"$'\n'; fi
        ;;
      404) ;;
      403) return "$((number == 0))" ;;
      *) return 1 ;;
    esac
  done
}

# require_fresh_start: ends the container unless no claim of the release holds data.
require_fresh_start() {
  if [[ $STORAGE_KIND == ephemeral ]]; then return 0; fi
  if ! wait_until 30 find_holders; then
    die "The claims of this release could not be read from the Kubernetes API (status $KUBE_STATUS)." \
      "Without them an empty volume cannot be told from a lost one, so nothing is initialised." \
      "Give the service account the rights of the chart's Role (rbac.create), or see to the API server."
  fi
  if [[ -n $HOLDERS ]]; then
    die "The primary's volume is empty, but data of this release exists: claim data-$FULLNAME-${HOLDERS%% *}" \
      "holds it (annotation mysql-sts/holds-data). Nothing is initialised, so that this data stays good." \
      "Bring the primary's volume back. To start over on purpose, delete all claims of the release first."
  fi
}

# testify CLUSTER_ID: says on this pod's claim that its volume holds data.
testify() {
  if [[ $STORAGE_KIND == ephemeral ]]; then return 0; fi
  kube_api PATCH "$(claim_path "$(ordinal)")" "{\"metadata\":{\"annotations\":{\"mysql-sts/holds-data\":\"$1\"}}}" \
    || die "Claim data-$FULLNAME-$(ordinal) could not be annotated (Kubernetes API status $KUBE_STATUS)." \
      "The data is ready in the staging folder and gets its name once the API accepts the annotation."
}
