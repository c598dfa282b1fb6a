#!/usr/bin/env bash
# Looks at this pod's server.
#
# exits:   never
load engine/current lib/status talk/session

# look_at_server: leaves in STATUS all that a pass asks this pod's server, in one question. Our own columns come last: a line of an error's
# text could look like one. Fails with SESSION_ERROR.
look_at_server() {
  ask_session "$SQL_SHOW_REPLICA_STATUS\\G" \
    'SELECT @@GLOBAL.read_only AS read_only, generation, (SELECT fingerprint FROM mysql_sts.accounts) AS accounts FROM mysql_sts.cluster\G' || return 1
  read_status ${ROWS[@]+"${ROWS[@]}"}
}
