import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../model/json-schema.ts';

interface Named {
  readonly name: string;
  readonly url: string;
}

interface SignKey {
  readonly fingerprint: string;
  readonly url: string;
}

/** Where the project is at home, for Chart.yaml and Artifact Hub. Empty where nobody has said it. */
export interface Listing {
  readonly home: string;
  readonly sources: readonly string[];
  readonly links: readonly Named[];
  readonly screenshots: readonly Named[];
  readonly signKey: SignKey | undefined;
}

/** An edition is at home elsewhere. */
export const NO_LISTING: Listing = { home: '', sources: [], links: [], screenshots: [], signKey: undefined };

/** Pictures of the site that `make site` builds. */
const SCREENSHOTS: readonly Named[] = [
  { name: 'One primary, replicas cloned from a peer', url: 'images/architecture.svg' },
  { name: 'How a copy becomes data', url: 'images/clone.svg' },
  { name: 'States of a replica', url: 'images/states.svg' },
];

/** Reads package.json, whose fields homepage, repository and bugs are those of npm; artifactHub.signKey is ours. */
export async function readListing(root: string): Promise<Listing> {
  return listingOf(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
}

export function listingOf(project: unknown): Listing {
  const fields = isObject(project) ? project : {};
  const home = webAddress('homepage', fields['homepage']);
  const source = webAddress('repository', fields['repository']);
  const support = webAddress('bugs', fields['bugs']);
  return {
    home,
    sources: source === '' ? [] : [source],
    links: [
      ...at(home, [
        { name: 'documentation', url: '' },
        { name: 'runbook', url: 'runbook/' },
      ]),
      ...at(support, [{ name: 'support', url: '' }]),
    ],
    screenshots: at(home, SCREENSHOTS),
    signKey: signKeyOf(fields['artifactHub']),
  };
}

/** An address as npm writes it: plain or as `url`, with the words by which git knows it. */
function webAddress(field: string, value: unknown): string {
  const text = isObject(value) ? value['url'] : value;
  if (text === undefined) return '';
  const address = typeof text === 'string' ? text.replace(/^git\+/, '').replace(/\.git$/, '') : '';
  if (!/^https:\/\/[^\s"]+$/.test(address))
    throw new TypeError(`package.json: ${field} is ${JSON.stringify(value)}. Write a whole address that begins with https://.`);
  return address;
}

/** Addresses below one; none where that is not known. */
function at(base: string, pages: readonly Named[]): readonly Named[] {
  if (base === '') return [];
  return pages.map(({ name, url }) => ({ name, url: url === '' ? base : `${base.replace(/\/$/, '')}/${url}` }));
}

function signKeyOf(artifactHub: unknown): SignKey | undefined {
  const key = isObject(artifactHub) ? artifactHub['signKey'] : undefined;
  if (key === undefined) return undefined;
  const { fingerprint, url } = isObject(key) ? key : {};
  if (typeof fingerprint !== 'string' || fingerprint === '')
    throw new TypeError('package.json: artifactHub.signKey has no fingerprint. Write that of the public key.');
  return { fingerprint, url: webAddress('artifactHub.signKey.url', url ?? '') };
}
