import type { Duration, Integer } from './scalars.ts';

/** What happens by itself when data is lost or replication cannot go on. */
export interface Recovery {
  /**
   * What a primary does that finds its volume empty while replicas hold data.
   * @choices
   * refuse: it starts nothing and says so
   * reseed: it goes on from the most advanced replica once all have answered; what none of them had received is lost
   */
  readonly primaryVolumeLost: 'refuse' | 'reseed';

  /**
   * What happens to a replica that needs binary logs which the primary no longer has.
   * @choices
   * report: it stays as it is, not Ready
   * reclone: its data is replaced by a copy; it has nothing that the primary lacks
   */
  readonly purgedBinlogs: 'report' | 'reclone';

  /**
   * What happens to a replica that has read everything and lacks what the primary has, as after a dump that sets `gtid_purged`.
   * @choices
   * report: it stays as it is, not Ready
   * reclone: its data is replaced by a copy; it has nothing that the primary lacks
   */
  readonly missingTransactions: 'report' | 'reclone';

  /**
   * What happens to a replica that has transactions which the primary lacks.
   * @choices
   * report: it stays as it is, not Ready
   * reclone: its data is replaced by a copy, and these transactions are gone
   */
  readonly errantTransactions: 'report' | 'reclone';

  /**
   * What happens to a replica whose replication somebody stopped.
   * @choices
   * report: it stays stopped and is not Ready
   * start: its replication is started again
   */
  readonly stoppedReplication: 'report' | 'start';

  /** Time for which such a state must last before something is done about it. */
  readonly after: Duration;

  /**
   * Copies by which one replica's data may be replaced within 24 hours; 0 replaces nothing.
   * @minimum 0
   * @maximum 100
   */
  readonly reclonesPerDay: Integer;

  /**
   * Lets the primary initialise an empty volume although the claims cannot be asked whether data exists elsewhere. Only for
   * service accounts without the rights of the chart's Role; set it for the first start and remove it afterwards.
   */
  readonly trustEmptyVolume: boolean;
}
