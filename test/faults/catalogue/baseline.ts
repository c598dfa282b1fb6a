/** The faults that this project began with, all of which were made for the tutorial before there was a chart, and what makes them now. */

/** One of them, by the name of the fault in the catalogue. */
export interface BaselineFault {
  readonly what: string;
  readonly fault: string;
}

export const BASELINE: readonly BaselineFault[] = [
  { what: 'the stream of a clone is cut near its beginning', fault: 'the connection of a clone is cut at 5 %' },
  { what: 'the stream of a clone is cut in the middle', fault: 'the connection of a clone is cut at 50 %' },
  { what: 'the stream of a clone is cut near its end', fault: 'the connection of a clone is cut at 95 %' },
  { what: 'the pod is deleted during its clone', fault: 'a pod is deleted while it clones' },
  { what: 'the clone is killed at half, and the pod deleted', fault: 'a clone is killed at half, and its pod is deleted' },
  { what: "the primary's claim is deleted", fault: "the primary's volume is lost when a replica has all of it" },
  { what: 'STOP REPLICA by hand', fault: 'somebody stops replication by hand' },
  { what: 'PURGE BINARY LOGS while a replica is away', fault: 'binary logs are purged while a replica is away' },
  { what: 'a write on a replica', fault: 'somebody writes on a replica' },
  { what: 'kill -9 of the primary under load', fault: "the primary's server is killed" },
  { what: 'port 3307 from another namespace', fault: 'a pod of another namespace asks port 3307 for a clone, and shows no certificate' },
  { what: "the donor's server is down when a replica is added", fault: "the donor's server is down when a replica is added" },
];
