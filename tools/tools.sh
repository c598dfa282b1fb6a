# shellcheck shell=bash
# Which programs there are, where they are built, and by what their folders are keyed.

# shellcheck source=tools/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
command -v go > /dev/null || die 'Go 1.26 or later is needed and is not on PATH. See https://go.dev/doc/install.'

TOOLS=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)

# The version of a module as its go.mod pins it.
pinned() { sed -nE "s|^(require )?\s*$2 (v[^ ]+).*|\2|p" "$1/go.mod" | head -n 1; }

# Folder of what is built from one go.mod. The compiler counts as an input, and so do the scripts that set the flags.
go_folder() {
  local module=$1 name=$2
  local -a sources
  mapfile -t sources < <(find "$module" -name go.mod -prune -o -name '*.go' -print | LC_ALL=C sort)
  printf '%s/go/%s-%s' "$CACHE" "$name" \
    "$(go version | hash_inputs "$module/go.mod" "$module/go.sum" "$TOOLS/tools.sh" "$TOOLS/build.sh" "${sources[@]}")"
}

# What "all tools" means. kind is built where Docker runs.
export PARTS=(kubernetes helm charts python)

# The folder that a part is built into.
folder_of() {
  case $1 in
    kubernetes) go_folder "$TOOLS/kubernetes" "$1" ;;
    helm | charts | kind) go_folder "$TOOLS" "$1" ;;
    python) printf '%s/python/%s' "$CACHE" "$(python3 --version | hash_inputs "$TOOLS/requirements.txt" "$TOOLS/build.sh")" ;;
    *) die "there is no part $1. Parts are ${PARTS[*]} kind." ;;
  esac
}

# The one folder to put in front of PATH: links to everything.
tools_bin() {
  local part
  printf '%s/tools/%s/bin' "$CACHE" "$(for part in "${PARTS[@]}"; do folder_of "$part"; done | hash_inputs)"
}
