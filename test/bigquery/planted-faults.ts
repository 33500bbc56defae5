import { MATERIALIZED_FAULTS } from './planted/materialized-faults.js';
import type { PlantedFault } from './planted/planted-fault.js';
import { logical, materialized, table } from './planted/statement-texts.js';
import { TABLE_FAULTS } from './planted/table-faults.js';
import { VIEW_FAULTS } from './planted/view-faults.js';

/** Right statements, which the faults are planted in: the names are free in the datasets. */
export const RIGHT_TABLE = table({});
export const RIGHT_VIEW = logical('SELECT patient_id, n FROM gold.vitals_hourly');
export const RIGHT_MATERIALIZED = materialized('MAX_BY(n, order_key) AS n');

/** Every planted fault: none may pass both the lint and the analyzer. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [...TABLE_FAULTS, ...MATERIALIZED_FAULTS, ...VIEW_FAULTS];
