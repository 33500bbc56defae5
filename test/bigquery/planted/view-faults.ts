import type { PlantedFault } from './planted-fault.js';
import { logical } from './statement-texts.js';

/** Faults in logical views. */
export const VIEW_FAULTS: readonly PlantedFault[] = [
  {
    fault: 'a function of another database',
    text: logical('SELECT DATEDIFF(event_date, event_date) AS d FROM gold.vitals_hourly'),
    lint: null,
    analyzer: /Function not found: DATEDIFF/,
  },
  {
    fault: 'a number added to a text',
    text: logical('SELECT n + patient_id AS x FROM gold.vitals_hourly'),
    lint: null,
    analyzer: /No matching signature for operator \+/,
  },
  {
    fault: 'a part of time that dates do not have',
    text: logical('SELECT DATE_SUB(event_date, INTERVAL 2 HOUR) AS d FROM gold.vitals_hourly'),
    lint: null,
    analyzer: /HOUR date part/,
  },
  {
    fault: 'a time compared with a text',
    text: logical('SELECT n FROM gold.vitals_hourly WHERE window_start > patient_id'),
    lint: null,
    analyzer: /No matching signature for operator >/,
  },
  {
    fault: 'an order of rows by a column that is not there',
    text: logical('SELECT n FROM gold.vitals_hourly WHERE TRUE QUALIFY ROW_NUMBER() OVER (ORDER BY nothing) = 1'),
    lint: null,
    analyzer: /Unrecognized name: nothing/,
  },
  {
    fault: 'a column that is neither grouped nor aggregated',
    text: logical('SELECT patient_id, MAX(n) AS n FROM gold.vitals_hourly'),
    lint: null,
    analyzer: /neither grouped nor aggregated/,
  },
  {
    fault: 'two outputs of one name',
    text: logical('SELECT n, n FROM gold.vitals_hourly'),
    lint: null,
    analyzer: /columns with duplicate name n/,
  },
  {
    fault: 'a table that is not there',
    text: logical('SELECT n FROM gold.nowhere'),
    lint: /gold\.nowhere, which does not exist/,
    analyzer: /Table not found: gold.nowhere/,
  },
  {
    fault: 'identities',
    text: logical('SELECT payload FROM bronze.patient_vitals'),
    lint: /bronze\.patient_vitals, which holds what may identify a person/,
    analyzer: null,
  },
  {
    fault: 'a table that must be read by the day',
    text: logical('SELECT reason FROM silver.dead_letter'),
    lint: /silver\.dead_letter without a partition filter/,
    analyzer: null,
  },
  {
    fault: 'the latest of values that may be null',
    text: logical('SELECT MAX_BY(ward, order_key) AS ward FROM gold.vitals_hourly'),
    lint: /MAX_BY of a bare column/,
    analyzer: null,
  },
  {
    fault: 'an answer that depends on when it is asked',
    text: logical('SELECT n FROM gold.vitals_hourly WHERE last_event_time < CURRENT_TIMESTAMP()'),
    lint: /CURRENT_TIMESTAMP depends/,
    analyzer: null,
  },
];
