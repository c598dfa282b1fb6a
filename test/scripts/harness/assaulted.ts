/** The counts of a kind of connection that strangers made to a clone port. */
export interface Assaulted {
  connections: number;
  /** Those that the port ended, or the stranger. */
  closed: number;
  /** The most that the port said in one: half of a handshake and an alert, in bytes. */
  mostBytes: number;
  /** What came through the encryption, in bytes. */
  content: number;
}
