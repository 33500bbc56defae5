import { readFileSync } from 'node:fs';
import { DOCUMENT_FILE, WEIGHTS_FILE, type ModelDocument } from '../../model/model-document.js';

/** The run that a model is part of. */
export interface RunOfModel {
  readonly run_id: string;
  /** Epoch milliseconds. */
  readonly start_time: number;
}

/** Module of the loader, in code/. */
const LOADER = 'vitals_model';

/**
 * The files of an MLflow model, by path: what `mlflow.pyfunc.load_model` needs to score with NumPy alone. Same model and run,
 * same bytes.
 *
 * @param files the bytes of the model folder's two files
 */
export function pyfuncFiles(
  document: ModelDocument,
  files: Readonly<Record<typeof DOCUMENT_FILE | typeof WEIGHTS_FILE, Uint8Array>>,
  run: RunOfModel,
): ReadonlyMap<string, Uint8Array> {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  return new Map<string, Uint8Array>([
    [`data/${DOCUMENT_FILE}`, files[DOCUMENT_FILE]],
    [`data/${WEIGHTS_FILE}`, files[WEIGHTS_FILE]],
    [`code/${LOADER}.py`, readFileSync(new URL(`./${LOADER}.py`, import.meta.url))],
    ['requirements.txt', text('mlflow\nnumpy\npandas\n')],
    ['python_env.yaml', text("python: '3.11'\nbuild_dependencies: [pip]\ndependencies: [-r requirements.txt]\n")],
    // Last: who finds it finds the rest.
    ['MLmodel', text(mlmodelOf(document, run))],
  ]);
}

/** MLmodel, in YAML; what JSON.stringify quotes is YAML too. */
function mlmodelOf(document: ModelDocument, run: RunOfModel): string {
  // Not double: MLflow refuses whole numbers there, which is what a column of heart rates is.
  const inputs = document.features.map(({ name }) => ({ type: 'any', name, required: true }));
  const created = new Date(run.start_time).toISOString().replace('T', ' ').replace('Z', '');
  return [
    'artifact_path: model',
    'flavors:',
    '  python_function:',
    `    loader_module: ${LOADER}`,
    '    code: code',
    '    data: data',
    '    env:',
    '      virtualenv: python_env.yaml',
    '    python_version: 3.11.0',
    '  vitals_lakehouse:',
    `    format: ${document.format}`,
    `    kind: ${document.kind}`,
    `    id: ${JSON.stringify(document.id)}`,
    `    threshold: ${document.threshold}`,
    `model_uuid: ${JSON.stringify(document.document_sha256.slice(0, 32))}`,
    `run_id: ${JSON.stringify(run.run_id)}`,
    `utc_time_created: ${JSON.stringify(created)}`,
    'signature:',
    `  inputs: ${JSON.stringify(JSON.stringify(inputs))}`,
    `  outputs: ${JSON.stringify(JSON.stringify([{ type: 'double', name: 'score', required: true }]))}`,
    '  params: null',
    '',
  ].join('\n');
}
