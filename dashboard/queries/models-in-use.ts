import type { ModelInUse } from '../api.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { fileSums } from './file-sums.js';
import type { Question } from './question.js';

const SELECT = 'model_id, min(batch) AS first_batch, max(batch) AS last_batch, count(*) AS rows';

/** Which models scored the rows of silver, from which batch to which; null is what no model scored. */
export async function modelsInUse(question: Question): Promise<readonly ModelInUse[]> {
  const models = new Map<string | null, ModelInUse>();
  for (const row of await fileSums(question, { table: SILVER_PATIENT_VITALS, select: SELECT })) {
    const found = row as unknown as ModelInUse;
    const known = models.get(found.model_id) ?? { ...found, rows: 0 };
    models.set(found.model_id, {
      model_id: found.model_id,
      first_batch: Math.min(known.first_batch, found.first_batch),
      last_batch: Math.max(known.last_batch, found.last_batch),
      rows: known.rows + found.rows,
    });
  }
  return [...models.values()].sort((a, b) => b.last_batch - a.last_batch || b.first_batch - a.first_batch);
}
