import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installEngine } from '../support/program.js';

/** Beam's boot program, or why it is not there. */
export const BOOT = installEngine('beam-boot');

/** Assembles the files of the worker image in a folder of its own; whoever calls removes the folder. */
export function assembleImage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-image-'));
  const script = fileURLToPath(new URL('../../../scripts/worker-image.sh', import.meta.url));
  const { status, stderr } = spawnSync('bash', [script, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the image was not assembled: ${stderr.slice(-2_000)}`);
  return folder;
}
