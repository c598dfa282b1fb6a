/** The states of a pod, as the agent's metric `mysql_sts_state` names them. */

/** What a state means, and where the runbook says what to do. */
export interface PodState {
  readonly meaning: string;
  /** The runbook's section about a state that does not pass by itself, so that somebody has to hear of it. */
  readonly section?: string;
}

const passes = (meaning: string): PodState => ({ meaning });
const broken = (meaning: string, section: string): PodState => ({ meaning, section });

/** In the order in which the agent writes them. */
export const POD_STATES = {
  Leading: passes('the primary accepts writes'),
  Opening: passes('the primary does not accept writes yet'),
  NoServer: passes('the server does not answer the agent, as while it starts'),
  Replicating: passes('the replica follows the primary'),
  Waiting: passes('the replica waits for the primary, or catches up with it'),
  OutOfTouch: passes('the replica has no connection to the primary'),
  Recloning: passes('the data of the replica is replaced by a copy'),
  StoppedByHand: broken('somebody stopped replication', 'stoppedbyhand'),
  ApplyFailed: broken('a change cannot be applied', 'applyfailed'),
  CredentialsRefused: broken('the primary refuses the account replication', 'credentialsrefused'),
  ConnectionFailed: broken('replication has an error of its connection', 'connectionfailed'),
  PurgedBinlogs: broken('the primary no longer has the binary logs that the replica needs', 'purgedbinlogs-error-1236'),
  MissingTransactions: broken('the replica lacks what no binary log brings', 'missingtransactions'),
  ErrantTransactions: broken('the replica has what the primary does not have', 'erranttransactions'),
  PrimaryWentBack: broken('the replica has what the primary wrote and lost', 'primarywentback'),
  OtherCluster: broken('the primary holds the data of another cluster', 'olderprimary-and-othercluster'),
  OlderPrimary: broken("the primary's data is older than the replica's", 'olderprimary-and-othercluster'),
} satisfies Readonly<Record<string, PodState>>;

export type StateName = keyof typeof POD_STATES;

/**
 * The states of a primary that moves, as the keeper's condition `mysql-sts/Leading` and the metric `mysql_sts_leading` name them. `Fenced` needs
 * nobody, but lasts for seconds and tells of a primary that was cut off.
 */
export const LEADING_STATES = {
  Leads: passes('the pod is the primary'),
  Follows: passes('another pod is the primary'),
  Election: passes('the Lease of the primary has expired, and the replica votes'),
  NoQuorum: broken('too few replicas have voted', 'noquorum'),
  WaitingForSecondPod: broken('writes wait for another pod', 'waitingforsecondpod'),
  Fenced: passes("another pod was elected, and this one's server is ended"),
  NoLease: broken('there is no Lease, and the pod that led last has not made it again', 'there-is-no-lease'),
} satisfies Readonly<Record<string, PodState>>;

export type LeadingName = keyof typeof LEADING_STATES;

const isLeading = (name: string): name is LeadingName => name in LEADING_STATES;

export const LEADING_NAMES: readonly LeadingName[] = Object.keys(LEADING_STATES).filter(isLeading);

/** Those that somebody has to hear of when they last, each with its section. */
export const STUCK_LEADING: readonly (readonly [LeadingName, string])[] = LEADING_NAMES.flatMap((name) => {
  const state: PodState = LEADING_STATES[name];
  return state.section === undefined ? [] : [[name, state.section] as const];
});

const isState = (name: string): name is StateName => name in POD_STATES;

export const STATE_NAMES: readonly StateName[] = Object.keys(POD_STATES).filter(isState);

/** Those that do not pass by themselves, each with its section. */
export const BROKEN_STATES: readonly (readonly [StateName, string])[] = STATE_NAMES.flatMap((name) => {
  const { section } = POD_STATES[name];
  return section === undefined ? [] : [[name, section] as const];
});
