#!/usr/bin/env bash
# Runs a command with the tools that few need first on PATH, and builds them unless they are there:
#   tools/with.sh lint COMMAND...          actionlint, kube-score, govulncheck, shfmt
#   tools/with.sh policies reach           reach (which connections network policies let through; reads JSON)
#   tools/with.sh publish COMMAND...       oras, cosign, registry (the reference implementation, for tests)
#   tools/with.sh objects judge            judge (what Kubernetes' API server would say against objects; reads YAML), of test/objects
#   tools/with.sh backup COMMAND...        rclone (with the backends that backups use), versitygw (a server of S3), of test/cluster/storage
# They have modules of their own, so that a change of theirs makes nobody build the others anew.
set -Eeuo pipefail
# shellcheck source=tools/tools.sh
source "$(dirname -- "$0")/tools.sh"

# The folder of a group. What only tests run lies with them, since all sources below tools/ count for all tools there.
module_of() {
  local folder=$TOOLS/$1
  if [[ $1 == backup ]]; then folder=$TOOLS/../test/cluster/storage; fi
  if [[ ! -f $folder/go.mod ]]; then folder=$TOOLS/../test/$1; fi
  printf '%s\n' "$folder"
}

build_group() {
  local group=$1 out=$2 log=$CACHE/log/build-$1.log
  local -a packages
  mapfile -t packages < <(go list -C "$(module_of "$group")" -f '{{.ImportPath}}' tool)
  mkdir -p -- "$out.part" "$CACHE/log"
  with_progress "compiling $(basename -a -- "${packages[@]}" | paste -sd ' ')" "$log" no_detail \
    env CGO_ENABLED=0 GOBIN="$out.part" go install -C "$(module_of "$group")" -trimpath -ldflags '-s -w' "${packages[@]}"
  mv -T -- "$out.part" "$out"
}

main() {
  local group=$1 folder
  shift
  [[ -f $(module_of "$group")/go.mod ]] || die "there is no group of tools $group. Groups are lint, policies, publish, objects and backup."
  folder=$(go_folder "$(module_of "$group")" "$group")
  if [[ ! -d $folder ]]; then
    # In a shell of its own, so that the lock does not live on in the command.
    (
      lock "build-$group"
      rm -rf -- "$folder.part"
      [[ -d $folder ]] || build_group "$group" "$folder"
    )
  fi
  PATH=$folder:$PATH exec "$@"
}

main "$@"
