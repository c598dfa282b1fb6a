#!/usr/bin/env bash
# The witness that data exists: annotations on each claim with the cluster's id and generation, written before the data
# gets its name. They live exactly as long as the volume's claim, so an empty volume beside an annotated claim
# means that data was lost, never that this is a first start. The generation grows when a cluster whose primary was lost
# goes on from a replica: whatever is of an older one must not lead any more.
#
# reads:   FULLNAME POD_NAMESPACE STORAGE_KIND TRUST_EMPTY_VOLUME
# gives:   MOST_PODS NAMED_CLAIMS HOLDERS
# exits:   never
load lib/log lib/pod lib/time talk/kube

claim_path() { printf '/api/v1/namespaces/%s/persistentvolumeclaims/data-%s-%s\n' "$POD_NAMESPACE" "$FULLNAME" "$1"; }

# annotation NAME: prints an annotation mysql-sts/NAME of the claim in KUBE_BODY, nothing where there is none.
annotation() {
  local pattern="\"mysql-sts/$1\": ?\"([^\"]*)\""
  if [[ $KUBE_BODY =~ $pattern ]]; then printf '%s\n' "${BASH_REMATCH[1]}"; fi
}

# The most pods that the value replicaCount allows.
readonly MOST_PODS=99

# The claims that the chart's Role names however few pods there are (mysql-sts.ordinals in _helpers.tpl), so that those of pods that
# were scaled away are asked, too. That an account may not read one of these is no end of the list, but an answer that is missing.
readonly NAMED_CLAIMS=16

# A line "ordinal cluster-id generation term" for each claim that was found annotated; the term is empty for a pod that has never led with failover.
HOLDERS=

# ask_claim ORDINAL: adds its line to HOLDERS if it is annotated; fails when it cannot be read.
ask_claim() {
  local cluster generation
  kube_api GET "$(claim_path "$1")" || true
  if [[ $KUBE_STATUS == 404 ]]; then return 0; fi
  if [[ $KUBE_STATUS != 200 ]]; then return 1; fi
  cluster=$(annotation holds-data)
  if [[ -z $cluster ]]; then return 0; fi
  generation=$(annotation generation)
  HOLDERS+="$1 $cluster ${generation:-1} $(annotation term)"$'\n'
}

# ask_own_claim: leaves in HOLDERS what this pod's claim says; fails when it cannot be read.
ask_own_claim() {
  HOLDERS=
  ask_claim "$(ordinal)"
}

# find_holders: leaves the lines of all annotated claims of the release in HOLDERS; fails when the API cannot be read. The Role
# names the claims, so the first forbidden one beyond NAMED_CLAIMS is the end of the list; an account that may read more finds no
# end, and is asked about every pod that there can be.
find_holders() {
  local number
  HOLDERS=
  for ((number = 0; number < MOST_PODS; number++)); do
    if ask_claim "$number"; then continue; fi
    if [[ $KUBE_STATUS == 403 ]] && ((number >= NAMED_CLAIMS)); then return 0; fi
    return 1
  done
}

# newest_generation: prints the highest generation among HOLDERS; a holder that does not say one is of the first.
newest_generation() {
  local generation newest=0
  while read -r _ _ generation _; do
    generation=${generation:-1}
    if ((generation > newest)); then newest=$generation; fi
  done <<< "$HOLDERS"
  printf '%s\n' "$newest"
}

# require_readable_claims: leaves the holders in HOLDERS, or refuses.
require_readable_claims() {
  wait_until 30 find_holders && return 0
  refuse "The claims of this release could not be read from the Kubernetes API (status $KUBE_STATUS)." \
    "Without them an empty volume cannot be told from a lost one, so nothing is initialised." \
    "Give the service account the rights of the chart's Role (rbac.create), which names at least $NAMED_CLAIMS claims from" \
    "data-$FULLNAME-0 to data-$FULLNAME-$((NAMED_CLAIMS - 1)), see to the API server, or, for a first start without these" \
    "rights, set the value recovery.trustEmptyVolume."
}

# require_newest_generation GENERATION: refuses when a claim in HOLDERS says that the release has gone on without this volume.
require_newest_generation() {
  if (($(newest_generation) > $1)); then
    refuse "The volume of this primary is of generation $1, but the release has gone on from a replica as generation" \
      "$(newest_generation). Its server is not started, so that two histories cannot mix." \
      "To go on with the newer data, delete claim data-$FULLNAME-0 and this pod."
  fi
}

# require_last_leader: refuses when another pod led this release after this one, as with failover that is off now.
require_last_leader() {
  local number term last=0 leader
  leader=$(ordinal)
  while read -r number _ _ term; do
    if ((${term:-0} > last)); then last=${term:-0} leader=$number; fi
  done <<< "$HOLDERS"
  if [[ $leader == "$(ordinal)" ]]; then return 0; fi
  refuse "Pod $FULLNAME-$leader led this release last (term $last on its claim), and without failover pod $FULLNAME-0 is the primary." \
    "Its server is not started, so that nothing is lost. Set failover.mode to automatic again, hand over to $FULLNAME-0" \
    "(kubectl annotate lease $FULLNAME mysql-sts/primary=$FULLNAME-0), and then switch failover off."
}

# witnesses_count: who has been told to trust an empty volume has no use for witnesses.
witnesses_count() { [[ $STORAGE_KIND != ephemeral && $TRUST_EMPTY_VOLUME != true ]]; }

# claim_is_annotated CLUSTER_ID GENERATION: whether HOLDERS has it of this pod. A claim may be ahead of the volume: the agent writes it first.
claim_is_annotated() {
  local number cluster generation
  while read -r number cluster generation _; do
    if [[ $number == "$(ordinal)" && $cluster == "$1" ]] && ((${generation:-1} >= $2)); then return 0; fi
  done <<< "$HOLDERS"
  return 1
}
