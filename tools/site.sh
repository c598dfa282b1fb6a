#!/usr/bin/env bash
# Builds the site of the documentation:  tools/site.sh PAGES SITE
# The program that builds it lives in the cache, in an environment of its own, keyed by what it is made of.
set -Eeuo pipefail
# shellcheck source=tools/lib.sh
source "$(dirname -- "$0")/lib.sh"

TOOLS=$(cd -- "$(dirname -- "$0")" && pwd -P)
REQUIREMENTS=$TOOLS/site/requirements.txt

install_mkdocs() {
  python3 -m venv "$1"
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$REQUIREMENTS"
}

# An environment names its own folder, so it is made where it stays; the last file says that it is complete.
prepare() {
  local folder=$1
  [[ -e $folder/complete ]] && return
  lock site
  [[ -e $folder/complete ]] && return
  python3 -c 'import venv, ensurepip' 2> /dev/null || "$TOOLS/packages.sh" python
  rm -rf -- "$folder"
  mkdir -p -- "$CACHE/log"
  with_progress 'installing MkDocs' "$CACHE/log/build-site.log" no_detail install_mkdocs "$folder"
  touch "$folder/complete"
}

main() {
  local folder
  folder=$CACHE/python/site-$(python3 --version | hash_inputs "$REQUIREMENTS" "$0")
  # In a shell of its own, so that the lock ends with it.
  (prepare "$folder")
  # The notes of MkDocs' theme on its successors are no warning about the pages.
  NO_MKDOCS_2_WARNING=1 SITE_PAGES=$(realpath -- "$1") "$folder/bin/python" -m mkdocs --quiet build --strict --config-file "$TOOLS/../mkdocs.yml" --site-dir "$(realpath -m -- "$2")"
}

main "$@"
