import { describe } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Status by which an installer says that a program it needs is not on this machine (scripts/engines/cache.sh). */
const ABSENT = 3;

/** Where an engine is installed, or why it cannot be. */
export type Installed = { readonly path: string } | { readonly absent: string };

/**
 * Installs an engine by its script in scripts/engines, or finds it in the cache. What cannot be installed, because a program
 * or a registry is out of reach, is absent: its suites are skipped by name.
 *
 * @throws Error instead, with ENGINES_REQUIRED set, when the installer fails for another reason than an absent program
 */
export function installEngine(name: string): Installed {
  const script = fileURLToPath(new URL(`../../../scripts/engines/${name}.sh`, import.meta.url));
  const { status, stdout, stderr } = spawnSync('bash', [script], { encoding: 'utf8' });
  if (status === ABSENT) return { absent: stderr.trim().split('\n').at(-1) ?? `${name} is absent` };
  if (status !== 0) {
    const problem = `the installer of ${name} failed with status ${status}: ${stderr.slice(-2_000)}`;
    if (process.env['ENGINES_REQUIRED']) throw new Error(problem);
    return { absent: problem };
  }
  return { path: stdout.trim() };
}

/** A suite that needs an engine: where it is absent the suite is skipped, and its title says why. */
export function describeOn(engine: Installed, title: string, suite: () => void): void {
  if ('path' in engine) describe(title, suite);
  else describe.skip(`${title} (${engine.absent})`, suite);
}
