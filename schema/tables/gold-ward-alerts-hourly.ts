import { defineTable, type RowOf } from '../column.js';

/** A pane of one ward, rule, severity and hour of event time. */
export const GOLD_WARD_ALERTS_HOURLY = defineTable({
  tier: 'gold',
  name: 'ward_alerts_hourly',
  description: 'Ward x rule x severity x hour: alerts that stand (raised and not withdrawn).',
  key: ['ward', 'rule', 'severity', 'window_start', 'order_key'],
  partitionBy: 'event_date',
  partitionSource: 'window_start',
  clusterBy: ['ward'],
  columns: [
    { name: 'ward', type: 'string', required: true, hashed: true, dictionary: true, description: 'Ward, or unknown.' },
    { name: 'rule', type: 'string', required: true, hashed: true, dictionary: true, description: 'Name of the rule.' },
    {
      name: 'severity',
      type: 'string',
      required: true,
      hashed: true,
      dictionary: true,
      description: 'warning, urgent or critical.',
    },
    { name: 'window_start', type: 'timestamp', required: true, hashed: true, description: 'Start of the hour.' },
    {
      name: 'order_key',
      type: 'string',
      required: true,
      description: 'Fixed width, unique, rising: the greatest of a key is the truth.',
    },
    { name: 'pane', type: 'string', required: true, dictionary: true, description: 'early, on_time or late.' },
    {
      name: 'n',
      type: 'int32',
      required: true,
      hashed: true,
      description: 'Alerts that stand; 0 when all were withdrawn.',
    },
    { name: 'batch', type: 'int64', required: true, description: 'Sequence of the batch that fired this pane.' },
    { name: 'event_date', type: 'date', required: true, description: 'UTC date of window_start.' },
  ],
});

export type WardAlertsHourlyRow = RowOf<typeof GOLD_WARD_ALERTS_HOURLY>;
