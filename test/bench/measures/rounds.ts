/**
 * How long many replicas take to be cloned, by simulation with measured rates: a donor serves one clone at a time, every pod asks the
 * pod before it, then one that is Ready by chance, then the primary; copying is limited by the donor's and the receiver's own
 * rate. The tutorial copies one after the other.
 */

/** Rates of one method. */
export interface Rates {
  /** Seconds that a copy takes between two pods that nobody else disturbs. */
  readonly copy: number;
  /** Seconds from the copy to a pod that may itself be a donor. */
  readonly start: number;
}

/** Seconds until the last of so many pods is Ready, the primary included and Ready at the beginning. */
export function inRounds(pods: number, { copy, start }: Rates): number {
  const donors = [{ free: 0 }];
  let end = 0;
  for (let pod = 1; pod < pods; pod++) {
    const donor = donors.reduce((first, other) => (other.free < first.free ? other : first));
    const copied = donor.free + copy;
    donor.free = copied;
    end = Math.max(end, copied + start);
    donors.push({ free: copied + start });
  }
  return end;
}

/** The same when each pod is copied from the one before it, after that has become Ready. */
export function inChain(pods: number, { copy, start }: Rates): number {
  return (pods - 1) * (copy + start);
}
