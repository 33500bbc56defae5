import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditInProcess } from '../../support/audit.js';
import { describeAudit } from '../../../query/audit/describe.js';
import { direct, endRuns, flink, hashes, missing, optionsOf, simulate, until, type Hospital } from './runs.js';

const suite = missing === null ? describe : describe.skip;

suite(`micro-batches on Flink${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let folder: string;
  let hospital: Hospital;
  let expected: unknown;
  const lake = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitals-flink-test-'));
    hospital = await simulate(folder, 60, '12m');
    await direct(await optionsOf(hospital, lake('direct'), 200));
    expected = await hashes(lake('direct'));
  });
  afterAll(async () => {
    endRuns();
    await rm(folder, { recursive: true, force: true });
  });

  test('an embedded cluster makes the silver and gold of the direct engine, and leaves nothing else', async () => {
    const { run } = await flink(await optionsOf(hospital, lake('embedded'), 300), { kind: 'embedded' });
    expect(run.received).toBe(run.silver + run.dead_letter + run.suppressed);
    expect(await hashes(lake('embedded'))).toEqual(expected);
    expect(await outcomes(lake('embedded'))).toEqual([]);
  });

  test('a worker that is killed in the middle of a bundle, and then the job server, cost nothing but time', async () => {
    const { events } = await flink(
      await optionsOf(hospital, lake('killed'), 150),
      { kind: 'embedded' },
      async ({ workerPids, pids }) => {
        await until(() => workerPids().length > 0, 'a worker is at work');
        process.kill(workerPids()[0]!, 'SIGKILL');
        const before = (await pids())['job server']!;
        await until(() => workerPids().length > 1, 'workers are at work');
        process.kill(before, 'SIGKILL');
        await until(async () => (await pids())['job server'] !== before, 'there is another job server');
      },
    );
    expect(events.join('\n')).toContain('the job server has ended and is started again');
    expect(events.join('\n')).toMatch(/attempt 1 at batch \d+ failed/);
    expect(await hashes(lake('killed'))).toEqual(expected);
    expect(await faults(lake('killed'))).toEqual([]);
  });

  test('two task managers make it too, and so they do when one of them is killed', async () => {
    const { events } = await flink(
      await optionsOf(hospital, lake('standalone'), 150),
      { kind: 'standalone', taskManagers: 2 },
      async ({ workerPids, pids }) => {
        await until(() => workerPids().length > 0, 'a worker is at work');
        process.kill((await pids())['task manager 0']!, 'SIGKILL');
      },
    );
    expect(events.join('\n')).toContain('task manager 0 has ended and is started again');
    expect(await hashes(lake('standalone'))).toEqual(expected);
    expect(await faults(lake('standalone'))).toEqual([]);
  });

  test('a batch that no attempt can run is named with its cause, stays frozen, and is run when it can be', async () => {
    const bronze = join(lake('poison'), 'bronze/patient_vitals');
    let file = '';
    let bytes = Buffer.alloc(0);
    const harm = async () => {
      await until(async () => {
        const names = await readdir(bronze, { recursive: true }).catch(() => []);
        file = names.find((name) => name.endsWith('.parquet')) ?? '';
        return file !== '';
      }, 'the batch is frozen');
      bytes = await readFile(join(bronze, file));
      await writeFile(join(bronze, file), bytes.subarray(0, 100));
    };
    const run = flink(await optionsOf(hospital, lake('poison'), 5_000), { kind: 'embedded' }, harm, { attempts: 2 });
    await expect(run).rejects.toThrow('is not what was frozen');
    await writeFile(join(bronze, file), bytes);
    await direct(await optionsOf(hospital, lake('poison'), 5_000));
    expect(await hashes(lake('poison'))).toEqual(expected);
  });
});

/** What an audit finds wrong. */
async function faults(lake: string): Promise<readonly string[]> {
  const report = await auditInProcess(lake);
  return report.ok ? [] : describeAudit(report);
}

/** What a run has left for itself. */
async function outcomes(lake: string): Promise<string[]> {
  return readdir(join(lake, '_outcomes')).catch(() => []);
}
