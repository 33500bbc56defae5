import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs, { type Argv, type CommandModule } from 'yargs';
import { maintenanceSteps, readMaintenance } from './workflow.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STEPS = maintenanceSteps(readMaintenance());

describe('each step of maintenance', () => {
  test.each(STEPS)('$name is a command of vitals, and its arguments are flags of it', async ({ args }) => {
    const path = args.slice(0, args[0] === 'model' ? 2 : 1);
    const [verb, flags] = [path.at(-1), args.slice(path.length)];
    const file = join(ROOT, 'cli/commands', `${path.join('/')}.ts`);
    expect(existsSync(file)).toBe(true);
    const module = (await import(file)) as Record<string, CommandModule>;
    const command = module[`${verb}Command`]!;
    const parser = yargs().strict().exitProcess(false).fail(false);
    const parsed: unknown = await (command.builder as (yargs: Argv) => Argv)(parser).parseAsync(flags);
    expect(parsed).toMatchObject({ lake: '${lake}' });
  });

  test.each(STEPS)(
    '$name has a name of its own, and minutes that a task of Cloud Run may take',
    ({ name, minutes }) => {
      expect(STEPS.filter((step) => step.name === name)).toHaveLength(1);
      expect(minutes).toBeGreaterThan(0);
      // A day: https://cloud.google.com/run/docs/configuring/task-timeout without a GPU allows seven.
      expect(minutes).toBeLessThanOrEqual(24 * 60);
    },
  );

  test.each(STEPS)('an argument of $name is plain text or one variable, as the Airflow DAG needs it', ({ args }) => {
    for (const argument of args) expect(argument).toMatch(/^(\$\{(lake|project|region|warehouse|job)\}|[^${}]+)$/);
  });
});
