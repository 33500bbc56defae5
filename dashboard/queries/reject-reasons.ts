import type { RejectReason } from '../api.js';
import { SILVER_DEAD_LETTER } from '../../schema/tables/silver-dead-letter.js';
import { fileSums } from './file-sums.js';
import type { Question } from './question.js';

/** The newest detail stands for all of a reason; the payload itself is not looked at. */
const SELECT = `stage, reason, CAST(count(*) AS BIGINT) AS count, max(receive_time) AS latest,
  max_by(detail, (receive_time, batch, "offset", item)) AS example,
  max_by(coalesce(field, ''), (receive_time, batch, "offset", item)) AS field`;

/** Everything that was refused, whole or in part, by stage and reason, the most frequent first. */
export async function rejectReasons(question: Question): Promise<readonly RejectReason[]> {
  const reasons = new Map<string, RejectReason>();
  for (const row of await fileSums(question, { table: SILVER_DEAD_LETTER, select: SELECT })) {
    const { stage, reason, count, example, field, latest } = row as unknown as RejectReason;
    const key = `${stage} ${reason}`;
    const found: RejectReason = { stage, reason, count, example, field: field === '' ? null : field, latest };
    const known = reasons.get(key);
    const newest = known === undefined || known.latest < latest ? found : known;
    reasons.set(key, { ...newest, count: count + (known?.count ?? 0) });
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
