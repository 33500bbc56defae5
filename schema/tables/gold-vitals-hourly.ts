import { defineTable, type RowOf } from '../column.js';

/** A pane of one patient, one vital and one hour of event time. */
export const GOLD_VITALS_HOURLY = defineTable({
  tier: 'gold',
  name: 'vitals_hourly',
  description: 'Patient x vital x hour: count, sum and extremes.',
  key: ['patient_id', 'vital', 'window_start', 'order_key'],
  partitionBy: 'event_date',
  partitionSource: 'window_start',
  clusterBy: ['patient_id', 'vital'],
  columns: [
    {
      name: 'patient_id',
      type: 'string',
      required: true,
      hashed: true,
      dictionary: true,
      description: 'Keyed pseudonym of the patient.',
    },
    {
      name: 'vital',
      type: 'string',
      required: true,
      hashed: true,
      dictionary: true,
      description: 'Name of the vital sign.',
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
      name: 'ward',
      type: 'string',
      required: false,
      hashed: true,
      dictionary: true,
      description: 'Ward at last_event_time (the greatest name where several readings share it).',
    },
    {
      name: 'n',
      type: 'int32',
      required: true,
      hashed: true,
      description: 'Current readings that hold the vital; 0 when all were withdrawn.',
    },
    {
      name: 'sum_value',
      type: 'float64',
      required: false,
      hashed: true,
      description: 'Sum, in the unit of the vital.',
    },
    { name: 'min_value', type: 'float64', required: false, hashed: true, description: 'Least value.' },
    { name: 'max_value', type: 'float64', required: false, hashed: true, description: 'Greatest value.' },
    {
      name: 'last_event_time',
      type: 'timestamp',
      required: false,
      hashed: true,
      description: 'Latest event_time that holds the vital.',
    },
    { name: 'batch', type: 'int64', required: true, description: 'Sequence of the batch that fired this pane.' },
    { name: 'event_date', type: 'date', required: true, description: 'UTC date of window_start.' },
  ],
});

export type VitalsHourlyRow = RowOf<typeof GOLD_VITALS_HOURLY>;
