import { createHash } from 'node:crypto';
import type { WorkerSetup } from '../../../beam/portable/worker-setup.js';
import { ConfigurationError } from '../../../schema/errors.js';
import type { GraphOptions } from '../../graph.js';
import type { ShareResources } from '../micro-batch/share.js';
import { stageOnce } from './stage.js';

/** Where a worker finds what the stages need; plain JSON, and no secret, because it stands in the job's request. */
export interface WorkerResources {
  readonly graph: Pick<GraphOptions, 'pseudonym' | 'patients' | 'model'>;
  /** `projects/P/secrets/S/versions/V`; null for the public development key. */
  readonly pseudonymKeySecret: string | null;
  /** `gs://` files, null where there are none. */
  readonly patients: string | null;
  readonly model: Readonly<Record<string, string>> | null;
}

/** A file that has to be staged before the job is created. */
export interface StagedFile {
  readonly url: string;
  readonly bytes: Uint8Array;
}

/** The module that a worker's boot runs with {@link WorkerResources} (set-up-worker.ts). */
const SETUP_MODULE = 'vitals-lakehouse/pipeline/engines/dataflow/set-up-worker';

const SECRET = /^projects\/[a-z0-9.:-]+\/secrets\/[A-Za-z0-9_-]{1,255}\/versions\/[0-9]+$/;

/**
 * How workers come by patients, model and pseudonym key: the first two are staged by their content, the key stays in Secret
 * Manager and is fetched by each worker with its own service account.
 *
 * @param isDevelopmentKey the key is the public one, which needs no secret
 * @param stagingLocation `gs://` folder
 * @throws ConfigurationError for a key of one's own without a secret, and for something that is no version of a secret
 */
export function planWorkerResources(
  graph: GraphOptions,
  resources: ShareResources,
  pseudonymKeySecret: string | null,
  isDevelopmentKey: boolean,
  stagingLocation: string,
): { readonly setup: WorkerSetup; readonly files: readonly StagedFile[] } {
  checkSecret(pseudonymKeySecret, isDevelopmentKey);
  const files: StagedFile[] = [];
  const stage = (name: string, bytes: Uint8Array): string => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const url = `${stagingLocation.replace(/\/$/, '')}/resources/${sha256}-${name}`;
    files.push({ url, bytes });
    return url;
  };
  const patients = resources.patients === null ? null : stage('patients.ndjson', resources.patients);
  const model =
    resources.model === null
      ? null
      : Object.fromEntries(Object.entries(resources.model).map(([name, bytes]) => [name, stage(name, bytes)]));
  const { pseudonym, patients: patientsName, model: modelName } = graph;
  const argument: WorkerResources = {
    graph: { pseudonym, patients: patientsName, model: modelName },
    pseudonymKeySecret,
    patients,
    model,
  };
  return { setup: { module: SETUP_MODULE, argument }, files };
}

/** Stages what workers will fetch. @throws as stageOnce */
export async function stageResources(files: readonly StagedFile[]): Promise<void> {
  for (const { url, bytes } of files) await stageOnce(url, bytes);
}

function checkSecret(secret: string | null, isDevelopmentKey: boolean): void {
  const flag = '--pseudonym-key-secret';
  if (secret === null) {
    if (isDevelopmentKey) return;
    const problem = 'workers cannot read the file that --pseudonym-key-file names';
    throw new ConfigurationError(flag, problem, 'Name the version of the secret that holds the same key.');
  }
  if (isDevelopmentKey) {
    const problem = `${secret} is given without --pseudonym-key-file`;
    throw new ConfigurationError(flag, problem, 'Give the same key as a file, or leave both out for synthetic data.');
  }
  if (SECRET.test(secret)) return;
  const remedy = 'Give projects/P/secrets/S/versions/N: a number, so that every worker has the same key.';
  throw new ConfigurationError(flag, `${secret} is not the version of a secret`, remedy);
}
