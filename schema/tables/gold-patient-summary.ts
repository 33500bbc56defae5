import { defineTable, type Column, type RowOf } from '../column.js';
import { VITALS, type VitalName } from '../vitals.js';

export const SUMMARY_MEASURES = ['n', 'sum', 'min', 'max', 'last'] as const;
export type SummaryMeasure = (typeof SUMMARY_MEASURES)[number];

type SummaryColumn = {
  [V in VitalName]: {
    [M in SummaryMeasure]: {
      readonly name: `${V}_${M}`;
      readonly type: 'float64';
      readonly required: M extends 'n' ? true : false;
      readonly description: string;
      readonly hashed: true;
    };
  }[SummaryMeasure];
}[VitalName];

const MEANING: Record<SummaryMeasure, string> = {
  n: 'readings that hold it',
  sum: 'sum',
  min: 'least',
  max: 'greatest',
  last: 'last by (event_time, reading_id)',
};

const vitalColumns = VITALS.flatMap((vital) =>
  SUMMARY_MEASURES.map((measure) => ({
    name: `${vital.name}_${measure}`,
    type: 'float64',
    required: measure === 'n',
    ...(measure === 'n' ? {} : { unit: vital.unit, scale: vital.scale }),
    description: `${vital.description}: ${MEANING[measure]}.`,
    hashed: true,
  })),
) as unknown as readonly SummaryColumn[] satisfies readonly Column[];

/** A pane of one patient and one minute of event time; the latest order_key of a key is the truth. */
export const GOLD_PATIENT_SUMMARY = defineTable({
  tier: 'gold',
  name: 'patient_summary',
  description: 'Patient x minute: counts, sums, extremes and last value of each vital, worst NEWS2 and worst anomaly.',
  key: ['patient_id', 'window_start', 'order_key'],
  partitionBy: 'event_date',
  partitionSource: 'window_start',
  clusterBy: ['patient_id'],
  columns: [
    {
      name: 'patient_id',
      type: 'string',
      required: true,
      hashed: true,
      dictionary: true,
      description: 'Keyed pseudonym of the patient.',
    },
    { name: 'window_start', type: 'timestamp', required: true, hashed: true, description: 'Start of the minute.' },
    { name: 'window_end', type: 'timestamp', required: true, description: 'End of the minute, exclusive.' },
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
      description: 'Current readings in the minute; 0 when all were withdrawn.',
    },
    {
      name: 'ward',
      type: 'string',
      required: false,
      hashed: true,
      dictionary: true,
      description: 'Ward of the last reading that names one.',
    },
    ...vitalColumns,
    {
      name: 'news2_low',
      type: 'int32',
      required: false,
      hashed: true,
      description: 'Low bound of the worst NEWS2 (greatest low, then greatest high).',
    },
    { name: 'news2_high', type: 'int32', required: false, hashed: true, description: 'High bound of the worst NEWS2.' },
    {
      name: 'news2_missing',
      type: 'string',
      required: false,
      hashed: true,
      dictionary: true,
      description: 'What the worst NEWS2 was missing.',
    },
    {
      name: 'risk_band',
      type: 'string',
      required: false,
      hashed: true,
      dictionary: true,
      description: 'Low band of the worst NEWS2: low, low-medium, medium, high.',
    },
    { name: 'anomaly_score', type: 'float64', required: false, hashed: true, description: 'Worst anomaly score.' },
    {
      name: 'anomaly_top',
      type: 'string',
      required: false,
      hashed: true,
      description: 'Contributions of the worst anomaly; null unless it was one.',
    },
    {
      name: 'anomaly_n',
      type: 'int32',
      required: true,
      hashed: true,
      description: 'Readings at or above the threshold.',
    },
    { name: 'batch', type: 'int64', required: true, description: 'Sequence of the batch that fired this pane.' },
    { name: 'event_date', type: 'date', required: true, description: 'UTC date of window_start.' },
  ],
});

export type PatientSummaryRow = RowOf<typeof GOLD_PATIENT_SUMMARY>;
