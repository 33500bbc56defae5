import type { PlantedFault } from './planted-fault.js';
import { table } from './statement-texts.js';

const DESCRIBED = 'description = "What it holds."';
const LONG = 'a'.repeat(301);

/** Faults in tables. */
export const TABLE_FAULTS: readonly PlantedFault[] = [
  {
    fault: 'a type of another database',
    text: table({ columns: ['value VARCHAR2'] }),
    lint: null,
    analyzer: /Type not found: VARCHAR2/,
  },
  {
    fault: 'a column named twice',
    text: table({ columns: ['patient_id STRING'] }),
    lint: null,
    analyzer: /Duplicate column name patient_id/,
  },
  {
    fault: 'a reserved word as a column',
    text: table({ columns: ['group STRING'] }),
    lint: null,
    analyzer: /got keyword GROUP/,
  },
  {
    fault: 'a partition on a column that is not there',
    text: table({ partition: 'PARTITION BY day' }),
    lint: /day, which is not a required DATE/,
    analyzer: /Unrecognized name: day/,
  },
  {
    fault: 'a partition on a column that may be null',
    text: table({ columns: ['day DATE'], partition: 'PARTITION BY day' }),
    lint: /day, which is not a required DATE/,
    analyzer: null,
  },
  {
    fault: 'partitions of an hour without end',
    text: table({ columns: ['seen_at TIMESTAMP NOT NULL'], partition: 'PARTITION BY TIMESTAMP_TRUNC(seen_at, HOUR)' }),
    lint: /416 days/,
    analyzer: null,
  },
  {
    fault: 'more than 10,000 partitions',
    text: table({ options: [DESCRIBED, 'partition_expiration_days = 10001'] }),
    lint: /10001 partitions, 10,000 are the most/,
    analyzer: null,
  },
  {
    fault: 'an expiration without partitions',
    text: table({ partition: '', options: [DESCRIBED, 'partition_expiration_days = 90'] }),
    lint: /partition_expiration_days needs PARTITION BY/,
    analyzer: null,
  },
  {
    fault: 'five columns to cluster by',
    text: table({
      columns: ['b STRING', 'c STRING', 'd STRING', 'e STRING'],
      cluster: 'CLUSTER BY patient_id, b, c, d, e',
    }),
    lint: /clusters by 5 columns/,
    analyzer: null,
  },
  {
    fault: 'clustering by bytes',
    text: table({ columns: ['payload BYTES'], cluster: 'CLUSTER BY payload' }),
    lint: /payload, a BYTES/,
    analyzer: null,
  },
  {
    fault: 'an option that BigQuery does not have',
    text: table({ options: [DESCRIBED, 'retention_days = 5'] }),
    lint: /option retention_days is unknown/,
    analyzer: null,
  },
  {
    fault: 'a policy tag as an option of a column',
    text: table({ columns: ['name STRING OPTIONS (description = "Name.", policy_tags = ["x"])'] }),
    lint: /option policy_tags of column name is unknown/,
    analyzer: null,
  },
  {
    fault: 'a name that BigQuery keeps for itself',
    text: table({ columns: ['_PARTITION_day DATE'] }),
    lint: /begins with _PARTITION/,
    analyzer: null,
  },
  {
    fault: 'a column name of 301 characters',
    text: table({ columns: [`${LONG} INT64`] }),
    lint: /300/,
    analyzer: null,
  },
  {
    fault: 'a label in capitals',
    text: table({ options: [DESCRIBED, 'labels = [("Tier", "gold")]'] }),
    lint: /label \("Tier"/,
    analyzer: null,
  },
  {
    fault: 'a table without description',
    text: table({ options: ['labels = []'] }),
    lint: /no description/,
    analyzer: null,
  },
  {
    fault: 'a project in the name',
    text: table({ name: 'hospital.gold.planted' }),
    lint: /names a project/,
    analyzer: null,
  },
];
