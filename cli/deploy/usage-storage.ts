import { MEASURED, REWRITES } from './measured.js';
import type { Rates } from './rates.js';
import type { Sizing } from './sizing.js';
import { operationsOfBatch } from './storage-operations.js';
import { DAY_SECONDS, GIB, monthly, type Usage } from './usage-line.js';
import type { Workload } from './workload.js';

/**
 * The bucket of the lake: bytes by class, what has been deleted and is still paid for, and requests.
 *
 * @param goldBytes bytes of Parquet that gold gets a second
 */
export function storageUsage(load: Workload, rates: Rates, { shares }: Sizing, goldBytes: number): readonly Usage[] {
  const { readings, batches } = rates;
  const { bronze, silver } = MEASURED.lakeBytesPerReading;
  const rest = readings * silver + goldBytes;
  const [standard, nearline, coldline] = classDays(load);
  const gib = (perSecond: number, days: number) => (perSecond * days * DAY_SECONDS) / GIB;
  // Merged files replace those before them, which stay as old versions, and then as soft-deleted ones.
  const ghosts = Math.min(load.noncurrentDays + load.softDeleteDays, load.afterDays);
  const merged = gib(REWRITES * (readings * bronze + rest), ghosts);
  const batch = operationsOfBatch({ readings: readings / batches, batchSeconds: 1 / batches, shares });
  // The committer looks once a second for what the workers have landed, and for their panes (docs/continuous.md).
  const landing = load.engine === 'dataflow' ? 2 : 0;
  const part = 'Storage: bytes';
  const requests = 'Storage: operations';
  const bronzeIn = (days: number) => gib(readings * bronze, days);
  const current = bronzeIn(standard) + gib(rest, load.afterDays);
  const keyed = monthly(batches * (batch.puts + batch.reads));
  return [
    { part, item: 'Standard', price: 'storage_standard_gib', quantity: current },
    { part, item: 'Nearline (bronze)', price: 'storage_nearline_gib', quantity: bronzeIn(nearline) },
    { part, item: 'Coldline (bronze)', price: 'storage_coldline_gib', quantity: bronzeIn(coldline) },
    { part, item: 'replaced by merging, not yet gone', price: 'storage_standard_gib', quantity: merged },
    {
      part: requests,
      item: 'writes, listings (class A)',
      price: 'storage_class_a',
      quantity: monthly(batches * (batch.puts + batch.lists) + landing),
    },
    {
      part: requests,
      item: 'reads (class B)',
      price: 'storage_class_b',
      quantity: monthly(batches * (batch.reads + batch.looks)),
    },
    // Every object has a key of its own, which the customer-managed key wraps and unwraps.
    { part: 'Keys and secrets', item: 'key used for objects', price: 'kms_operation', quantity: keyed },
  ];
}

/** Days of bronze in Standard, Nearline and Coldline. */
function classDays({ afterDays, nearlineDays, coldlineDays }: Workload): readonly [number, number, number] {
  const cold = Math.min(afterDays, coldlineDays ?? afterDays);
  const near = Math.min(cold, nearlineDays ?? cold);
  return [near, cold - near, afterDays - cold];
}
