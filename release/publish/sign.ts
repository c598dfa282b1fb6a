import type { Signing } from './options.ts';
import type { ChartRepository } from './registry.ts';
import { run } from './run.ts';

/** How the kinds of cosign's signatures begin. */
export const SIGNATURE_TYPE = 'application/vnd.dev.sigstore.bundle';

/** Signs a manifest with cosign. */
export async function sign(repository: ChartRepository, digest: string, signing: Exclude<Signing, { kind: 'none' }>): Promise<void> {
  await run('cosign', ['sign', '--yes', ...signingOptions(signing), `${repository.path}@${digest}`], { env: repository.env });
}

/** A key needs no public log: whoever has its other half checks with that, and a private registry stays private. */
function signingOptions(signing: Exclude<Signing, { kind: 'none' }>): readonly string[] {
  switch (signing.kind) {
    case 'key':
      return ['--key', signing.key, '--tlog-upload=false', '--use-signing-config=false'];
    case 'keyless':
      return [];
  }
}
