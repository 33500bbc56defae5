import type { Storage } from '../../../lake/storage/storage.js';
import type { Alert } from '../../../transforms/alert.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import type { PatientMinute } from '../../../transforms/summarize.js';
import type { Suppressed } from '../../../transforms/deduplicate.js';
import type { VitalHour } from '../../../transforms/trend.js';
import type { WardAlertHour } from '../../../transforms/ward-alerts.js';
import type { GraphOutput } from '../../graph-output.js';
import type { GraphOutcome } from '../micro-batch/graph-outcome.js';
import { decodeOutcome } from './outcome-file.js';

/** A job was done, but what it left does not account for its batch. */
export class OutcomeError extends Error {
  override readonly name = 'OutcomeError';
}

/** What a batch without messages leaves. */
export const EMPTY_OUTCOME: GraphOutcome = {
  scored: [],
  rejects: [],
  suppressed: 0,
  minutes: [],
  hours: [],
  alerts: [],
  wardAlerts: [],
};

/**
 * Reads what an attempt has left, and holds it against the batch: every message must be there, and no item twice. So a
 * runner that reports success without having done its work, or has done a part of it twice, is found out before anything
 * is committed.
 *
 * @param messages how many messages the batch has
 * @throws OutcomeError when the outcome does not account for the batch
 */
export async function readOutcome(storage: Storage, folder: string, messages: number): Promise<GraphOutcome> {
  const files = await storage.list(folder);
  const read = async <T>(output: GraphOutput): Promise<T[]> => {
    const parts = files.filter((path) => path.startsWith(`${folder}${output}/`));
    const rows = await Promise.all(parts.map((path) => readFile<T>(storage, path)));
    return rows.flat();
  };
  const scored = await read<ScoredReading>('silver.patient_vitals');
  const rejects = await read<Reject>('silver.dead_letter');
  const suppressed = await read<Suppressed>('suppressed');
  const items = rejects.filter((reject) => reject.scope === 'item');
  account([...scored, ...suppressed, ...items], messages, folder);
  return {
    scored: [scored],
    rejects,
    suppressed: suppressed.length,
    minutes: await read<PatientMinute>('gold.patient_summary'),
    hours: await read<VitalHour>('gold.vitals_hourly'),
    alerts: await read<Alert>('gold.alerts'),
    wardAlerts: await read<WardAlertHour>('gold.ward_alerts_hourly'),
  };
}

async function readFile<T>(storage: Storage, path: string): Promise<T[]> {
  const bytes = await storage.readRange(path, 0, null);
  if (bytes === null) throw new OutcomeError(`flink: ${path} was there a moment ago`);
  return decodeOutcome<T>(bytes, 0);
}

interface Item {
  readonly offset: number;
  readonly item: number;
}

/** Items of a message that are told apart. */
const ITEMS = 2 ** 20;

function account(items: readonly Item[], messages: number, folder: string): void {
  const seen = new Set<number>();
  const offsets = new Set<number>();
  for (const { offset, item } of items) {
    seen.add(offset * ITEMS + item);
    offsets.add(offset);
  }
  if (offsets.size !== messages) {
    throw new OutcomeError(`flink: ${folder} accounts for ${offsets.size} of ${messages} messages`);
  }
  if (seen.size !== items.length) {
    throw new OutcomeError(`flink: ${folder} has ${items.length - seen.size} items twice`);
  }
}
