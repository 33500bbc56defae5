import { createHash } from 'node:crypto';
import { sleep } from '../../sleep.js';
import { authorizer } from '../../../lake/storage/gcs-credentials.js';
import { openStorage } from '../../../lake/storage/open.js';
import type { ModelFolder } from '../../../model/model-folder.js';
import { DEVELOPMENT_PSEUDONYM_KEY } from '../../../transforms/pseudonym.js';
import { provideShareResources } from '../micro-batch/share-resources.js';
import { callGoogleApi } from './google-api.js';
import type { WorkerResources } from './worker-resources.js';

/**
 * Runs in every worker before its first bundle (worker-main.ts): fetches patients, model and pseudonym key, and provides
 * them to the stages under the names that the graph has them by.
 *
 * @throws Error when one cannot be fetched, or is not what the graph was built for: the worker must not run then
 */
export async function setUpWorker(argument: unknown): Promise<void> {
  const { graph, pseudonymKeySecret, patients, model } = argument as WorkerResources;
  const pseudonymKey = pseudonymKeySecret === null ? DEVELOPMENT_PSEUDONYM_KEY : await readSecret(pseudonymKeySecret);
  if (`pseudonym:${sha256(pseudonymKey)}` !== graph.pseudonym) {
    throw new Error('dataflow: the pseudonym key of this worker is another than the one that the job was built with');
  }
  provideShareResources({
    // The rest of the graph's options travels in its DoFns.
    graph: graph as never,
    resources: {
      pseudonymKey,
      patients: patients === null ? null : await readFile(patients),
      model: model === null ? null : await readModel(model),
    },
  });
}

async function readModel(urls: Readonly<Record<string, string>>): Promise<ModelFolder> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, url] of Object.entries(urls)) files[name] = await readFile(url);
  return files as unknown as ModelFolder;
}

async function readFile(url: string): Promise<Uint8Array> {
  const slash = url.lastIndexOf('/');
  const name = url.slice(slash + 1);
  const bytes = await openStorage(url.slice(0, slash)).readRange(name, 0, null);
  if (bytes === null) throw new Error(`dataflow: ${url} is not there; the worker was started without its resources`);
  if (!name.startsWith(sha256(bytes))) throw new Error(`dataflow: ${url} does not hold what its name says`);
  return bytes;
}

/** Where Google serves secrets. */
const SECRET_MANAGER = 'https://secretmanager.googleapis.com/v1';

/** The bytes of a secret, surrounding white space not counted, as for a key in a file. */
async function readSecret(version: string): Promise<Uint8Array> {
  const answer = await callGoogleApi<{ payload: { data: string } }>(
    { method: 'GET', url: `${SECRET_MANAGER}/${version}:access` },
    { authorize: authorizer(), sleep },
  );
  return new TextEncoder().encode(Buffer.from(answer.payload.data, 'base64').toString('utf8').trim());
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
