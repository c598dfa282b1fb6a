#!/usr/bin/env bash
# What a replica's agent does next. Each function below is a group of rows; the first group that decides wins.
# The facts and their values:
#   promise     bound, or free: bound to an election, a replica receives nothing until the Lease changes; always free without failover
#   member      yes or no: the replica acknowledges writes and may lead; always yes without failover
#   copy        settled, or unsettled: a copy made by a backup tool that does not know its position yet
#   mark        none, or ahead: this replica has what the primary wrote and lost
#   configured  yes or no: the server knows its way to the primary
#   following   yes, no, or now: replication was started since the server started, or in this pass
#   password    fits or long: the replication password fits the field in which the server keeps it
#   io          yes, connecting or no: the receiving thread;  io_error: none, away, purged, refused or other
#   sql         yes or no: the applying thread;  sql_error: none or some
#   asked       now, recently or long_ago: when the primary was last asked
#   source      answers, refuses, silent or unknown: what came of the question of this pass
#   cluster     same, other or unknown;  generation: older, same, newer or unknown
#   history     common, errant, lost or unknown: what this replica has and the primary lacks; lost was the primary's own
#   proof       no or yes: that the primary really lost it: it told of it before, or was asked twice
#   reconnect   due or done: a new connection was not tried within half a minute, or was
#   restarted   no or now: the receiving thread was started in this pass
#   living      yes or no: the connection brings what the primary has
#   missing     no or yes: the replica has read everything and still lacks what the primary had long before
#   reached     yes or no: the replica has what the primary had when replication was started
#   fresh       no or yes: there is nothing to compare the first answer with, so a small lag proves nothing yet
#   lag         small, large or unknown
#   held        none, or the state that does not pass by itself in which the replica was found last
#
# exits:   never
load decide/row lib/facts

decide_replica() {
  decide_promise || decide_copy || decide_ahead || decide_way || decide_purged || decide_applier || decide_receiver || decide_touch
}

decide_promise() {
  [[ ${FACT[promise]} == bound ]] || return 1
  row promised Waiting apply-received
}

decide_copy() {
  [[ ${FACT[copy]} == unsettled ]] || return 1
  row copy-without-position '' seed-position
}

# Rows that the primary wrote and lost. While there is no primary, this may be the replica to go on from.
decide_ahead() {
  [[ ${FACT[mark]} == ahead ]] || return 1
  if [[ ${FACT[asked]} != now ]]; then
    row ahead-asks '' ask
  elif [[ ${FACT[source]} != answers ]]; then
    row ahead-alone Waiting apply-received
  elif [[ ${FACT[generation]} == newer ]]; then
    row ahead-is-over '' forget-mark
  else
    row ahead PrimaryWentBack stop-receiving
  fi
}

needs_setup() { [[ ${FACT[configured]} == no || ${FACT[io_error]} == refused ]]; }

# Once for every start of the server, and when the replica does not know its way to the primary.
decide_way() {
  if [[ ${FACT[following]} == now ]]; then return 1; fi
  if [[ ${FACT[following]} == yes ]] && ! needs_setup; then return 1; fi
  if [[ ${FACT[asked]} != now ]]; then
    row way-asks '' ask
  elif [[ ${FACT[source]} == refuses ]]; then
    row way-refused CredentialsRefused report
  elif [[ ${FACT[source]} != answers && ${FACT[configured]} == no ]]; then
    row way-unknown Waiting wait
  elif [[ ${FACT[source]} != answers ]]; then
    row way-silent Waiting apply-received
  elif decide_primary; then
    return 0
  elif ! needs_setup; then
    row way-known '' start
  elif [[ ${FACT[password]} == long ]]; then
    row password-too-long CredentialsRefused report
  else
    row way-new '' point
  fi
}

# A replica may follow a primary of its own cluster that is no older and has all that the replica has. One that is not the right one is
# the more serious state, and one that has lost what it wrote looks like many others.
decide_primary() {
  [[ ${FACT[source]} == answers ]] || return 1
  if [[ ${FACT[cluster]} == other ]]; then
    row other-cluster OtherCluster leave
  elif [[ ${FACT[generation]} == older ]]; then
    row older-primary OlderPrimary leave
  elif [[ ${FACT[history]} == lost && ${FACT[proof]} == no ]]; then
    row lost-once '' ask-twice
  elif [[ ${FACT[history]} == lost ]]; then
    row lost PrimaryWentBack mark-ahead
  elif [[ ${FACT[history]} == errant ]]; then
    row errant ErrantTransactions report
  else
    return 1
  fi
}

# The source refuses with the number of purged logs for causes that pass, too: another pod of its name that has not ended yet, for one.
decide_purged() {
  [[ ${FACT[io_error]} == purged ]] || return 1
  if [[ ${FACT[asked]} != now ]]; then
    row purged-asks '' ask
  elif decide_primary; then
    return 0
  elif [[ ${FACT[reconnect]} == due ]]; then
    row purged-retry '' connect
  else
    row purged PurgedBinlogs report
  fi
}

# Transactions of the replica's own may be what the applier stops at, and they have another cure.
decide_applier() {
  [[ ${FACT[sql]} == no ]] || return 1
  if [[ ${FACT[sql_error]} == none ]]; then
    row applier-stopped StoppedByHand report
  elif [[ ${FACT[asked]} != now ]]; then
    row applier-asks '' ask
  elif decide_primary; then
    return 0
  else
    row apply-failed ApplyFailed report
  fi
}

# A server gives up connecting after so many tries. A person who stops replication leaves no error; any other error may have passed.
decide_receiver() {
  if [[ ${FACT[io]} == yes ]]; then return 1; fi
  if [[ ${FACT[held]} == ErrantTransactions ]]; then
    row errant-out-of-touch '' wait
  elif [[ ${FACT[io]} == connecting && ${FACT[io_error]} == none && ${FACT[reconnect]} == done && ${FACT[held]} != none ]]; then
    row undecided '' wait
  elif [[ ${FACT[io]} == connecting ]]; then
    row connecting OutOfTouch wait
  elif [[ ${FACT[io_error]} == away && ${FACT[restarted]} == now ]]; then
    row away OutOfTouch wait
  elif [[ ${FACT[io_error]} == away ]]; then
    row away-stopped '' start-receiving
  elif [[ ${FACT[io_error]} == none ]]; then
    row receiver-stopped StoppedByHand report
  elif [[ ${FACT[reconnect]} == due ]]; then
    row receiver-retry '' connect
  else
    row connection-failed ConnectionFailed report
  fi
}

# Both threads run.
decide_touch() {
  if [[ ${FACT[asked]} == long_ago ]]; then
    row touch-asks '' ask
  elif decide_primary; then
    return 0
  elif [[ ${FACT[living]} == no ]]; then
    row dead-connection Waiting reconnect
  elif [[ ${FACT[missing]} == yes ]]; then
    row missing MissingTransactions report
  elif [[ ${FACT[reached]} == no ]]; then
    row catching-up Waiting wait
  elif [[ ${FACT[member]} == no ]]; then
    row caught-up '' join
  elif [[ ${FACT[fresh]} == yes ]]; then
    row fresh Replicating wait
  elif [[ ${FACT[lag]} != small ]]; then
    row lagging Replicating wait
  else
    row replicating Replicating note-touch
  fi
}
