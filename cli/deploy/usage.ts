import { MEASURED, MESSAGE_OVERHEAD_BYTES } from './measured.js';
import { computeUsage } from './usage-compute.js';
import { fixedUsage } from './usage-fixed.js';
import type { Usage } from './usage-line.js';
import { DAY_SECONDS, GIB, monthly, TIB } from './usage-line.js';
import { storageUsage } from './usage-storage.js';
import { warehouseUsage } from './usage-warehouse.js';
import { ratesOf, sumOfRows, type Rates } from './rates.js';
import { sizingOf } from './sizing.js';
import type { Workload } from './workload.js';

/** Least bytes of a request to Pub/Sub that are billed. */
const LEAST_REQUEST_BYTES = 1_000;

/** What a workload uses in the month after so many days. The formulas are those of docs/costs.md, in the same order. */
export function usageOf(load: Workload): readonly Usage[] {
  const rates = ratesOf(load);
  const sizing = sizingOf(load);
  return [
    ...pubsubUsage(load, rates),
    ...computeUsage(load, rates, sizing),
    ...storageUsage(load, rates, sizing, sumOfRows(rates, MEASURED.lakeBytesPerRow)),
    ...warehouseUsage(load, rates, sumOfRows(rates, MEASURED.logicalBytesPerRow)),
    ...fixedUsage(load),
  ];
}

function pubsubUsage(load: Workload, { readings }: Rates): readonly Usage[] {
  const size = MEASURED.messageBytes + MESSAGE_OVERHEAD_BYTES;
  const published = Math.max(LEAST_REQUEST_BYTES, load.publishBatch * size) / load.publishBatch;
  const days = Math.min(load.topicRetentionDays, load.afterDays);
  const kept = (readings * size * days * DAY_SECONDS) / GIB;
  return [
    { part: 'Pub/Sub', item: 'published', price: 'pubsub_tib', quantity: monthly(readings * published) / TIB },
    { part: 'Pub/Sub', item: 'delivered', price: 'pubsub_tib', quantity: monthly(readings * size) / TIB },
    { part: 'Pub/Sub', item: 'kept for replay', price: 'pubsub_retained_gib', quantity: kept },
  ];
}
