import { defineTable, type RowOf } from '../column.js';

/**
 * What was decided about models: which scores (the champion), which scores in its shadow (the challenger). Like alert events
 * it is no function of bronze, and whoever decides appends to it (lake/event-log.ts): nothing of it is hashed, and no
 * manifest names its files.
 */
export const GOLD_MODEL_EVENTS = defineTable({
  tier: 'gold',
  name: 'model_events',
  description: 'What was decided about models, append-only: registered, challenged, promoted, rolled back, retired.',
  key: ['event_number'],
  partitionBy: null,
  partitionSource: null,
  clusterBy: ['event_number'],
  columns: [
    {
      name: 'event_number',
      type: 'int32',
      required: true,
      description: '1 for the first event of the lake, then 2: together they say which model is what.',
    },
    {
      name: 'event',
      type: 'string',
      required: true,
      dictionary: true,
      description: 'registered, challenged, promoted, rolled_back or retired.',
    },
    { name: 'model_id', type: 'string', required: true, description: 'The model that it is about.' },
    {
      name: 'previous_model_id',
      type: 'string',
      required: false,
      description: 'The champion until then, where another one took its place.',
    },
    {
      name: 'who',
      type: 'string',
      required: true,
      identifying: true,
      description: 'Who decided: staff or a scheduler.',
    },
    { name: 'reason', type: 'string', required: false, description: 'Why, as given.' },
    { name: 'acted_at', type: 'timestamp', required: true, description: 'When it was recorded.' },
  ],
});

export type ModelEventRow = RowOf<typeof GOLD_MODEL_EVENTS>;
