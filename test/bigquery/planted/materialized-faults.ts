import type { PlantedFault } from './planted-fault.js';
import { materialized } from './statement-texts.js';

/** Faults in materialized views. */
export const MATERIALIZED_FAULTS: readonly PlantedFault[] = [
  {
    fault: 'a column that the table has not',
    text: materialized('MAX_BY(nothing, order_key) AS n'),
    lint: /no column nothing/,
    analyzer: /Unrecognized name: nothing/,
  },
  {
    fault: 'a sum of texts',
    text: materialized('LOGICAL_OR(ward) AS any_ward'),
    lint: null,
    analyzer: /No matching signature for aggregate function LOGICAL_OR/,
  },
  {
    fault: 'a condition on an aggregate',
    text: materialized('MAX_BY(n, order_key) AS n', {
      from: 'FROM gold.vitals_hourly GROUP BY event_date, patient_id HAVING MAX(sum_value) > 1',
    }),
    lint: /HAVING/,
    analyzer: /HAVING/,
  },
  {
    fault: 'an aggregate in an expression',
    text: materialized('MAX(sum_value) / 2 AS half'),
    lint: /bare/,
    analyzer: /computes with an aggregate/,
  },
  {
    fault: 'an aggregate that is not incremental',
    text: materialized('STDDEV(sum_value) AS s'),
    lint: /STDDEV is not an aggregate/,
    analyzer: /aggregate stddev_samp is not incremental/,
  },
  {
    fault: 'a count of distinct values',
    text: materialized('COUNT(DISTINCT ward) AS wards'),
    lint: /DISTINCT in COUNT/,
    analyzer: /DISTINCT in count/,
  },
  {
    fault: 'the latest row as one STRUCT',
    text: materialized('MAX_BY(STRUCT(ward, n), order_key) AS latest'),
    lint: /STRUCT/,
    analyzer: /max_by over a STRUCT/,
  },
  {
    fault: 'a window function',
    text: materialized('n, ROW_NUMBER() OVER (ORDER BY n) AS r', { from: 'FROM gold.vitals_hourly' }),
    lint: /window function/,
    analyzer: /window function/,
  },
  {
    fault: 'an aggregate of aggregates',
    text: materialized('MAX(n) AS n', {
      from: `FROM (SELECT event_date, patient_id, ward, MAX(n) AS n FROM gold.vitals_hourly
        GROUP BY event_date, patient_id, ward) GROUP BY event_date, patient_id`,
    }),
    lint: /one table/,
    analyzer: /aggregates an aggregate/,
  },
  {
    fault: 'a materialized view on another',
    text: materialized('MAX(n) AS n', { from: 'FROM gold.vital_signs_hourly_trend GROUP BY event_date, patient_id' }),
    lint: /one table/,
    analyzer: /reads the materialized view gold.vital_signs_hourly_trend/,
  },
  {
    fault: 'a join of a table with itself',
    text: materialized('MAX(a.n) AS n', {
      from: `FROM gold.vitals_hourly AS a JOIN gold.vitals_hourly AS b USING (event_date, patient_id)
        GROUP BY event_date, patient_id`,
    }),
    lint: /JOINS|one table/,
    analyzer: /joins a table with itself/,
  },
  {
    fault: 'today',
    text: materialized('MAX(n) AS n', {
      from: 'FROM gold.vitals_hourly WHERE event_date = CURRENT_DATE() GROUP BY event_date, patient_id',
    }),
    lint: /CURRENT_DATE depends/,
    analyzer: /current_date changes/,
  },
  {
    fault: 'the first rows only',
    text: materialized('MAX(n) AS n', {
      from: 'FROM gold.vitals_hourly GROUP BY event_date, patient_id ORDER BY n LIMIT 5',
    }),
    lint: /LIMIT/,
    analyzer: /LIMIT/,
  },
  {
    fault: 'data that may be stale',
    text: materialized('MAX_BY(n, order_key) AS n', {
      options: 'enable_refresh = true, max_staleness = INTERVAL "4:0:0" HOUR TO SECOND',
    }),
    lint: /max_staleness/,
    // It refuses the literal, not the option.
    analyzer: /Unexpected INTERVAL expression/,
  },
  {
    fault: 'a refresh interval of a month',
    text: materialized('MAX_BY(n, order_key) AS n', {
      options: 'enable_refresh = true, refresh_interval_minutes = 43200',
    }),
    lint: /43200 minutes/,
    analyzer: null,
  },
  {
    fault: 'another partition than its table',
    text: materialized('ward, MAX_BY(n, order_key) AS n', {
      partition: 'ward',
      from: 'FROM gold.vitals_hourly GROUP BY event_date, patient_id, ward',
    }),
    lint: /partitions by ward, its table by event_date/,
    analyzer: null,
  },
  {
    fault: 'a sum over panes that were replaced',
    text: materialized('SUM(n) AS n'),
    lint: /SUM would count panes that were replaced/,
    analyzer: null,
  },
  {
    fault: 'the latest pane by a key that restarts',
    text: materialized('MAX_BY(n, batch) AS n'),
    lint: /by order_key only/,
    analyzer: null,
  },
];
