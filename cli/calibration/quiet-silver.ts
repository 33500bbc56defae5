import type { LakeSnapshot } from '../../lake/reader.js';
import type { PatientDays } from '../../model/calibration/calibrate.js';
import { quietDays, type QuietDay } from '../../model/calibration/conformal.js';
import type { Persistence } from '../../model/calibration/persistence.js';
import type { AnomalyModel } from '../../model/model.js';
import type { EventTimes } from '../../query/pruned-relations.js';
import { openQuerySession } from '../../query/session.js';
import { scoreSilver } from '../lake-scores/score-silver.js';
import { MinuteScores } from '../../model/calibration/minute-scores.js';

const MINUTES_PER_DAY = 1440;
const DAY = 86_400_000;

/** What silver says of quiet days, and how many days were left out. */
export interface SilverQuiet {
  readonly quiet: readonly PatientDays[];
  /** Patient-days on which an urgent or critical alert stood. */
  readonly alerted: number;
}

/**
 * The quiet patient-days of a lake: half a day or more of readings, and not one urgent or critical alert of a rule other than
 * the model's own that still stands. An anomaly on any other day may well be right.
 *
 * Memory: 12 bytes a patient-minute, and a slice of silver. A patient who moves has a series a ward.
 *
 * @param only which patients count; all where it is left out
 */
export async function silverQuietDays(
  snapshot: LakeSnapshot,
  model: AnomalyModel,
  times: EventTimes,
  persistence: Persistence,
  only: (patient: string) => boolean = () => true,
): Promise<SilverQuiet> {
  const series = new Map<string, { patient: string; ward: string | null; scores: MinuteScores }>();
  for await (const { patient, ward, time, score } of scoreSilver(snapshot, model, times)) {
    if (!only(patient)) continue;
    const key = JSON.stringify([patient, ward]);
    let own = series.get(key);
    if (own === undefined) series.set(key, (own = { patient, ward, scores: new MinuteScores() }));
    own.scores.add(time, score);
  }
  const loud = await alertedDays(snapshot, times);
  let alerted = 0;
  const quiet = [...series.values()].map(({ patient, ward, scores }): PatientDays => {
    const days = quietDays([scores.series()], persistence);
    const kept = days.filter((day) => !loud.has(dayKey(patient, day)));
    alerted += days.length - kept.length;
    return { ward, days: kept };
  });
  return { quiet, alerted };
}

function dayKey(patient: string, { minutes }: QuietDay): string {
  return JSON.stringify([patient, Math.floor((minutes[0] ?? 0) / MINUTES_PER_DAY)]);
}

/** Days of UTC on which a patient had an urgent or critical alert that stands: as {@link dayKey} writes them. */
async function alertedDays(snapshot: LakeSnapshot, { from, to }: EventTimes): Promise<ReadonlySet<string>> {
  const session = await openQuerySession(snapshot);
  try {
    const found = await session.all(
      `SELECT DISTINCT patient_id, (epoch_ms(event_time) // ${DAY})::INTEGER AS day FROM gold.current_alerts
       WHERE rule <> 'anomaly' AND severity IN ('urgent', 'critical') AND epoch_ms(event_time) BETWEEN $1 AND $2`,
      [from, to - 1],
    );
    return new Set(found.map(({ patient_id, day }) => JSON.stringify([patient_id, day])));
  } finally {
    await session.close();
  }
}
