import type { ModelDocument } from '../../model/model-document.js';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface Metric {
  readonly key: string;
  readonly value: number;
}

/** What a run shows of a model: how it was trained, what was measured, what it is. */
export interface ModelDescription {
  readonly parameters: readonly KeyValue[];
  readonly metrics: readonly Metric[];
  readonly tags: readonly KeyValue[];
}

/** MLflow takes 6,000 characters a parameter (500 before 2.8); a longer one is in model.json. */
const PARAMETER_CHARACTERS = 500;

/** Tags by which a second push finds what the first one made: same id and same document, same model. */
export const ID_TAG = 'vitals.model_id';
export const DOCUMENT_TAG = 'vitals.document_sha256';

/** Hundreds of counts, which are in model.json. */
const NOT_SHOWN = { reference: null };

/** What model.json says, in MLflow's terms; nested keys are joined by dots. */
export function describeModel(document: ModelDocument): ModelDescription {
  const { kind, version, features, threshold, training, metrics, created_with } = document;
  const names = features.map((feature) => feature.name).join(',');
  const parameters = leavesOf({
    kind,
    algorithm_version: version,
    features: names,
    threshold,
    ...training,
    ...NOT_SHOWN,
  });
  return {
    parameters: parameters.map(([key, value]) => ({ key, value: shorten(String(value)) })),
    metrics: leavesOf(metrics).flatMap(([key, value]) => (typeof value === 'number' ? [{ key, value }] : [])),
    tags: [
      { key: ID_TAG, value: document.id },
      { key: DOCUMENT_TAG, value: document.document_sha256 },
      { key: 'mlflow.source.name', value: `${created_with.package} ${created_with.version}` },
      { key: 'mlflow.user', value: created_with.package },
    ],
  };
}

function leavesOf(value: object, prefix = ''): [string, string | number | boolean][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const name = prefix + key;
    if (typeof inner === 'object' && inner !== null) return leavesOf(inner, `${name}.`);
    if (typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean') return [[name, inner]];
    return [];
  });
}

function shorten(text: string): string {
  return text.length > PARAMETER_CHARACTERS ? `${text.slice(0, PARAMETER_CHARACTERS - 1)}…` : text;
}
