#!/usr/bin/env bash
# Ends connections of this pod's server.
#
# exits:   never
load do/server talk/session

# end_connections clients|replication: those of clients, so that they connect to the pod that leads; or those of replicas.
end_connections() {
  local line statements=() users
  if [[ $1 == replication ]]; then
    users="= 'replication'"
  else
    users="NOT IN ('system user', 'event_scheduler', 'unauthenticated user', 'replication', 'clone', 'monitor', '$AGENT_ACCOUNT')"
  fi
  ask_session "SELECT id AS id FROM information_schema.processlist WHERE user $users\\G" || return 1
  for line in ${ROWS[@]+"${ROWS[@]}"}; do
    if [[ $line =~ ^\ *id:\ ([0-9]+)$ ]]; then statements+=("KILL ${BASH_REMATCH[1]};"); fi
  done
  if ((${#statements[@]} == 0)); then return 0; fi
  # One that has ended by itself meanwhile is no failure.
  ask_session ${statements[@]+"${statements[@]}"} || true
}
