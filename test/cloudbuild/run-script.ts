import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { finished, type Finished } from '../support/vitals.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Nothing of the environment but what programs need to start, so that no variable is given by accident. */
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

/** Runs a script of scripts/ci as a build does, with these variables and no others. */
export function runScript(name: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<Finished> {
  const kept = Object.fromEntries(KEPT.map((key) => [key, process.env[key]]));
  return finished(spawn('bash', [join(ROOT, 'scripts/ci', name), ...args], { env: { ...kept, ...env } }));
}

/**
 * A program of this name that writes down its arguments, one call a line, and answers as told.
 *
 * @returns a PATH on which it comes first
 */
export function recordCalls(folder: string, program: string, answer = ''): string {
  const bin = join(folder, 'fakes');
  mkdirSync(bin, { recursive: true });
  const text = `#!/bin/sh\nfor word; do printf '%s ' "$word"; done >>"${folder}/${program}.calls"\necho >>"${folder}/${program}.calls"\n${answer}\n`;
  writeFileSync(join(bin, program), text);
  chmodSync(join(bin, program), 0o755);
  return `${bin}${delimiter}${process.env['PATH']}`;
}
