import { describe, expect, test } from '@jest/globals';
import { FakeCloudRun, type Fate } from './fake-cloud-run.js';
import { Raised, runWorkflow } from './run-workflow.js';
import { maintenanceSteps, readMaintenance, type Value } from './workflow.js';

const JOB = 'projects/demo/locations/europe-west4/jobs/vitals-maintenance';
const ARGUMENT = { project: 'demo', region: 'europe-west4', lake: 'gs://demo-vitals-lake/lake' };
const STEPS = maintenanceSteps(readMaintenance()).map(({ name }) => name);

/** The verb of a command line: of `model retrain`, the second word, by which the step is named. */
const commandOf = ([verb, next]: readonly string[]) => (verb === 'model' ? next : verb);

/** Runs the workflow that Terraform deploys. */
async function maintain(argument: Value = ARGUMENT, fates: Fate[] = [], job = JOB) {
  const service = new FakeCloudRun(job, fates);
  const outcome = await runWorkflow(readMaintenance(), argument, service).catch((error: unknown) => error);
  return { service, outcome, ran: service.executions.map(({ args }) => commandOf(args)) };
}

describe('maintenance', () => {
  test('runs each command once, in the order of the list, with the lake and the warehouse', async () => {
    const { service, outcome } = await maintain();
    expect(service.executions).toEqual([
      {
        args: ['load', '--lake', 'gs://demo-vitals-lake/lake', '--warehouse', 'bigquery:demo'],
        timeout: '7200s',
      },
      { args: ['audit', '--lake', 'gs://demo-vitals-lake/lake', '--json'], timeout: '7200s' },
      {
        args: ['model', 'retrain', '--lake', ARGUMENT.lake, '--who', 'vitals-maintenance', '--json'],
        timeout: '7200s',
      },
      { args: ['model', 'drift', '--lake', ARGUMENT.lake, '--record', '--if-champion', '--json'], timeout: '3600s' },
    ]);
    expect(outcome).toEqual(STEPS);
    expect(service.logged).toEqual([{ severity: 'INFO', json: { message: 'vitals-maintenance done', done: STEPS } }]);
  });

  test('takes project and region of the workflow itself, and another warehouse or job when told so', async () => {
    const own = 'projects/own-project/locations/own-region/jobs/another';
    const { service } = await maintain({ lake: 'gs://b/l', warehouse: 'bigquery:w', job: 'another' }, [], own);
    expect(service.executions[0]?.args.at(-1)).toBe('bigquery:w');
  });

  test.each([
    ['the first', 0],
    ['the last', STEPS.length - 1],
  ])('when the command of %s step fails, none after it runs, and the failure is logged and raised', async (_w, at) => {
    const fates: Fate[] = [...STEPS.slice(0, at).map((): Fate => 'done'), 'failed'];
    const { service, outcome, ran } = await maintain(ARGUMENT, fates);
    expect(ran).toEqual(STEPS.slice(0, at + 1));
    expect(outcome).toBeInstanceOf(Raised);
    expect((outcome as Raised).value).toMatchObject({ tags: ['OperationError'] });
    expect(service.logged).toEqual([
      {
        severity: 'ERROR',
        json: {
          message: 'vitals-maintenance failed',
          step: STEPS[at],
          done: STEPS.slice(0, at),
          error: { tags: ['OperationError'], message: 'the execution has failed' },
        },
      },
    ]);
  });

  test('a service that is busy is asked again, with growing pauses', async () => {
    const { service, outcome, ran } = await maintain(ARGUMENT, [429, 503, 500, 502]);
    expect([outcome, ran]).toEqual([STEPS, STEPS]);
    expect(service.pauses).toEqual([10, 20, 40, 80]);
  });

  test('a service that stays away is given up after five calls', async () => {
    const { service, outcome, ran } = await maintain(ARGUMENT, [503, 503, 503, 503, 503]);
    expect((outcome as Raised).value).toMatchObject({ code: 503 });
    expect([ran, service.pauses]).toEqual([[], [10, 20, 40, 80]]);
  });

  test('a lost answer starts the command once more: commands may run beside themselves', async () => {
    expect((await maintain(ARGUMENT, ['lost'])).ran).toEqual([STEPS[0], ...STEPS]);
  });

  test.each([
    ['a refusal', 403],
    ['a job that is not there', 404],
    ['a request that is wrong', 400],
  ])('%s is not asked again', async (_what, code) => {
    const { service, outcome } = await maintain(ARGUMENT, [code]);
    expect((outcome as Raised).value).toMatchObject({ code });
    expect([service.pauses, service.logged[0]?.['severity']]).toEqual([[], 'ERROR']);
  });

  test.each(STEPS)('only %s runs when only it is asked for', async (name) => {
    expect(await maintain({ ...ARGUMENT, only: [name] })).toMatchObject({ ran: [name], outcome: [name] });
  });

  test('the order of the list holds whatever the order of what is asked for', async () => {
    expect((await maintain({ ...ARGUMENT, only: [...STEPS].reverse() })).ran).toEqual(STEPS);
  });

  test.each([
    ['no argument', null, /"lake": give the bucket/],
    ['no lake', {}, /"lake": give the bucket/],
    ['a lake on some machine', { ...ARGUMENT, lake: '/srv/lake' }, /"lake": give the bucket/],
    ['a step that is not there', { ...ARGUMENT, only: ['lode'] }, /"only": there is no step lode/],
  ])('%s is refused before anything runs', async (_what, argument, said) => {
    const { outcome, ran } = await maintain(argument);
    expect([(outcome as Error).message, ran]).toEqual([expect.stringMatching(said), []]);
  });

  test('a second run does the same again: nothing of the first is kept', async () => {
    expect((await maintain()).service.executions).toEqual((await maintain()).service.executions);
  });
});
