import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataflowOptions } from '../../../../pipeline/engines/dataflow/options.js';
import { GRAPH, someOptions, SUBSCRIPTION } from '../../../pipeline/dataflow/a-submission.js';
import { ENUMS, MESSAGES } from '../../../pipeline/dataflow/fake/job-schema.js';

interface Request {
  readonly name: string;
  readonly type: string;
  readonly labels: object;
  readonly environment: {
    readonly sdkPipelineOptions: { readonly options: Readonly<Record<string, unknown>> };
    readonly experiments: readonly string[];
    readonly workerPools: object;
    readonly [field: string]: unknown;
  };
}

interface Verdict {
  readonly theirs: Request;
  readonly faults: { readonly ours: string | null; readonly theirs: string | null };
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

/** The same wishes, as Beam Python's flags. */
const flagsOf = (options: DataflowOptions): string[] => [
  `--project=${options.project}`,
  `--region=${options.region}`,
  `--job_name=${options.jobName}`,
  `--temp_location=${options.tempLocation}`,
  `--staging_location=${options.stagingLocation}`,
  `--max_num_workers=${options.maxWorkers}`,
  `--num_workers=${options.numWorkers}`,
  `--machine_type=${options.machineType}`,
  `--service_account_email=${options.serviceAccount}`,
  `--subnetwork=${options.subnetwork}`,
  ...Object.entries(options.labels).map(([key, value]) => `--labels=${key}=${value}`),
  ...['use_runner_v2', 'use_portable_job_submission', 'use_sibling_sdk_workers'].map((name) => `--experiments=${name}`),
  '--no_use_public_ips',
  '--streaming',
  '--enable_streaming_engine',
];

/** What a program prints. */
function run(program: string, args: readonly string[]): string {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, env });
  if (status !== 0) throw new Error(`${program} failed: ${stderr.slice(-2_000)}`);
  return stdout;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const wanted = process.env['VITALS_ORACLE'] === '1';
const suite = wanted ? describe : describe.skip;

suite(
  `the request beside that of Beam Python 2.49.0${wanted ? '' : ' (skipped: set VITALS_ORACLE=1; installs 600 MB)'}`,
  () => {
    let ours: Request;
    let verdict: Verdict;

    beforeAll(() => {
      const installed = spawnSync('bash', [here('./install.sh')], { encoding: 'utf8' });
      if (installed.status !== 0) throw new Error(`the oracle cannot be installed: ${installed.stderr.slice(-2_000)}`);
      const folder = process.env['VITALS_ORACLE_OUT'] ?? mkdtempSync(join(tmpdir(), 'vitals-oracle-'));
      mkdirSync(folder, { recursive: true });
      const [pb, file] = [join(folder, 'pipeline.pb'), join(folder, 'ours.json')];
      const options = join(folder, 'options.json');
      writeFileSync(options, JSON.stringify({ options: someOptions(), graph: GRAPH, subscription: SUBSCRIPTION }));
      run(process.execPath, [here('./write-request.mjs'), options, pb, file]);
      ours = JSON.parse(readFileSync(file, 'utf8')) as Request;
      const args = [here('./make_request.py'), pb, file, ...flagsOf(someOptions())];
      verdict = JSON.parse(run(installed.stdout.trim(), args)) as Verdict;
      writeFileSync(join(folder, 'theirs.json'), JSON.stringify(verdict.theirs, null, 2));
      process.stderr.write(`both requests are in ${folder}\n`);
    }, 900_000);

    test("Google's own message accepts both, unknown fields and values refused", () => {
      expect(verdict.faults).toEqual({ ours: null, theirs: null });
    });

    test('name, type, labels, workers, image, account, versions and services are the same', () => {
      const compared = ({ name, type, labels, environment }: Request) => {
        const same = { ...environment, sdkPipelineOptions: null, tempStoragePrefix: null };
        return { name, type, labels, ...same, experiments: [...environment.experiments].sort() };
      };
      expect(compared(ours)).toEqual(compared(verdict.theirs));
    });

    test('options that both send are the same, but for the places and the order of experiments', () => {
      const [mine, other] = [ours, verdict.theirs].map((request) => request.environment.sdkPipelineOptions.options);
      const places = ['pipelineUrl', 'temp_location', 'staging_location', 'experiments'];
      const common = Object.keys(mine ?? {}).filter((key) => key in (other ?? {}) && !places.includes(key));
      expect(common.sort()).toEqual(
        expect.arrayContaining(['job_name', 'max_num_workers', 'project', 'region', 'streaming']),
      );
      for (const key of common) expect([key, mine?.[key]]).toEqual([key, other?.[key]]);
    });

    test('what only we send, and nobody else: the modules of the workers, their setup, and the hash', () => {
      const [mine, other] = [ours, verdict.theirs].map((request) => request.environment.sdkPipelineOptions.options);
      const extra = Object.keys(mine ?? {}).filter((key) => !(key in (other ?? {})));
      expect(extra.sort()).toEqual(['pipelineProtoHash', 'registered_node_modules', 'worker_setup']);
    });

    test("the fake's table of fields and enums agrees with Google's messages", () => {
      for (const [message, fields] of Object.entries(MESSAGES)) {
        expect(Object.keys(verdict.messages[message] ?? {})).toEqual(expect.arrayContaining(Object.keys(fields)));
        for (const [name, type] of Object.entries(fields)) {
          const known = verdict.messages[message]?.[name] ?? '';
          if (/^(\[\])?[A-Z]/.test(type)) expect([name, known]).toEqual([name, type.replace('[]', '')]);
        }
      }
      for (const [name, values] of Object.entries(ENUMS)) {
        expect(values).toEqual(expect.arrayContaining([...(verdict.enums[name] ?? ['absent'])]));
      }
    });
  },
);
