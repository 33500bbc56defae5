import { defineTable, type RowOf } from '../column.js';

/**
 * What people did about alerts. Unlike every other table of gold it is no function of bronze, and several processes append
 * to it (lake/alert-event-log.ts): nothing of it is hashed, and no manifest names its files. It has no partitions: people act a
 * few hundred times a day, and a warehouse takes it whole.
 */
export const GOLD_ALERT_EVENTS = defineTable({
  tier: 'gold',
  name: 'alert_events',
  description: 'What people did about alerts, append-only: acknowledged, resolved. An alert without a row is open.',
  key: ['alert_id', 'event_number'],
  partitionBy: null,
  partitionSource: null,
  clusterBy: ['alert_id'],
  columns: [
    { name: 'alert_id', type: 'string', required: true, description: 'The alert that was acted on.' },
    {
      name: 'event_number',
      type: 'int32',
      required: true,
      description: '1 for the first event of the alert, then 2: the greatest is where it stands.',
    },
    { name: 'status', type: 'string', required: true, dictionary: true, description: 'acknowledged or resolved.' },
    {
      name: 'who',
      type: 'string',
      required: true,
      identifying: true,
      description: 'Who acted, as given: a member of staff, never a patient.',
    },
    { name: 'note', type: 'string', required: false, identifying: true, description: 'What they noted, if anything.' },
    { name: 'acted_at', type: 'timestamp', required: true, description: 'When it was recorded.' },
  ],
});

export type AlertEventRow = RowOf<typeof GOLD_ALERT_EVENTS>;
