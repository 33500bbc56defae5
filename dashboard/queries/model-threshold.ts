import { DOCUMENT_FILE } from '../../model/model-document.js';
import type { Question } from './question.js';

/**
 * The threshold of the model that the last batch was scored with: of the copy that the lake keeps of each (version-store.ts).
 * Null without a model, or where the batch or the copy is not there any more.
 */
export function modelThreshold({ store, parts, moment }: Question): Promise<number | null> {
  const id = moment.commit?.model_id ?? null;
  if (id === null || !/^[a-z0-9-]+$/.test(id)) return Promise.resolve(null);
  return parts.get(`threshold ${id}`, async () => {
    const bytes = await store.storage.readRange(`_versions/${id}/${DOCUMENT_FILE}`, 0, null);
    if (bytes === null) return null;
    const { threshold } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { threshold?: unknown };
    return typeof threshold === 'number' ? threshold : null;
  });
}
