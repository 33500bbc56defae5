import { lowOf } from '../../transforms/clinical/interval.js';
import { packNews2 } from '../../transforms/clinical/news2.js';
import { RECORDED_VITALS } from './recorded-vitals.js';
import type { Recording } from './recording.js';
import { isMissing } from './table.js';

const HOUR = 3_600_000;

/** Hours between two rounds of observations on a ward: the charts of 62 ward patients hold 4 to 5 a day (PMID 18522524). */
export const ROUND_HOURS = 4;

/** NEWS2 as nurses chart it: one score a round, in order of patient and time. */
export interface ChartedNews2 {
  /** Scores of all rounds. */
  readonly scores: Float64Array;
  /** The worst score of each patient in each 24 hours, of those that have one. */
  readonly worstADay: Float64Array;
}

/**
 * Charts NEWS2 at every round: of the first complete reading within the hour after it is due, for a nurse repeats what
 * failed. Patients under 16 and pregnant ones have none.
 */
export function chartNews2(recording: Recording): ChartedNews2 {
  const { samples, patients } = recording.vitals.heart_rate;
  const hour = Math.max(1, Math.round(HOUR / recording.intervalMs));
  const scores: number[] = [];
  const worst: number[] = [];
  for (let patient = 0; patient < patients; patient++) {
    for (let day = 0; day + 24 * hour <= samples; day += 24 * hour) {
      const charted: number[] = [];
      for (let due = day; due < day + 24 * hour; due += ROUND_HOURS * hour) {
        const score = firstScore(recording, patient, due, hour);
        if (score !== null) charted.push(score);
      }
      scores.push(...charted);
      if (charted.length > 0) worst.push(Math.max(...charted));
    }
  }
  return { scores: Float64Array.from(scores), worstADay: Float64Array.from(worst) };
}

function firstScore(recording: Recording, patient: number, due: number, tries: number): number | null {
  const { samples } = recording.vitals.heart_rate;
  const first = patient * samples + due;
  for (let at = first; at < first + tries; at++) {
    if (RECORDED_VITALS.every((vital) => !isMissing(recording.vitals[vital].values[at] as number))) {
      return scoreAt(recording, patient, at);
    }
  }
  return null;
}

function scoreAt({ people, vitals, oxygen, clouded }: Recording, patient: number, at: number): number | null {
  const person = people[patient];
  if (person === undefined) return null;
  const value = (vital: (typeof RECORDED_VITALS)[number]): number => vitals[vital].values[at] as number;
  return lowOf(
    packNews2({
      heart_rate: value('heart_rate'),
      respiratory_rate: value('respiratory_rate'),
      temperature: value('temperature'),
      systolic_bp: value('systolic_bp'),
      spo2: value('spo2'),
      supplemental_oxygen: oxygen[at] === 1,
      consciousness: clouded[at] === 1 ? 'C' : 'A',
      spo2_scale: person.spo2_scale,
      age: person.age,
      pregnant: person.pregnant,
    }),
  );
}
