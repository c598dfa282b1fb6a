#!/usr/bin/env bash
# A lock of this pod's server. The keeper holds it while this pod does not lead; the agent opens the server for writes only with it. So an
# agent that was stopped between its decision and its statement opens nothing after the Lease has gone to another pod.
#
# gives:   SERVER_LOCK
# exits:   never
load engine/current talk/session

readonly SERVER_LOCK=mysql_sts_writes

# lock_server: waits for an agent that has it.
lock_server() {
  ask_session "SELECT GET_LOCK('$SERVER_LOCK', 2) AS locked\\G" || return 1
  [[ ${ROWS[*]-} == *'locked: 1'* ]]
}

# unlock_server: however often this connection has asked for it.
unlock_server() { ask_session 'DO RELEASE_ALL_LOCKS();' || true; }

# opening_sql: prints the statements that let everybody write, each of which does so only with the lock.
opening_sql() {
  local setting
  opening_settings
  for setting in $REPLY; do
    printf "SET GLOBAL %s = IF(GET_LOCK('%s', 1) = 1, 0, 1);\n" "$setting" "$SERVER_LOCK"
  done
  printf 'DO RELEASE_ALL_LOCKS();\n'
}
