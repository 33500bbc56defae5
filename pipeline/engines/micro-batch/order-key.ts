/**
 * Order keys of one share in one batch: fixed width, unique, and rising with the batch across restarts, so that the
 * greatest of a key is its latest pane (`MAX_BY(x, order_key)`).
 */
export function orderKeys(batch: number, share: number): () => string {
  const prefix = `${String(batch).padStart(12, '0')}-${String(share).padStart(3, '0')}-`;
  let next = 0;
  return () => prefix + String((next += 1)).padStart(8, '0');
}
