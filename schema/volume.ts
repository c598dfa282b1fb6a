/**
 * The names that the chart keeps on a pod's volume. A test holds this list against the scripts, and `storage.adoptFolder`
 * may name none of them: scripts move or delete what bears such a name.
 */

/** Something of the chart on a volume. */
interface VolumeName {
  /** Name in the volume's root. */
  readonly name: string;
  readonly purpose: string;
}

/** In the order of an instance's life. */
export const VOLUME_NAMES: readonly VolumeName[] = [
  { name: 'staging', purpose: 'an instance that is being made; its record comes last' },
  { name: 'receiver', purpose: "the empty server that receives a copy by MySQL's CLONE plugin" },
  { name: 'adopted', purpose: 'a data directory from before the chart, on its way to become the instance' },
  { name: 'fetched', purpose: 'what a restore has brought of a backup, until it is unpacked and proven' },
  { name: 'instance', purpose: 'the complete instance: data directory, record, notes of the agent' },
  { name: 'replacement.new', purpose: 'a request for a replacement that is being written' },
  { name: 'replacement', purpose: 'a request to replace the instance by a newer copy' },
  { name: 'replaced', purpose: 'the old instance, until the copy has taken its place' },
  { name: 'replacements', purpose: 'when the instance was replaced, and why' },
  { name: 'discarded', purpose: 'a folder that is being deleted' },
];
