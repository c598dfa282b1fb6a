#!/usr/bin/env bash
# Prints the folder that holds helm (= helm4), helm3, ct, kubeconform, kubectl, the node's programs, yamllint and yamale.
set -Eeuo pipefail
# shellcheck source=tools/tools.sh
source "$(dirname -- "$0")/tools.sh"
tools_bin
echo
