#!/usr/bin/env bash
# What the keeper does next with the Lease that says which pod is the primary. The facts:
#   lease      absent, free (no pod has ever held it), mine, other or unknown: the API did not answer
#   held       mine or other: the holder when the API answered last
#   first      yes or no: where there is no holder, this pod is the one to begin
#   age        fresh or expired: whether the Lease has changed within failover.leaseFor of this pod's clock
#   server     answers or silent
#   open       yes or no: this server takes writes
#   opening    short or long: for how long this pod has held the Lease without taking writes
#   stalled    yes or no: commits wait for an acknowledgement longer than failover.stallFor
#   overdue    yes or no: the holder has left the Lease alone for long enough, and no pod has taken it
#   io         yes, connecting or no: the thread that receives from the primary
#   member     yes or no: this replica has had all that the primary had after its copy was made
#   vote       none or cast: for this very version of the Lease
#   votes      few or enough: for this version, as many as make sure that each acknowledged write is among them
#   covers     yes or no: this replica has everything that any other voter has
#   applied    yes or no: it has applied what it received
#   turn       mine or later: among equals the lowest ordinal tries first
#   wish       none, wanted, announced or due: that another pod shall lead
#   stopping   yes or no: this pod is being stopped
#
# exits:   never
load decide/row lib/facts

decide_lease() {
  if [[ ${FACT[lease]} == other && ${FACT[open]} == yes ]]; then
    row deposed Fenced fence
    return
  fi
  case ${FACT[lease]} in
    unknown) decide_blind ;;
    absent | free) decide_beginning ;;
    mine) decide_holder ;;
    *) decide_follower ;;
  esac
}

# Without the API this pod cannot know who holds the Lease. A write that another pod acknowledges proves that so many have not promised to elect
# another. A holder that takes no writes cannot prove itself, and replicas that hear it would wait for it.
decide_blind() {
  if [[ ${FACT[held]} == mine && ${FACT[open]} == yes ]]; then
    row blind-holder '' prove
  elif [[ ${FACT[held]} == mine && ${FACT[server]} == answers ]]; then
    row blind-and-closed '' let-go
  else
    row blind '' wait
  fi
}

decide_beginning() {
  if [[ ${FACT[first]} == yes && ${FACT[server]} == answers ]]; then row begins Leads create; else row no-lease NoLease wait; fi
}

decide_holder() {
  if [[ ${FACT[server]} == silent ]]; then
    row server-silent '' wait
  elif [[ ${FACT[opening]} == long && ${FACT[overdue]} == no ]]; then
    row cannot-open '' wait
  elif [[ ${FACT[stalled]} == yes && ${FACT[overdue]} == no ]]; then
    row stalled WaitingForSecondPod wait
  elif [[ ${FACT[open]} == no || ${FACT[stalled]} == yes ]]; then
    row holds '' renew
  elif [[ ${FACT[wish]} == due ]]; then
    row hands-over '' hand-over
  elif [[ ${FACT[wish]} == wanted ]]; then
    row announces '' announce
  else
    row leads Leads renew
  fi
}

decide_follower() {
  if [[ ${FACT[age]} == fresh ]]; then
    row follows Follows wait
  elif [[ ${FACT[server]} == silent || ${FACT[stopping]} == yes ]]; then
    row expired '' wait
  elif [[ ${FACT[io]} == yes ]]; then
    row hears-primary '' wait
  elif [[ ${FACT[member]} == no ]]; then
    row no-member '' wait
  elif [[ ${FACT[vote]} == none ]]; then
    row votes Election vote
  elif [[ ${FACT[votes]} == few ]]; then
    row no-quorum NoQuorum wait
  elif [[ ${FACT[covers]} == no ]]; then
    row others-have-more '' wait
  elif [[ ${FACT[applied]} == no ]]; then
    row applies '' apply
  elif [[ ${FACT[turn]} == later ]]; then
    row waits-its-turn '' wait
  else
    row wins Leads take
  fi
}
