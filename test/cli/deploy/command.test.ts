import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import yargs, { type CommandModule } from 'yargs';
import { deployCommand } from '../../../cli/commands/deploy.js';
import { doctorCommand } from '../../../cli/commands/doctor.js';
import type { DeployPlan } from '../../../cli/deploy/plan.js';
import type { Finding } from '../../../cli/doctor/finding.js';
import { withFile } from './with-file.js';

let printed = '';
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

/** Runs one command line as cli/index.ts does. */
async function run(...args: string[]): Promise<string> {
  await yargs(args)
    .command(deployCommand)
    .command(doctorCommand as unknown as CommandModule)
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseAsync();
  return printed;
}

const PLACE = ['--project', 'my-hospital', '--region', 'europe-west4'];
const OUTPUTS = JSON.stringify({
  project: { value: 'my-hospital' },
  region: { value: 'europe-west4' },
  environment: { value: 'dev' },
  engine: { value: 'dataflow' },
  lake: { value: 'gs://my-hospital-vitals-lake/lake' },
  anything: { value: [1, 2] },
});

describe('vitals deploy plan', () => {
  test('prints the plan of a hospital', async () => {
    const text = await run('deploy', 'plan', ...PLACE, '--patients', '2800', '--interval', '1');
    expect(text).toMatch(/^my-hospital in europe-west4, prod: 2,800 patients, a reading every 1 s each, engine direct/);
    expect(text).toMatch(/US dollars a month +[\d,]+/);
  });

  test('--json has everything, for a program', async () => {
    const plan = JSON.parse(await run('deploy', 'plan', ...PLACE, '--json', '--batch-seconds', '5')) as DeployPlan;
    expect(plan.workload.batchSeconds).toBe(5);
    expect(plan.bill.usd).toBeGreaterThan(plan.cheapestUsd);
    expect(plan.steps.length).toBeGreaterThan(5);
  });

  test('--outputs names project, region, environment and engine', async () => {
    await withFile(OUTPUTS, async (file) => {
      const plan = JSON.parse(await run('deploy', 'plan', '--outputs', file, '--json')) as DeployPlan;
      expect(plan.target).toEqual({ project: 'my-hospital', region: 'europe-west4' });
      expect(plan.workload).toMatchObject({ environment: 'dev', engine: 'dataflow', cpus: 1, topicRetentionDays: 1 });
    });
  });

  test('without a project it is one line with the remedy', async () => {
    await expect(run('deploy', 'plan', '--region', 'europe-west4')).rejects.toThrow(
      '--project: is missing. Give the id of a project, or --outputs FILE with what Terraform has made.',
    );
  });
});

describe('vitals doctor --cloud', () => {
  test('what cannot be reached is a finding with its remedy, and a failure', async () => {
    // Nothing listens on port 9 of this machine.
    const text = await run('doctor', '--cloud', ...PLACE, '--json', '--cloud-endpoint', 'http://127.0.0.1:9');
    const { ok, findings } = JSON.parse(text) as { ok: boolean; findings: readonly Finding[] };
    expect(ok).toBe(false);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      check: 'network',
      level: 'error',
      remedy: expect.stringContaining('Check the network'),
    });
    expect(process.exitCode).toBe(1);
  });

  test('a project that is no id is one line', async () => {
    await expect(run('doctor', '--cloud', '--project', 'My Hospital', '--region', 'europe-west4')).rejects.toThrow(
      '--project: My Hospital is not the id of a project',
    );
  });
});
