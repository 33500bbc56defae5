import { parseWarehouse } from '../bigquery/load/warehouse-url.js';
import type { WarehouseStream } from '../pipeline/sinks/warehouse-stream.js';
import { sleep } from '../pipeline/sleep.js';
import { lakeUrl } from './lake-url.js';

/** Opens what `--warehouse` of a run names; null when it is not given. @throws ConfigurationError with the remedy */
export async function openWarehouseStream(url: string | undefined, lake: string): Promise<WarehouseStream | null> {
  if (url === undefined) return null;
  const { project } = parseWarehouse(url);
  const { WarehouseStream } = await import('../pipeline/sinks/warehouse-stream.js');
  const means = { random: Math.random, wait: sleep };
  const notice = (text: string) => process.stderr.write(`vitals: ${text}\n`);
  return WarehouseStream.open(project, lakeUrl(lake), { client: means, append: means, clock: Date.now }, notice);
}
