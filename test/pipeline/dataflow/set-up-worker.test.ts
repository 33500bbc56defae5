import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setUpWorker } from '../../../pipeline/engines/dataflow/set-up-worker.js';
import { planWorkerResources, stageResources } from '../../../pipeline/engines/dataflow/worker-resources.js';
import { DEVELOPMENT_PSEUDONYM_KEY, type Pseudonymizer } from '../../../transforms/pseudonym.js';
import { resource } from '../../../transforms/resources.js';
import { GRAPH } from './a-submission.js';
import { FakeGoogle } from './fake/fake-google.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the setup of a worker', () => {
  let google: FakeGoogle;
  const patients = new TextEncoder().encode('');
  const graph = {
    ...GRAPH,
    pseudonym: `pseudonym:${sha256(DEVELOPMENT_PSEUDONYM_KEY)}`,
    patients: `patients:${sha256(patients)}`,
  } as const;
  const resources = { pseudonymKey: DEVELOPMENT_PSEUDONYM_KEY, patients, model: null };
  const plan = () => planWorkerResources(graph, resources, null, true, 'gs://demo-vitals-df/staging');

  beforeEach(async () => {
    google = await FakeGoogle.open();
    process.env['STORAGE_EMULATOR_HOST'] = google.url;
  });
  afterEach(() => google.close());

  test('fetches what the submission staged and provides it under the names of the graph', async () => {
    const { setup, files } = plan();
    await stageResources(files);
    await setUpWorker(setup.argument);
    expect(resource<Pseudonymizer>(graph.pseudonym)('p-1')).toHaveLength(22);
    expect(resource(graph.patients)).toBeDefined();
  });

  test('a file that is not there stops the worker', async () => {
    await expect(setUpWorker(plan().setup.argument)).rejects.toThrow(/-patients\.ndjson is not there/);
  });

  test('a file that is not what its name says stops the worker', async () => {
    const { setup, files } = plan();
    await stageResources(files.map(({ url }) => ({ url, bytes: new TextEncoder().encode('other') })));
    await expect(setUpWorker(setup.argument)).rejects.toThrow(/does not hold what its name says/);
  });

  test('another key than that of the job stops the worker', async () => {
    const argument = { ...(plan().setup.argument as object), graph: { ...graph, pseudonym: 'pseudonym:other' } };
    await expect(setUpWorker(argument)).rejects.toThrow(/is another than the one that the job was built with/);
  });
});
