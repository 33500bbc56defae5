import type { Writable } from 'node:stream';
import { openLakeSnapshot } from '../../lake/reader.js';
import { alarmReadings } from '../../query/alarm-readings.js';
import { openQuerySession } from '../../query/session.js';
import { ConfigurationError } from '../../schema/errors.js';
import { parseTime } from '../../simulator/times.js';
import { makePseudonymizer } from '../../transforms/pseudonym.js';
import { readPseudonymKey } from '../pseudonym-key-file.js';
import { budgetReport } from './budget-report.js';
import { replay } from './replay.js';
import { reportLines } from './report-lines.js';
import { ruleSetsOf } from './rule-sets.js';
import { readTruth } from './truth.js';

/** What `vitals alarms` was asked. */
export interface AlarmsRequest {
  readonly lake: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly rules: readonly string[];
  readonly labels: string | undefined;
  readonly json: boolean;
  readonly 'memory-limit': string;
  readonly 'pseudonym-key-file': string | undefined;
}

/**
 * Replays a range of a lake under sets of alarm rules and prints what each would have done. Reads the lake, writes nothing.
 * @throws ConfigurationError, QueryError, LakeError
 */
export async function runAlarms(request: AlarmsRequest, data: Writable, notes: Writable): Promise<void> {
  const times = timesOf(request);
  const sets = await ruleSetsOf(request.rules);
  const truths = await truthsOf(request);
  const session = await openQuerySession(await openLakeSnapshot(request.lake), {
    memoryLimit: request['memory-limit'],
  });
  try {
    const { size, budgets } = await replay(alarmReadings(session, times), sets, truths, (readings, patients) =>
      notes.write(`${readings.toLocaleString('en-US')} readings of ${patients} patients\n`),
    );
    if (size.readings === 0) notes.write('No reading in that range.\n');
    const reports = budgets.map((budget) => budgetReport(budget, size, truths !== null));
    const lines = request.json ? [JSON.stringify({ ...size, rules: reports })] : reportLines(size, reports);
    data.write(`${lines.join('\n')}\n`);
  } finally {
    await session.close();
  }
}

function timesOf({ from, to }: AlarmsRequest): { from: number; to: number } {
  const times = {
    from: from === undefined ? -Infinity : parseTime('--from', from),
    to: to === undefined ? Infinity : parseTime('--to', to),
  };
  if (times.from < times.to) return times;
  throw new ConfigurationError('--to', `${to} is not after ${from}`, 'Give a later time.');
}

async function truthsOf(request: AlarmsRequest): Promise<Awaited<ReturnType<typeof readTruth>> | null> {
  if (request.labels === undefined) return null;
  return readTruth(request.labels, makePseudonymizer(await readPseudonymKey(request['pseudonym-key-file'])));
}
