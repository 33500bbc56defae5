import type { Root } from 'apache-beam';
import { quietly } from './quiet.js';
import { directRunner } from './sdk-internals.js';

/**
 * Runs one bounded graph on Beam's DirectRunner, in process, as a single bundle.
 *
 * @throws what a DoFn threw; nothing of the bundle may be used then
 */
export async function runOnDirectRunner(build: (root: Root) => void): Promise<void> {
  await quietly(async () => {
    await directRunner({}).run((root) => build(root));
  });
}
