import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import yargs from 'yargs';
import { runOnDirectRunner } from '../../../beam/index.js';
import { withDataflowFlags } from '../../../cli/dataflow/flags.js';
import { planDataflow, type DataflowArguments } from '../../../cli/dataflow/plan.js';
import { runDataflow } from '../../../cli/dataflow/run-dataflow.js';
import { withRunFlags } from '../../../cli/run-flags.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { provideShareResources } from '../../../pipeline/engines/micro-batch/share-resources.js';
import { buildStreamingGraph } from '../../../pipeline/engines/streaming/streaming-graph.js';
import { lendFrozen, readFrozen } from '../../../pipeline/sources/read-frozen.js';
import { waitFor } from '../../engines/support/wait-for.js';
import { FakeGcs } from '../../lake/storage/fake-gcs.js';
import { wire } from '../../support/wire-reading.js';
import { delivered } from '../streaming/stream.js';
import { IMAGE, SUBSCRIPTION } from './a-submission.js';
import { FakeGoogle } from './fake/fake-google.js';

const MESSAGES = Array.from({ length: 12 }, (_, i) => wire({ patient: `P${i % 3}`, sequence: i, seconds: i }));

let google: FakeGoogle;
let gcs: FakeGcs;
let said = '';
/** One for each test: workers keep what they have opened. */
let lake = '';
let lakes = 0;

beforeAll(async () => {
  gcs = await FakeGcs.start('demo-vitals-lake');
  google = await FakeGoogle.open();
  google.lakeEndpoint = gcs.endpoint;
  process.env['STORAGE_EMULATOR_HOST'] = google.url;
});

beforeEach(() => {
  google.dataflow.jobs.length = 0;
  lake = `gs://demo-vitals-lake/lake-${(lakes += 1)}`;
  said = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said += String(text))));
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(async () => {
  await google.close();
  await gcs.stop();
});

function parse(...more: string[]): Promise<DataflowArguments> {
  const place = ['--project=demo-vitals', '--region=europe-west1', `--dataflow-endpoint=${google.url}`];
  const where = [`--source=pubsub:${SUBSCRIPTION}`, `--lake=${lake}`, '--temp-location=gs://demo-vitals-df/temp'];
  return withDataflowFlags(
    withRunFlags(yargs([...place, ...where, `--worker-image=${IMAGE}`, '--max-workers=3', ...more])),
  )
    .option('source', { type: 'string', demandOption: true })
    .option('once', { type: 'boolean', default: false })
    .parseAsync() as Promise<DataflowArguments>;
}

/** What the workers of the job do with what is published, done on the DirectRunner: it lands, and its panes fire. */
async function work(args: DataflowArguments, messages: readonly string[]): Promise<void> {
  const { stream, setting } = await planDataflow(args);
  provideShareResources({ graph: stream.graph, resources: setting.resources });
  lendFrozen(
    'dataflow',
    messages.map((message, i) => delivered(message, String(i))),
  );
  await runOnDirectRunner((root) => buildStreamingGraph(root, (from) => readFrozen(from, 'dataflow'), stream));
}

const committed = () =>
  openLakeSnapshot(lake).then(
    ({ totals }) => totals.silver,
    () => 0,
  );

test('a job is submitted, what it lands is committed, and the signal drains it', async () => {
  const args = await parse();
  const stop = new AbortController();
  const running = runDataflow(args, stop.signal);
  await waitFor('the job runs', () => google.dataflow.jobs[0]?.currentState === 'JOB_STATE_RUNNING');
  await work(args, MESSAGES);
  await waitFor('all is committed', async () => (await committed()) === MESSAGES.length);
  stop.abort();
  await running;
  expect(google.dataflow.jobs.map(({ currentState }) => currentState)).toEqual(['JOB_STATE_DRAINED']);
  expect(said).toContain('was created');
});

test('a job that somebody else has submitted is followed, and left to run when the signal comes', async () => {
  await runDataflow(await parse('--detach'), new AbortController().signal);
  const [job] = google.dataflow.jobs;
  const args = await parse('--follow');
  const stop = new AbortController();
  const running = runDataflow(args, stop.signal);
  await work(args, MESSAGES);
  await waitFor('all is committed', async () => (await committed()) === MESSAGES.length);
  stop.abort();
  await running;
  expect(google.dataflow.jobs).toEqual([job]);
  expect(job?.currentState).toBe('JOB_STATE_RUNNING');
});

test('a job to follow is waited for, and nothing is submitted meanwhile', async () => {
  const stop = new AbortController();
  const running = runDataflow(await parse('--follow'), stop.signal);
  await waitFor('it says so', () => said.includes('no such job runs: waiting for one'));
  stop.abort();
  await running;
  expect(google.dataflow.jobs).toEqual([]);
});

test('who follows submits nothing', async () => {
  const never = new AbortController().signal;
  await expect(runDataflow(await parse('--follow', '--update'), never)).rejects.toThrow('--update is about that');
});
