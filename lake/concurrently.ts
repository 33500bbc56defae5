/** Operations on a storage at the same time: enough to hide the latency of a cloud, few enough for a disk. */
const CONCURRENCY = 16;

/** Runs asynchronous work on every item, some at a time; results in the order of the items. */
export async function concurrently<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += CONCURRENCY) {
    results.push(...(await Promise.all(items.slice(i, i + CONCURRENCY).map(work))));
  }
  return results;
}
