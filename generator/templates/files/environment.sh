#!/usr/bin/env bash
# Loads what the scripts share, in the order in which it builds up. Which engine's words those are, the pod says (POD_ENGINE): the scripts of
# a running pod change as soon as an upgrade begins, and its server later.

# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=engine-mysql-9.7.sh
. "${BASH_SOURCE[0]%/*}/engine-$POD_ENGINE.sh"
# shellcheck source=sql.sh
. "${BASH_SOURCE[0]%/*}/sql.sh"
# shellcheck source=family-mysql.sh
. "${BASH_SOURCE[0]%/*}/family-$ENGINE_FAMILY.sh"
# shellcheck source=server.sh
. "${BASH_SOURCE[0]%/*}/server.sh"
# shellcheck source=kube-api.sh
. "${BASH_SOURCE[0]%/*}/kube-api.sh"
# shellcheck source=witness.sh
. "${BASH_SOURCE[0]%/*}/witness.sh"
# shellcheck source=instance.sh
. "${BASH_SOURCE[0]%/*}/instance.sh"
