import { alarmMinutes, persistentScores, type Persistence, type ScoreSeries } from '../calibration/persistence.js';

/** An event that a detector is to find. Minutes since the epoch. */
export interface LabelledEvent {
  readonly kind: string;
  readonly onset: number;
  /** The last minute of it. */
  readonly end: number;
}

/** What a detector said of one patient, and what was so. */
export interface LabelledSeries extends ScoreSeries {
  readonly events: readonly LabelledEvent[];
}

/** Whether and when an event was found. */
export interface EventOutcome {
  readonly kind: string;
  /** Minutes from onset to the first alarm; 0 where an alarm was on already; null where there was none until its end. */
  readonly delay: number | null;
}

/** How a detector did on one patient. */
export interface PatientOutcome {
  /** Minutes with a reading outside of every event and its aftermath. */
  readonly quietMinutes: number;
  /** Alarms that began in those. */
  readonly falseAlarms: number;
  readonly events: readonly EventOutcome[];
}

/**
 * Counts what a threshold with persistence finds and what it cries wolf about. An alarm after an event counts for nothing
 * until the patient has been quiet for as long as arms it again: the body takes its time, and so do alarms.
 */
export function outcomeOf(series: LabelledSeries, threshold: number, persistence: Persistence): PatientOutcome {
  const { minutes, events } = series;
  const persistent = persistentScores(series, persistence);
  const quiet = quietMask(minutes, events, persistence.rearmMinutes);
  const alarms = alarmMinutes(minutes, persistent, threshold, persistence.rearmMinutes);
  const isQuiet = new Set(minutes.filter((_, i) => quiet[i] === 1));
  return {
    quietMinutes: isQuiet.size,
    falseAlarms: alarms.filter((minute) => isQuiet.has(minute)).length,
    events: events
      // One that was on already when the patient came has no delay that could be measured.
      .filter(({ onset, end }) => onset >= (minutes[0] ?? Infinity) && minutes.some((m) => m >= onset && m <= end))
      .map((event) => ({ kind: event.kind, delay: delayOf(event, minutes, persistent, threshold) })),
  };
}

/** 1 for minutes outside of every event and the time after it. */
export function quietMask(minutes: Int32Array, events: readonly LabelledEvent[], aftermath: number): Uint8Array {
  return Uint8Array.from(minutes, (minute) =>
    events.some(({ onset, end }) => minute >= onset && minute <= end + aftermath) ? 0 : 1,
  );
}

function delayOf(
  { onset, end }: LabelledEvent,
  minutes: Int32Array,
  persistent: Float64Array,
  threshold: number,
): number | null {
  for (let i = 0; i < minutes.length; i++) {
    const minute = minutes[i] as number;
    if (minute > end) return null;
    if (minute >= onset && (persistent[i] as number) >= threshold) return minute - onset;
  }
  return null;
}
