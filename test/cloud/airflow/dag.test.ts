import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeCloudRun } from '../../orchestration/fake-cloud-run.js';
import { runWorkflow } from '../../orchestration/run-workflow.js';
import { maintenanceSteps, readMaintenance } from '../../orchestration/workflow.js';
import { vitals } from '../../support/vitals.js';
import { describeWithAirflow, installAirflow } from './installed.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DAG_FOLDER = join(ROOT, 'orchestration/airflow');
const WORKFLOW = join(ROOT, 'terraform/modules/orchestration/maintenance.workflow.yaml');
const JOB = 'projects/demo/locations/europe-west4/jobs/vitals-maintenance';

interface DescribedTask {
  readonly operator: string;
  readonly name: string;
  readonly retries: number;
  readonly minutes: number;
  readonly waits_for: readonly string[];
  /** On Cloud Run. */
  readonly request: { readonly name: string; readonly args: readonly string[][]; readonly seconds: number };
  /** On a shell. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What Airflow has found in a folder (describe_dags.py). */
interface Described {
  readonly errors: readonly string[];
  readonly dags: Readonly<
    Record<
      string,
      {
        readonly schedule: string;
        readonly catchup: boolean;
        readonly max_active_runs: number;
        readonly tasks: readonly DescribedTask[];
      }
    >
  >;
}

const TEXT = readFileSync(WORKFLOW, 'utf8');

/** Folders as Airflow may find them: the workflow beside the DAG, and the environment. */
const CASES = {
  repository: { environment: {} },
  shell: { environment: { MAINTENANCE_RUNS_ON: 'shell', MAINTENANCE_SCHEDULE: '@hourly' } },
  alone: { workflow: null, environment: {} },
  'not a variable': { workflow: TEXT.replace("'${lake}', --json", "'${job_path}', --json"), environment: {} },
  'no such runner': { workflow: TEXT, environment: { MAINTENANCE_RUNS_ON: 'cron' } },
} as const;

describeWithAirflow(installAirflow(), 'the maintenance DAG in a real Airflow', (python) => {
  let folder: string;
  let found: Readonly<Record<keyof typeof CASES, Described>>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitals-airflow-'));
    const cases = Object.entries(CASES).map(([name, given]) => ({
      folder: 'workflow' in given ? deploy(join(folder, name), given.workflow) : DAG_FOLDER,
      environment: given.environment,
    }));
    const described = run([join(ROOT, 'test/cloud/airflow/describe_dags.py'), JSON.stringify(cases)]);
    const list = JSON.parse(described) as readonly Described[];
    found = Object.fromEntries(Object.keys(CASES).map((name, at) => [name, list[at]])) as typeof found;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Airflow with a home of its own, and Variables from the environment as Airflow reads them. */
  const environment = (changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: folder,
    AIRFLOW_HOME: join(folder, 'airflow'),
    PYTHONDONTWRITEBYTECODE: '1',
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__LOGGING__LOGGING_LEVEL: 'ERROR',
    AIRFLOW_VAR_VITALS_LAKE: 'gs://demo-vitals-lake/lake',
    AIRFLOW_VAR_VITALS_PROJECT: 'demo',
    AIRFLOW_VAR_VITALS_REGION: 'europe-west4',
    ...changes,
  });

  const run = (args: readonly string[], changes: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', env: environment(changes) });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${(stdout + stderr).slice(-3_000)}`);
    return stdout.trim().split('\n').at(-1)!;
  };

  /** What the workflow runs, by running it. */
  const workflowRuns = async () => {
    const service = new FakeCloudRun(JOB);
    const argument = { project: 'demo', region: 'europe-west4', lake: 'gs://demo-vitals-lake/lake' };
    const order = await runWorkflow(readMaintenance(), argument, service);
    return { order, executions: service.executions };
  };

  test('loads without errors, and its tasks are the steps of the workflow in its order, with the same arguments', async () => {
    const { errors, dags } = found.repository;
    expect(errors).toEqual([]);
    expect(Object.keys(dags)).toEqual(['vitals_maintenance']);
    const { tasks } = dags['vitals_maintenance']!;
    const { order, executions } = await workflowRuns();
    expect(tasks.map(({ name }) => name)).toEqual(order);
    expect(tasks.map(({ waits_for }) => waits_for)).toEqual(
      tasks.map((_, at) => (at === 0 ? [] : [tasks[at - 1]!.name])),
    );
    expect(tasks.map(({ operator }) => operator)).toEqual(tasks.map(() => 'CloudRunExecuteJobOperator'));
    expect(tasks.map(({ request }) => request)).toEqual(
      executions.map(({ args, timeout }) => ({ name: JOB, args: [args], tasks: 1, seconds: parseInt(timeout) })),
    );
  });

  test('is scheduled once a night, does not catch up, runs alone, tries a task again, and ends what hangs', () => {
    const { schedule, catchup, max_active_runs, tasks } = found.repository.dags['vitals_maintenance']!;
    expect({ schedule, catchup, max_active_runs }).toEqual({
      schedule: '0 2 * * *',
      catchup: false,
      max_active_runs: 1,
    });
    const limits = maintenanceSteps(readMaintenance()).map(({ minutes }) => minutes * 3);
    expect(tasks.map(({ retries, minutes }) => [retries, minutes])).toEqual(limits.map((limit) => [1, limit]));
  });

  test('on a shell the same commands run, and no value becomes shell text', () => {
    const { errors, dags } = found.shell;
    expect(errors).toEqual([]);
    const { schedule, tasks } = dags['vitals_maintenance']!;
    expect(schedule).toBe('@hourly');
    expect(tasks.map(({ command, environment: given }) => [command, given])).toEqual([
      [
        'exec vitals load --lake "$lake" --warehouse "$warehouse"',
        { lake: 'gs://demo-vitals-lake/lake', warehouse: 'bigquery:demo' },
      ],
      ['exec vitals audit --lake "$lake" --json', { lake: 'gs://demo-vitals-lake/lake' }],
      [
        'exec vitals model retrain --lake "$lake" --who vitals-maintenance --json',
        { lake: 'gs://demo-vitals-lake/lake' },
      ],
      ['exec vitals model drift --lake "$lake" --record --if-champion --json', { lake: 'gs://demo-vitals-lake/lake' }],
    ]);
  });

  const faults: readonly [name: keyof typeof CASES, said: RegExp][] = [
    ['alone', /maintenance\.workflow\.yaml is not beside vitals_maintenance\.py: copy it there/],
    ['not a variable', /\$\{job_path\} is not one of the workflow's variables lake, project/],
    ['no such runner', /MAINTENANCE_RUNS_ON is cron: it must be one of cloud-run, shell/],
  ];
  test.each(faults)('a fault is an import error that says what to do: %s', (name, said) => {
    expect(found[name]).toEqual({ errors: [expect.stringMatching(said)], dags: {} });
  });

  test('deployed side by side with the workflow it runs: the audit of a real lake, after the load', async () => {
    const dags = deploy(join(folder, 'dags'), TEXT);
    const changes = {
      AIRFLOW__CORE__DAGS_FOLDER: dags,
      AIRFLOW_VAR_VITALS_LAKE: await writeLake(folder),
      MAINTENANCE_RUNS_ON: 'shell',
      PATH: `${installVitals(folder)}${delimiter}${process.env['PATH']}`,
    };
    run(['-m', 'airflow', 'db', 'migrate'], changes);
    // There is no BigQuery here; what `vitals load` does has suites of its own.
    const ended = run([join(ROOT, 'test/cloud/airflow/run_dag.py'), dags, 'load'], changes);
    expect(JSON.parse(ended)).toEqual({
      state: 'success',
      tasks: { load: 'success', audit: 'success', retrain: 'success', drift: 'success' },
    });
  });
});

/** A folder of DAGs with ours, and the workflow beside it. */
function deploy(folder: string, workflow: string | null): string {
  mkdirSync(folder);
  cpSync(join(DAG_FOLDER, 'vitals_maintenance.py'), join(folder, 'vitals_maintenance.py'));
  if (workflow !== null) writeFileSync(join(folder, 'maintenance.workflow.yaml'), workflow);
  return folder;
}

/** A small lake, written by the pipeline. */
async function writeLake(folder: string): Promise<string> {
  const landing = join(folder, 'landing');
  const lake = join(folder, 'a lake; with "odd" $characters');
  mkdirSync(landing);
  const range = ['--from', '2026-11-20T22:00:00Z', '--to', '2026-11-20T22:10:00Z'];
  const people = ['--patients', '5', '--interval', '60', '--seed', 'airflow'];
  expect((await vitals(['simulate', ...people, ...range, '--sink', `file:${landing}`])).code).toBe(0);
  expect((await vitals(['run', '--once', '--source', `file:${landing}`, '--lake', lake])).code).toBe(0);
  return lake;
}

/** The built `vitals` under its name. */
function installVitals(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  chmodSync(join(ROOT, 'dist/cli/index.js'), 0o755);
  symlinkSync(join(ROOT, 'dist/cli/index.js'), join(bin, 'vitals'));
  return bin;
}
