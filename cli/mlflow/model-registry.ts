import type { KeyValue } from './describe-model.js';
import type { Answer, MlflowRest } from './rest.js';
import type { Run } from './tracking.js';

/** A registered version, and whether it is new. */
export interface RegisteredVersion {
  readonly version: string;
  readonly is_new: boolean;
}

/**
 * The version of a registered model that a run's model has; registers both where they are not there.
 *
 * @param name of the registered model
 * @param folder of the model below the run's artefacts
 */
export async function registerVersion(
  rest: MlflowRest,
  name: string,
  run: Run,
  folder: string,
  tags: readonly KeyValue[],
): Promise<RegisteredVersion> {
  await rest.create('registered-models/create', { name }, `register the model '${name}'`);
  const filter = `name = '${name}' AND run_id = '${run.run_id}'`;
  const found = await rest.get('model-versions/search', { filter, max_results: '10' }, 'look for its version');
  const versions = ((found['model_versions'] ?? []) as readonly Answer[]).map(({ version }) => Number(version));
  if (versions.length > 0) return { version: String(Math.min(...versions)), is_new: false };
  const body = { name, source: `${run.artifact_uri}/${folder}`, run_id: run.run_id, tags };
  const { model_version } = await rest.post('model-versions/create', body, 'register its version');
  return { version: String((model_version as Answer | undefined)?.['version']), is_new: true };
}

/** Points an alias at a version. @returns whether it pointed elsewhere, or nowhere */
export async function pointAlias(rest: MlflowRest, name: string, alias: string, version: string): Promise<boolean> {
  const action = `point the alias '${alias}'`;
  const found = await rest.find('registered-models/alias', { name, alias }, action);
  if (String((found?.['model_version'] as Answer | undefined)?.['version']) === version) return false;
  await rest.post('registered-models/alias', { name, alias, version }, action);
  return true;
}
