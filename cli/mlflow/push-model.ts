import type { DOCUMENT_FILE, WEIGHTS_FILE } from '../../model/model-document.js';
import { type ModelDocument } from '../../model/model-document.js';
import { ConfigurationError } from '../../schema/errors.js';
import { describeModel, DOCUMENT_TAG, ID_TAG } from './describe-model.js';
import { pointAlias, registerVersion } from './model-registry.js';
import { pyfuncFiles } from './pyfunc-files.js';
import type { MlflowRest } from './rest.js';
import { createRun, findOrCreateExperiment, findRun, finishRun, logRun, type Run } from './tracking.js';

/** What is pushed, and under which names. */
export interface PushRequest {
  readonly document: ModelDocument;
  /** The bytes of the model folder's two files. */
  readonly files: Readonly<Record<typeof DOCUMENT_FILE | typeof WEIGHTS_FILE, Uint8Array>>;
  /** Evaluation reports by file name. */
  readonly reports: ReadonlyMap<string, Uint8Array>;
  readonly experiment: string;
  /** The registered model. */
  readonly name: string;
  readonly alias: string | null;
}

/** What a push came to. */
export interface Pushed {
  readonly experiment_id: string;
  readonly run_id: string;
  readonly run_url: string;
  readonly name: string;
  readonly version: string;
  readonly alias: string | null;
  /** What was not there before: nothing, when the same model is pushed again. */
  readonly created: readonly ('run' | 'version' | 'alias')[];
  /** Artefacts that were not there, or not these bytes. */
  readonly uploaded: readonly string[];
}

/** Folder of the model, and of the reports, below a run's artefacts. */
const MODEL_FOLDER = 'model';
const REPORT_FOLDER = 'evaluation';

/**
 * Pushes a model: experiment, run, parameters, metrics, artefacts, registered version, alias, in this order. Each step looks at what is
 * there first, so that pushing again changes nothing, and goes on where a broken push ended.
 *
 * Delivery: what it returns is on the server, every artefact read back and compared. Two pushes of one model at the same moment may make
 * two runs; the older is the one that is found from then on.
 *
 * @param clock epoch milliseconds
 * @throws ConfigurationError naming the server, what could not be done, and the remedy
 */
export async function pushModel(rest: MlflowRest, request: PushRequest, clock: () => number): Promise<Pushed> {
  const { document, name, alias } = request;
  const about = describeModel(document);
  const experiment_id = await findOrCreateExperiment(rest, request.experiment);
  const found = await findRun(rest, experiment_id, about);
  const run = found ?? (await createRun(rest, experiment_id, document.id, about, clock()));
  if (!run.is_finished) await logRun(rest, run, about);
  const uploaded = await uploadMissing(rest, run, request);
  if (!run.is_finished) await finishRun(rest, run, clock());
  const tags = about.tags.filter(({ key }) => key === ID_TAG || key === DOCUMENT_TAG);
  const { version, is_new } = await registerVersion(rest, name, run, MODEL_FOLDER, tags);
  const isPointed = alias !== null && (await pointAlias(rest, name, alias, version));
  return {
    experiment_id,
    run_id: run.run_id,
    run_url: `${rest.url}/#/experiments/${experiment_id}/runs/${run.run_id}`,
    name,
    version,
    alias,
    created: [
      ...(found === null ? (['run'] as const) : []),
      ...(is_new ? (['version'] as const) : []),
      ...(isPointed ? (['alias'] as const) : []),
    ],
    uploaded,
  };
}

async function uploadMissing(rest: MlflowRest, run: Run, request: PushRequest): Promise<string[]> {
  const files = new Map<string, Uint8Array>();
  for (const [name, bytes] of request.reports) files.set(`${REPORT_FOLDER}/${encodeURIComponent(name)}`, bytes);
  const model = pyfuncFiles(request.document, request.files, run);
  for (const [path, bytes] of model) files.set(`${MODEL_FOLDER}/${path}`, bytes);
  const uploaded: string[] = [];
  for (const [path, bytes] of files) {
    if (await isThere(rest, `${run.artifact_path}/${path}`, bytes)) continue;
    await rest.upload(`${run.artifact_path}/${path}`, bytes);
    if (!(await isThere(rest, `${run.artifact_path}/${path}`, bytes))) throw lost(rest.url, path);
    uploaded.push(path);
  }
  return uploaded;
}

function lost(url: string, path: string): ConfigurationError {
  const problem = `it took ${path} and gives other bytes back`;
  return new ConfigurationError(url, problem, 'Look at the store behind --artifacts-destination, then push again.');
}

async function isThere(rest: MlflowRest, path: string, bytes: Uint8Array): Promise<boolean> {
  const found = await rest.download(path);
  return found !== null && Buffer.compare(found, bytes) === 0;
}
