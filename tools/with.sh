#!/usr/bin/env bash
# Runs a command with the tools that few need first on PATH, and builds them unless they are there:
#   tools/with.sh lint COMMAND...          actionlint, kube-score, govulncheck, shfmt
#   tools/with.sh policies reach           reach (which connections network policies let through; reads JSON)
#   tools/with.sh publish COMMAND...       oras, cosign, registry (the reference implementation, for tests)
# They have modules of their own, so that a change of theirs makes nobody build the others anew.
set -Eeuo pipefail
# shellcheck source=tools/tools.sh
source "$(dirname -- "$0")/tools.sh"

build_group() {
  local group=$1 out=$2 log=$CACHE/log/build-$1.log
  local -a packages
  mapfile -t packages < <(go list -C "$TOOLS/$group" -f '{{.ImportPath}}' tool)
  mkdir -p -- "$out.part" "$CACHE/log"
  with_progress "compiling $(basename -a -- "${packages[@]}" | paste -sd ' ')" "$log" no_detail \
    env CGO_ENABLED=0 GOBIN="$out.part" go install -C "$TOOLS/$group" -trimpath -ldflags '-s -w' "${packages[@]}"
  mv -T -- "$out.part" "$out"
}

main() {
  local group=$1 folder
  shift
  [[ -f $TOOLS/$group/go.mod ]] || die "there is no group of tools $group. Groups are lint, policies and publish."
  folder=$(go_folder "$TOOLS/$group" "$group")
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
