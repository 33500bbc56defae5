import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLakeSnapshot } from '../../../lake/reader.js';
import type { Pulled, Source, SourceMessage } from '../../../pipeline/sources/source.js';
import { settingOf } from '../../../cli/resources.js';
import { ensureFirstModel } from '../../../cli/start/first-model.js';
import { Hospital, simulate } from '../../../simulator/hospital.js';
import { createPatients, type Patient } from '../../../simulator/patients.js';
import { patientRow } from '../../../simulator/patients-file.js';
import { SIMULATION_DEFAULTS } from '../../../simulator/plan.js';
import { keyedLines } from '../../../simulator/sinks/keyed-lines.js';
import { runMessages } from '../../support/direct.js';
import { FakeGcs } from '../../lake/storage/fake-gcs.js';

const START = Date.UTC(2026, 10, 21, 12);
const SEED = '42';
const BUCKET = 'lake-bucket';

/** A live run that is as long as it says in event time and by the engine's clock, and as fast as this machine goes. */
export interface LiveRun {
  readonly patients: number;
  readonly seconds: number;
  /** Seconds of readings in a batch. */
  readonly batchSeconds: number;
  /** Worker threads; 0 for none. */
  readonly workers: number;
}

/** What the live files of a table hold. */
export interface TableSize {
  readonly rows: number;
  readonly bytes: number;
}

/** What a run asked of the bucket, by how it is billed; claims of the writer's lock are left out. */
export interface LiveCounts {
  readonly readings: number;
  readonly wireBytes: number;
  readonly batches: number;
  /** Uploads, and pieces of uploads: class A. */
  readonly puts: number;
  /** Listings: class A. */
  readonly lists: number;
  /** Reads of objects: class B. */
  readonly reads: number;
  /** Looks at the metadata of objects: class B. */
  readonly looks: number;
  /** Live rows and bytes of each table at the end. */
  readonly tables: ReadonlyMap<string, TableSize>;
}

/** Runs simulated patients through the direct engine into a bucket of the stand-in, and counts its requests. */
export async function countLiveRun(run: LiveRun): Promise<LiveCounts> {
  const fake = await FakeGcs.start(BUCKET);
  const scratch = await mkdtemp(join(tmpdir(), 'vitals-cost-'));
  const before = { host: process.env['STORAGE_EMULATOR_HOST'], cache: process.env['LAKE_CACHE'] };
  process.env['STORAGE_EMULATOR_HOST'] = fake.endpoint;
  process.env['LAKE_CACHE'] = join(scratch, 'cache');
  try {
    const people = createPatients(SEED, run.patients);
    const files = { model: join(scratch, 'model'), patients: join(scratch, 'patients.ndjson') };
    await ensureFirstModel(files.model, people, SEED, START);
    await writeFile(files.patients, people.map((one) => JSON.stringify(patientRow(one, START)) + '\n').join(''));
    const source = new PacedSource(people, run);
    const status = await runMessages(`gs://${BUCKET}/lake`, [], 1, {
      ...(await settingOf({ ...files, 'pseudonym-key-file': undefined, timezone: undefined }, false)),
      source,
      workers: run.workers,
      clock: () => source.now,
    });
    const { received } = status.totals;
    const counts = tally(fake.requests);
    const tables = await sizesOf(`gs://${BUCKET}/lake`);
    return { ...counts, readings: received, wireBytes: source.bytes, batches: status.sequence, tables };
  } finally {
    restore('STORAGE_EMULATOR_HOST', before.host);
    restore('LAKE_CACHE', before.cache);
    await fake.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A second of clock for a second of readings: panes fire and tables are looked after as often as in a live run. */
class PacedSource implements Source {
  readonly url = 'memory:paced';
  now = START;
  bytes = 0;
  readonly #batches: readonly SourceMessage[][];
  #next = 0;

  constructor(
    people: readonly Patient[],
    private readonly run: LiveRun,
  ) {
    this.#batches = batchesOf(people, run);
  }

  async resume(): Promise<void> {}

  async pull(): Promise<Pulled> {
    const messages = this.#batches[this.#next] ?? [];
    this.#next += 1;
    this.now += this.run.batchSeconds * 1_000;
    for (const { payload } of messages) this.bytes += payload.length;
    const drained = this.#next >= this.#batches.length;
    return { messages, positions: { next: this.#next }, drained, acknowledge: () => Promise.resolve() };
  }

  async wait(): Promise<void> {}

  async close(): Promise<void> {}
}

/** What arrives in each batch; what arrives after the end is left out. */
function batchesOf(people: readonly Patient[], run: LiveRun): SourceMessage[][] {
  const { late, duplicate, malformed, lost } = SIMULATION_DEFAULTS;
  const to = START + run.seconds * 1_000;
  const hospital = new Hospital({
    people,
    seed: SEED,
    from: START,
    to,
    intervalMs: 1_000,
    rates: { late, duplicate, malformed, lost },
    scenario: null,
    labels: false,
  });
  const batches = Array.from({ length: run.seconds / run.batchSeconds }, (): SourceMessage[] => []);
  for (const { bytes, file } of simulate(hospital, START, run.batchSeconds * 1_000)) {
    for (const { payload } of keyedLines(bytes)) {
      batches[file]?.push({ payload, attributes: null, dialect: null, message_id: null, publish_time: null });
    }
  }
  return batches;
}

async function sizesOf(lake: string): Promise<ReadonlyMap<string, TableSize>> {
  const { tables } = await openLakeSnapshot(lake);
  return new Map(
    [...tables].map(([name, { files }]) => {
      const sum = (of: (file: (typeof files)[number]) => number) => files.reduce((total, file) => total + of(file), 0);
      return [name, { rows: sum((file) => file.rows ?? 0), bytes: sum((file) => file.bytes) }];
    }),
  );
}

function tally(requests: readonly string[]): Pick<LiveCounts, 'puts' | 'lists' | 'reads' | 'looks'> {
  const counted = requests.filter((request) => !request.includes('_writer.lock'));
  const count = (pattern: RegExp) => counted.filter((request) => pattern.test(request)).length;
  return {
    puts: count(/^(?:POST|PUT) /),
    // The stand-in gives five names a page, the service a thousand: a listing here fits into one page there.
    lists: count(/^GET [^?]*\/o\?(?!.*pageToken)/),
    reads: count(/^GET [^?]*\/o\/[^?]*\?alt=media/),
    looks: count(/^GET [^?]*\/o\/[^?]*\?(?!alt=media)/),
  };
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
