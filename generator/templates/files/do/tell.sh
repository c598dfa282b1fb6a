#!/usr/bin/env bash
# Says what was decided, to three readers: the agent's log, the readiness probe, and the pod's condition mysql-sts/Replicating. Each
# sentence once, for as long as it holds.
#
# reads:   RECOVERY_AFTER RECLONES_PER_DAY
# gives:   OUTLOOK
# exits:   never
load decide/row decide/sentences do/replace lib/log lib/memory see/replica talk/pod-status

# tell STATE: the state of the row, '' when nothing new is known.
tell() {
  if [[ -z $1 ]]; then return 0; fi
  sentence_of "$ROW"
  case $1 in
    Replicating)
      forget held held_since refusal
      say True "$1" "$SENTENCE"
      ;;
    OutOfTouch)
      # The first answer over the next connection has nothing to be compared with.
      forget refusal asked asked_read asked_position
      say False "$1" "$SENTENCE"
      ;;
    Waiting)
      if [[ $ROW == ahead-alone ]]; then forget refusal; fi
      say False "$1" "$SENTENCE"
      ;;
    *) tell_held "$1" "$SENTENCE" ;;
  esac
}

# tell_held STATE SENTENCE: a state that does not pass by itself. The pod is not ready at once. What the primary said counts no longer, so
# the next pass asks again and does not take the replica for healthy.
tell_held() {
  if ! remembers held "$1"; then
    remember held "$1"
    remember_time held_since
  fi
  remember refusal "$1: $2"
  forget asked asked_read asked_position
  outlook "$1"
  say False "$1" "$2. $OUTLOOK"
}

# say STATUS STATE SENTENCE
say() {
  if remembers said "$*"; then return 0; fi
  remember said "$*"
  log "$2: $3"
  report_condition Replicating "$@"
}

# outlook STATE: leaves in OUTLOOK what will happen by itself, and how often it did.
outlook() {
  if was_deposed "$1"; then
    OUTLOOK='This pod led before, and no client got an answer for them, so it is cloned now'
    return 0
  fi
  repair_policy "$1"
  case $REPLY in
    reclone)
      OUTLOOK="After $RECOVERY_AFTER it is cloned anew ($(replacements_today) of $RECLONES_PER_DAY times in the last day)"
      ;;
    start) OUTLOOK="After $RECOVERY_AFTER it is started again" ;;
    *) OUTLOOK='Nothing is done by itself: see the values under recovery' ;;
  esac
}
