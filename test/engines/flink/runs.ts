import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { missingForFlink } from '../../../pipeline/engines/flink/cluster/java.js';
import { runFlink } from '../../../pipeline/engines/flink/engine.js';
import type { ClusterChoice, FlinkHandles, FlinkOptions } from '../../../pipeline/engines/flink/options.js';
import { runDirect } from '../../../pipeline/engines/direct/engine.js';
import type { MicroBatchOptions } from '../../../pipeline/engines/micro-batch/options.js';
import type { RunStatus } from '../../../pipeline/engines/micro-batch/status.js';
import { FileSource } from '../../../pipeline/sources/file-source.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { hashLake } from '../../../query/content-hash.js';
import { DEVELOPMENT_PSEUDONYM_KEY } from '../../../transforms/pseudonym.js';
import { vitals } from '../../support/vitals.js';

/** Why the suites of this folder cannot run here, null when they can. */
export const missing = missingForFlink();

/** A hospital on disk: what every run of a test reads. */
export interface Hospital {
  readonly landing: string;
  readonly patients: Uint8Array;
}

export async function simulate(folder: string, patients: number, duration: string): Promise<Hospital> {
  const people = join(folder, 'patients.ndjson');
  const landing = join(folder, 'landing');
  const noise = ['--late', '0.05', '--duplicate', '0.05', '--malformed', '0.02'];
  const size = ['--patients', String(patients), '--interval', '60', '--seed', 'flink', '--duration', duration];
  const when = ['--from', '2026-11-21T00:00:00Z', '--sink', `file:${landing}`, '--patients-out', people];
  const { code, stderr } = await vitals(['simulate', ...size, ...noise, ...when]);
  if (code !== 0) throw new Error(`simulate: ${stderr}`);
  return { landing, patients: await readFile(people) };
}

export async function optionsOf(hospital: Hospital, lake: string, messages: number): Promise<MicroBatchOptions> {
  return {
    lake,
    source: await FileSource.open(hospital.landing, { deleteAcknowledged: false }),
    graph: {
      decode: { timezone: null },
      cleanse: { checkClock: false },
      pseudonym: 'pseudonym:test',
      patients: 'patients:test',
      model: null,
      ruleVersion: 'test',
    },
    resources: { pseudonymKey: DEVELOPMENT_PSEUDONYM_KEY, patients: hospital.patients, model: null },
    versions: {
      rules: 'test',
      model_id: null,
      patients: 'test',
      pseudonym_key: 'test',
      timezone: null,
      check_clock: false,
    },
    once: true,
    workers: 0,
    limits: { messages, bytes: 1 << 30 },
    batchMillis: 1_000,
    outOfOrdernessMillis: 30_000,
    indexKeys: 1_000_000,
    clock: Date.now,
    onStatus: () => {},
  };
}

const runs = new AbortController();

/** Ends what a failed test has left running. */
export function endRuns(): void {
  runs.abort();
}

export function direct(options: MicroBatchOptions): Promise<RunStatus> {
  return runDirect(options, runs.signal);
}

/** Runs on Flink; `harm` gets the processes to end once they are there, and what it answers is awaited with the run. */
export async function flink(
  options: MicroBatchOptions,
  cluster: ClusterChoice,
  harm: (handles: FlinkHandles) => Promise<void> = async () => {},
  changes: Partial<FlinkOptions> = {},
): Promise<RunStatus & { readonly events: readonly string[] }> {
  const events: string[] = [];
  let harmed: Promise<void> = Promise.resolve();
  const status = await runFlink(
    options,
    {
      cluster,
      workers: 2,
      depth: 2,
      attempts: 8,
      logFolder: null,
      log: (event) => events.push(event),
      onOpen: (handles) => {
        harmed = harm(handles);
        harmed.catch(() => undefined);
      },
      ...changes,
    },
    runs.signal,
  );
  await harmed;
  return { ...status, events };
}

/** What the lake says, whatever engine made it. */
export async function hashes(lake: string) {
  return hashLake(await openLakeSnapshot(lake));
}

/** Waits for a condition. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
