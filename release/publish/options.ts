import { parseArgs } from 'node:util';
import { PublishFailure } from './failure.ts';

/** How a chart is signed. */
export type Signing =
  /** With a key: a file, or what cosign reads as a place in a key store. */
  | { readonly kind: 'key'; readonly key: string }
  /** With the identity of whoever runs this, as a workflow has one. */
  | { readonly kind: 'keyless' }
  | { readonly kind: 'none' };

export interface Options {
  /** Where charts go, such as registry.example.com/charts. */
  readonly registry: string;
  /** The packed chart. */
  readonly archive: string;
  readonly signing: Signing;
  /** The number that Artifact Hub gave to the repository; empty when it is not listed there. */
  readonly artifactHubId: string;
  /** The tag of the sources that are published; empty when they have none. */
  readonly tag: string;
  /** Talks without TLS, as only a registry on this machine may. */
  readonly plainHttp: boolean;
}

const LOCAL = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/;
const REGISTRY = /^[a-z0-9.[\]:-]+(?:\/[a-z0-9._-]+)*$/;

/** Reads the command line; every mistake is told with what to write in its place. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string', default: '' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { registry: text, archive: text, key: text, 'artifact-hub-id': text, tag: text },
  });
  const registry = values.registry.replace(/^oci:\/\//, '').replace(/\/$/, '');
  if (!REGISTRY.test(registry)) {
    throw new PublishFailure(
      `REGISTRY=${values.registry} names no registry. Write its host and folder: make publish REGISTRY=registry.example.com/charts KEY=cosign.key`,
    );
  }
  return {
    registry,
    archive: values.archive,
    signing: signing(values.key),
    artifactHubId: values['artifact-hub-id'],
    tag: values.tag,
    plainHttp: LOCAL.test(registry),
  };
}

function signing(key: string): Signing {
  switch (key) {
    case '':
      throw new PublishFailure(
        'Nobody can check an unsigned chart. Name a key of cosign (KEY=cosign.key), or KEY=keyless in a workflow that has an identity, or KEY=none if you mean it.',
      );
    case 'keyless':
    case 'none':
      return { kind: key };
    default:
      return { kind: 'key', key };
  }
}
