import { describe } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Status by which an installer says that a program it needs is not on this machine (scripts/engines/cache.sh). */
const ABSENT = 3;

/** Where a program is, or why there is none. */
export type Tool = { readonly path: string } | { readonly absent: string };

/**
 * Installs a program by its script in scripts/cloud, or finds it in the cache.
 *
 * @throws Error instead of calling it absent, with ENGINES_REQUIRED set, when the installer fails for another reason
 */
export function installTool(name: 'terraform' | 'provider' | 'checkov'): Tool {
  const script = fileURLToPath(new URL(`../../../scripts/cloud/${name}.sh`, import.meta.url));
  const { status, stdout, stderr } = spawnSync('bash', [script], { encoding: 'utf8' });
  if (status === 0) return { path: stdout.trim() };
  const problem = stderr.trim().split('\n').at(-1) ?? `status ${status}`;
  if (status !== ABSENT && process.env['ENGINES_REQUIRED']) throw new Error(`${name} cannot be installed: ${stderr}`);
  return { absent: problem };
}

/** A suite that needs all of these: where one is absent the suite is skipped, and its title says why. */
export function describeWithTools(
  tools: readonly Tool[],
  title: string,
  suite: (paths: readonly string[]) => void,
): void {
  const missing = tools.flatMap((tool) => ('absent' in tool ? [tool.absent] : []));
  if (missing.length === 0) describe(title, () => suite(tools.map((tool) => ('path' in tool ? tool.path : ''))));
  else describe.skip(`${title} (${missing.join('; ')})`, () => suite(tools.map(() => '')));
}
