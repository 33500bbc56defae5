import { describe } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Status by which an installer says that a program it needs is not on this machine (scripts/engines/cache.sh). */
const ABSENT = 3;

/** The interpreter of an environment with MLflow, or why there is none. */
export type Interpreter = { readonly path: string } | { readonly absent: string };

/**
 * Installs MLflow, or finds it in the cache. Where Python or the package index is out of reach it is absent: its suite is skipped.
 *
 * @throws Error instead, with ENGINES_REQUIRED set, when the installer fails for another reason than an absent program
 */
export function installMlflow(): Interpreter {
  const script = fileURLToPath(new URL('../../../scripts/mlflow/mlflow.sh', import.meta.url));
  const { status, stdout, stderr } = spawnSync('bash', [script], { encoding: 'utf8' });
  if (status === 0) return { path: stdout.trim() };
  const problem = stderr.trim().split('\n').at(-1) ?? `status ${status}`;
  if (status !== ABSENT && process.env['ENGINES_REQUIRED']) throw new Error(`MLflow cannot be installed: ${stderr}`);
  return { absent: problem };
}

/** A suite that needs MLflow: where it is absent the suite is skipped, and its title says why. */
export function describeWithMlflow(mlflow: Interpreter, title: string, suite: (python: string) => void): void {
  if ('path' in mlflow) describe(title, () => suite(mlflow.path));
  else describe.skip(`${title} (${mlflow.absent})`, () => suite(''));
}
