import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import {
  CONTEXT_LIMITS,
  KNOWN_WITHIN_MINUTES,
  NEIGHBOUR_MINUTES,
  NO_SIGNAL_MINUTES,
  type ContextLimit,
} from '../../transforms/artefact/context-limits.js';
import { groupBy } from './group-by.js';
import type { ViewRow } from './oracle.js';

/** A minute of one vital. */
interface Minute {
  readonly time: number;
  readonly n: number;
  readonly least: number;
  readonly greatest: number;
  readonly average: number;
}

const MINUTE = 60_000;
const NEAR = NEIGHBOUR_MINUTES * MINUTE;

/** What gold.vital_artefacts must answer, in plain TypeScript. */
export function artefactsOf(latest: readonly PatientSummaryRow[]): ViewRow[] {
  const patients = groupBy(
    latest.filter((row) => row.n > 0),
    (row) => row.patient_id,
  );
  return [...patients].flatMap(([patient_id, rows]) => {
    const minutes = rows.sort((a, b) => a.window_start - b.window_start);
    return CONTEXT_LIMITS.flatMap((limit) => {
      const values = minutes.map((row) => minuteOf(row, limit));
      const known = values.filter(({ n }) => n > 0);
      const found = [...noSignal(values, limit), ...jumps(known, limit), ...flatLines(known, limit)];
      return found.map((row) => ({ patient_id, vital: limit.vital, ...row }));
    });
  });
}

function minuteOf(row: PatientSummaryRow, { vital }: ContextLimit): Minute {
  const pane = row as unknown as Readonly<Record<string, number | null>>;
  const of = (measure: string) => pane[`${vital}_${measure}`] ?? NaN;
  return { time: row.window_start, n: of('n'), least: of('min'), greatest: of('max'), average: of('sum') / of('n') };
}

function artefact(kind: string, started: number, ended: number, minutes: number, value: number | null): ViewRow {
  const [started_at, ended_at] = [started, ended].map((time) => new Date(time).toISOString());
  return { kind, started_at, ended_at, minutes, value };
}

/** Runs of minutes without a value, each with the known minute before it. */
function noSignal(values: readonly Minute[], { continuous }: ContextLimit): ViewRow[] {
  if (!continuous) return [];
  const found: ViewRow[] = [];
  let before: Minute | null = null;
  let run: Minute[] = [];
  const close = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (before !== null && first !== undefined && last !== undefined && run.length >= NO_SIGNAL_MINUTES) {
      const near = first.time - before.time <= KNOWN_WITHIN_MINUTES * MINUTE;
      if (near) found.push(artefact('no_signal', first.time, last.time, run.length, null));
    }
    run = [];
  };
  for (const value of values) {
    if (value.n === 0) run.push(value);
    else {
      close();
      before = value;
    }
  }
  close();
  return found;
}

function jumps(known: readonly Minute[], { jump }: ContextLimit): ViewRow[] {
  if (jump === null) return [];
  return known.flatMap((now, index) => {
    const [before, after] = [known[index - 1], known[index + 1]];
    if (before === undefined || after === undefined) return [];
    const near = now.time - before.time <= NEAR && after.time - now.time <= NEAR;
    const leaves = Math.abs(now.average - before.average) > jump && Math.abs(now.average - after.average) > jump;
    const returns = Math.abs(after.average - before.average) <= jump / 2;
    return near && leaves && returns ? [artefact('jump', now.time, now.time, 1, now.average)] : [];
  });
}

function flatLines(known: readonly Minute[], { flatMinutes }: ContextLimit): ViewRow[] {
  if (flatMinutes === null) return [];
  const runs: Minute[][] = [];
  for (const now of known) {
    const before = runs.at(-1)?.at(-1);
    const goesOn =
      before !== undefined &&
      now.time - before.time <= NEAR &&
      new Set([now.least, now.greatest, before.least, before.greatest]).size === 1;
    if (goesOn) runs.at(-1)?.push(now);
    else runs.push([now]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0] as Minute, run.at(-1) as Minute];
    const long = last.time - first.time + MINUTE >= flatMinutes * MINUTE;
    return long ? [artefact('flat_line', first.time, last.time, run.length, first.least)] : [];
  });
}
