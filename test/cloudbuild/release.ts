import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A release for tests: its commit, its repository, its images by digest, and where it goes. */
export const COMMIT = 'c0'.repeat(20);
export const REGISTRY = 'europe-west4-docker.pkg.dev/demo-vitals/vitals';
export const DIGEST = {
  vitals: `${REGISTRY}/vitals@sha256:${'1a'.repeat(32)}`,
  'vitals-worker': `${REGISTRY}/vitals-worker@sha256:${'2b'.repeat(32)}`,
};
export const PLACE = { PROJECT: 'demo-vitals', REGION: 'europe-west4' };

/** Leaves outputs as `terraform output -json` writes them. */
export function writeOutputs(folder: string, args: readonly string[]): void {
  const outputs = {
    pseudonym_key_secret: { sensitive: false, type: 'string', value: 'projects/demo/secrets/vitals-key/versions/2' },
    stream_args: { sensitive: false, type: ['list', 'string'], value: args },
  };
  writeFileSync(join(folder, 'vitals.outputs.json'), JSON.stringify(outputs, null, 2));
}

/** Leaves what build-image.sh leaves: an image by its digest in a file of its own. */
export function writeDigests(folder: string, digests: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, 'digests'), { recursive: true });
  for (const [name, image] of Object.entries(digests)) writeFileSync(join(folder, 'digests', name), `${image}\n`);
}
