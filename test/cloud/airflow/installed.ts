import { describe } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Status by which an installer says that a program it needs is not on this machine (scripts/engines/cache.sh). */
const ABSENT = 3;

/** The interpreter of an environment with Airflow, or why there is none. */
export type Interpreter = { readonly path: string } | { readonly absent: string };

/**
 * Installs Airflow, or finds it in the cache. Where Python or the package index is out of reach it is absent: its suites are skipped.
 *
 * @throws Error instead, with ENGINES_REQUIRED set, when the installer fails for another reason than an absent program
 */
export function installAirflow(): Interpreter {
  const script = fileURLToPath(new URL('../../../scripts/cloud/airflow.sh', import.meta.url));
  const { status, stdout, stderr } = spawnSync('bash', [script], { encoding: 'utf8' });
  if (status === 0) return { path: stdout.trim() };
  const problem = stderr.trim().split('\n').at(-1) ?? `status ${status}`;
  if (status !== ABSENT && process.env['ENGINES_REQUIRED']) throw new Error(`Airflow cannot be installed: ${stderr}`);
  return { absent: problem };
}

/** A suite that needs Airflow: where it is absent the suite is skipped, and its title says why. */
export function describeWithAirflow(airflow: Interpreter, title: string, suite: (python: string) => void): void {
  if ('path' in airflow) describe(title, () => suite(airflow.path));
  else describe.skip(`${title} (${airflow.absent})`, () => suite(''));
}
