#!/usr/bin/env bash
# Loads what the scripts share, in the order in which it builds up.

# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=engine-mysql-9.7.sh
. "${BASH_SOURCE[0]%/*}/engine.sh"
# shellcheck source=sql.sh
. "${BASH_SOURCE[0]%/*}/sql.sh"
# shellcheck source=family-mysql.sh
. "${BASH_SOURCE[0]%/*}/family.sh"
# shellcheck source=server.sh
. "${BASH_SOURCE[0]%/*}/server.sh"
# shellcheck source=kube-api.sh
. "${BASH_SOURCE[0]%/*}/kube-api.sh"
# shellcheck source=witness.sh
. "${BASH_SOURCE[0]%/*}/witness.sh"
# shellcheck source=instance.sh
. "${BASH_SOURCE[0]%/*}/instance.sh"
