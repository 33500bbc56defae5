import { defineTable, type RowOf } from '../column.js';

/**
 * How far the readings of a ward and hour are from what a model was trained on, feature by feature. A measurement that somebody asked
 * for, and no function of bronze alone: whoever measures appends to it (lake/event-log.ts), nothing of it is hashed, and no manifest
 * names its files. Of several rows of a key the one recorded last holds; there is another only where the answer had changed.
 */
export const GOLD_MODEL_DRIFT = defineTable({
  tier: 'gold',
  name: 'model_drift',
  description: 'Drift of the features of a model per ward and hour, append-only: PSI, KS and a verdict.',
  key: ['model_id', 'ward', 'window_start', 'feature', 'recorded_at'],
  partitionBy: null,
  partitionSource: null,
  clusterBy: ['ward', 'feature'],
  columns: [
    {
      name: 'model_id',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'Model whose training rows the readings are compared with.',
    },
    {
      name: 'ward',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'Ward, unknown where a reading names none, or * for the whole hospital.',
    },
    { name: 'window_start', type: 'timestamp', required: true, description: 'Start of the hour of event time.' },
    { name: 'feature', type: 'string', required: true, dictionary: true, description: 'Feature of the model.' },
    { name: 'n', type: 'int64', required: true, description: 'Readings, each by its current version.' },
    { name: 'patients', type: 'int64', required: true, description: 'Patients that they are of.' },
    {
      name: 'compared_with',
      type: 'string',
      required: true,
      dictionary: true,
      description: "ward where the model knows the ward's own training rows, else hospital: all of them.",
    },
    { name: 'missing_share', type: 'float64', required: true, description: 'Share of them without the feature.' },
    {
      name: 'reference_missing_share',
      type: 'float64',
      required: true,
      description: 'Share of the training rows without it.',
    },
    {
      name: 'psi',
      type: 'float64',
      required: true,
      description: 'Population stability index over the deciles of the training rows, missing as a bin of its own.',
    },
    {
      name: 'ks',
      type: 'float64',
      required: false,
      description: 'Kolmogorov-Smirnov distance over the same bins, of the values that are there; null where none is.',
    },
    {
      name: 'ks_critical',
      type: 'float64',
      required: true,
      description: 'What ks must exceed to be more than chance with as many patients (risk 0.001).',
    },
    {
      name: 'verdict',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'too_few, stable, chance, moderate or major.',
    },
    { name: 'alert', type: 'boolean', required: true, description: 'The verdict is major: somebody must look.' },
    { name: 'recorded_at', type: 'timestamp', required: true, description: 'When it was recorded.' },
  ],
});

export type ModelDriftRow = RowOf<typeof GOLD_MODEL_DRIFT>;
