import { ConfigurationError } from '../../schema/errors.js';
import { DOCUMENT_TAG, ID_TAG, type ModelDescription } from './describe-model.js';
import type { Answer, MlflowRest } from './rest.js';

/** A run as MLflow tells it. */
export interface Run {
  readonly run_id: string;
  /** Epoch milliseconds. */
  readonly start_time: number;
  readonly is_finished: boolean;
  /** Where its artefacts are, below the server's artefacts. */
  readonly artifact_path: string;
  readonly artifact_uri: string;
}

/** MLflow takes at most so many metrics, parameters and tags in one batch; 100 of them parameters. */
const BATCH_PARAMETERS = 100;

/** The id of the experiment of that name, which is made where there is none. @throws ConfigurationError where it is deleted */
export async function findOrCreateExperiment(rest: MlflowRest, name: string): Promise<string> {
  const action = `find the experiment '${name}'`;
  const look = () => rest.find('experiments/get-by-name', { experiment_name: name }, action);
  let found = await look();
  if (found === null) {
    await rest.create('experiments/create', { name }, `create the experiment '${name}'`);
    found = await look();
  }
  const { experiment_id, lifecycle_stage } = (found?.['experiment'] ?? {}) as Answer;
  if (lifecycle_stage === 'deleted') {
    const remedy = 'Restore it (mlflow experiments restore), or name another one.';
    throw new ConfigurationError('--experiment', `'${name}' is deleted on ${rest.url}`, remedy);
  }
  return textOf(experiment_id, 'experiment_id', rest);
}

/** The run of this very model, the oldest where there are several; null where there is none. */
export async function findRun(rest: MlflowRest, experimentId: string, about: ModelDescription): Promise<Run | null> {
  const filter = about.tags
    .filter(({ key }) => key === ID_TAG || key === DOCUMENT_TAG)
    .map(({ key, value }) => `tags.\`${key}\` = '${value}'`)
    .join(' AND ');
  const query = { experiment_ids: [experimentId], filter, max_results: 1, order_by: ['attributes.start_time ASC'] };
  const { runs } = await rest.post('runs/search', query, 'look for the run of this model');
  const first = (runs as readonly Answer[] | undefined)?.[0];
  return first === undefined ? null : runOf(first, rest);
}

/** A new run of a model, running until it is {@link finishRun}ished. */
export async function createRun(
  rest: MlflowRest,
  experimentId: string,
  name: string,
  about: ModelDescription,
  now: number,
): Promise<Run> {
  const body = { experiment_id: experimentId, run_name: name, start_time: now, tags: about.tags };
  const { run } = await rest.post('runs/create', body, 'create a run');
  return runOf(run as Answer, rest);
}

/** Parameters and metrics of a run. Metrics bear the time at which the run began, so that to log them twice changes nothing. */
export async function logRun(rest: MlflowRest, run: Run, { parameters, metrics }: ModelDescription): Promise<void> {
  const points = metrics.map((metric) => ({ ...metric, timestamp: run.start_time, step: 0 }));
  for (let from = 0; from === 0 || from < parameters.length; from += BATCH_PARAMETERS) {
    const params = parameters.slice(from, from + BATCH_PARAMETERS);
    const body = { run_id: run.run_id, params, metrics: from === 0 ? points : [] };
    await rest.post('runs/log-batch', body, 'log parameters and metrics');
  }
}

export async function finishRun(rest: MlflowRest, run: Run, now: number): Promise<void> {
  await rest.post('runs/update', { run_id: run.run_id, status: 'FINISHED', end_time: now }, 'finish the run');
}

function runOf(answer: Answer | undefined, rest: MlflowRest): Run {
  const { run_id, start_time, status, artifact_uri } = (answer?.['info'] ?? {}) as Answer;
  const uri = textOf(artifact_uri, 'artifact_uri', rest);
  const path = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.+)$/.exec(uri)?.[1];
  if (path === undefined) {
    const problem = `its experiments keep artefacts at ${uri.split(':', 1)[0]}: which only MLflow's own client can write to`;
    const remedy = 'Start the server with --serve-artifacts, and name a new --experiment.';
    throw new ConfigurationError(rest.url, problem, remedy);
  }
  return {
    run_id: textOf(run_id, 'run_id', rest),
    start_time: Number(start_time),
    is_finished: status === 'FINISHED',
    artifact_path: path,
    artifact_uri: uri,
  };
}

function textOf(value: unknown, field: string, rest: MlflowRest): string {
  if (typeof value === 'string' && value !== '') return value;
  const remedy = 'Name the address of an MLflow 3 tracking server (tried with 3.17.2).';
  throw new ConfigurationError(rest.url, `its answer has no ${field}`, remedy);
}
