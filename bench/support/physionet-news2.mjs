import { CarriedForward } from '../../dist/transforms/clinical/carried-forward.js';
import { highOf, lowOf } from '../../dist/transforms/clinical/interval.js';
import { news2Missing, packNews2 } from '../../dist/transforms/clinical/news2.js';
import { NEWS2_PARAMETERS } from '../../dist/transforms/clinical/news2-parameters.js';
import { enrich } from '../../dist/transforms/enrich.js';
import { identify } from '../../dist/transforms/identify.js';
import { NO_PATIENTS } from '../../dist/transforms/patients.js';
import { auroc } from './auroc.mjs';
import { transform } from './one-message.mjs';
import { ADMISSION, messageOf } from './physionet2012.mjs';

const DAY = 24 * 3_600_000;

/** Which readings of a stay count; `end` is the time of its last one. */
const WINDOWS = {
  'first 48 h': () => true,
  'last 24 h': (time, end) => time > end - DAY,
  'hours 24-48': (time) => time >= ADMISSION + DAY,
};
const SUMMARIES = {
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  max: (values) => Math.max(...values),
};
const BOUNDS = { low: ({ low }) => low, mid: ({ low, high }) => (low + high) / 2, high: ({ high }) => high };

/** What is scored as of each reading: the last known values within their age limits, or nothing but the reading. */
const INPUTS = {
  carried: (reading, carried) => carried.add(reading),
  'carried, no consciousness': (reading, carried) => carried.add({ ...reading, consciousness: null }),
  alone: (reading) => reading,
};

/**
 * NEWS2 of every stay, and how well it tells the deaths from the others. Rows become messages, which decode, cleanse,
 * identify and enrich make readings of like any others; NEWS2 is scored as of each, and summed up over the stay.
 *
 * @param {readonly object[]} rows of physionet2012_vitals_500pts.csv
 * @param {readonly object[]} outcomes of physionet2012_outcomes_500pts.csv
 */
export function studyNews2(rows, outcomes) {
  const died = new Map(outcomes.map((row) => [row.RecordID, row['In-hospital_death'] === '1']));
  const stays = new Map([...died.keys()].map((id) => [id, []]));
  for (const row of rows) stays.get(row.RecordID).push(...readingsOf(row));
  for (const readings of stays.values()) readings.sort((a, b) => a.event_time - b.event_time);
  const deaths = [...died.values()].filter(Boolean).length;
  const count = [...stays.values()].reduce((sum, readings) => sum + readings.length, 0);
  const results = Object.entries(INPUTS).map(([input, take]) => studyInput(input, scoreStays(stays, take), died));
  return {
    stays: died.size,
    deaths,
    rows: rows.length,
    readings: count,
    inputs: results.map(({ input, known_percent, exact_percent, mean_width }) => ({
      ...{ input, known_percent, exact_percent, mean_width },
    })),
    auroc: results.flatMap((result) => result.auroc),
    same_stays: ['SAPS-I', 'SOFA'].map((score) => ({ score, ...aurocOfColumn(outcomes, score) })),
  };
}

function readingsOf(row) {
  const asOnTheWire = (id) => id;
  return transform(messageOf(row)).readings.map((reading) => enrich(identify(reading, asOnTheWire), NO_PATIENTS));
}

/** NEWS2 as of each reading of each stay. */
function scoreStays(stays, take) {
  const entries = [...stays].map(([id, readings]) => {
    const carried = new CarriedForward();
    return [id, readings.map((reading) => scored(reading.event_time, packNews2(take(reading, carried))))];
  });
  return new Map(entries);
}

function scored(time, packed) {
  return { time, low: lowOf(packed), high: highOf(packed), missing: news2Missing(packed) ?? '' };
}

function studyInput(input, stays, died) {
  const all = [...stays.values()].flat();
  const percent = (holds) => round((100 * all.filter(holds).length) / all.length, 1);
  return {
    input,
    known_percent: Object.fromEntries(
      NEWS2_PARAMETERS.map((name) => [name, percent(({ missing }) => !missing.includes(name))]),
    ),
    exact_percent: percent(({ missing }) => missing === ''),
    mean_width: round(SUMMARIES.mean(all.map(({ low, high }) => high - low)), 2),
    auroc: Object.keys(WINDOWS).flatMap((window) =>
      Object.keys(SUMMARIES).flatMap((summary) =>
        Object.keys(BOUNDS).map((bound) => ({
          ...{ input, window, summary, bound },
          ...aurocOfStays(stays, died, { window, summary, bound }),
        })),
      ),
    ),
  };
}

/** Stays without a reading in the window are left out, and `cases` and `controls` say how many were in. */
function aurocOfStays(stays, died, { window, summary, bound }) {
  const groups = { true: [], false: [] };
  for (const [id, scores] of stays) {
    const end = scores.at(-1)?.time;
    const values = scores.filter(({ time }) => WINDOWS[window](time, end)).map(BOUNDS[bound]);
    if (values.length > 0) groups[died.get(id)].push(SUMMARIES[summary](values));
  }
  return rounded(auroc(groups.true, groups.false));
}

/** A score that the set itself brings, of the same stays; -1 is its mark for a missing one. */
function aurocOfColumn(outcomes, name) {
  const known = outcomes.filter((row) => row[name] !== '' && Number(row[name]) >= 0);
  const of = (death) => known.filter((row) => row['In-hospital_death'] === death).map((row) => Number(row[name]));
  return rounded(auroc(of('1'), of('0')));
}

function rounded({ auroc: area, low, high, cases, controls }) {
  return { auroc: round(area, 3), low: round(low, 3), high: round(high, 3), cases, controls };
}

function round(value, digits) {
  return Number(value.toFixed(digits));
}
