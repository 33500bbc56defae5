import { describe, expect, test } from '@jest/globals';

import { EpisodeSchedule, intensity, type Episode } from '../../simulator/episodes.js';
import { createPatients, type Patient } from '../../simulator/patients.js';
import { EPISODE_KINDS, SCENARIOS } from '../../simulator/scenarios.js';
import { DAY, FROM, HOUR, MINUTE, parsed, PERFECT, simulated, type WireReading } from './simulation.js';

const people = createPatients('test', 400);

function episodesOf(patient: Patient, days: number, seed = 'test'): Episode[] {
  const schedule = new EpisodeSchedule(patient, seed, FROM, null);
  const found = new Set<Episode>();
  for (let time = FROM; time < FROM + days * DAY; time += MINUTE) {
    const episode = schedule.at(time);
    if (episode !== null) found.add(episode);
  }
  return [...found];
}

describe('episodes', () => {
  test('intensity rises from 0 at onset to the severity, stays, and returns to 0 at the end', () => {
    const episode = {
      scenario: SCENARIOS.sepsis,
      severity: 0.8,
      onset: 0,
      peak: 100,
      recovery: 200,
      end: 300,
      interventions: [],
    };
    const course = [0, 25, 50, 99, 100, 150, 200, 250, 299, 300].map((time) => intensity(episode, time));
    expect(course[0]).toBe(0);
    expect(course[9]).toBe(0);
    expect(course.slice(4, 7)).toEqual([0.8, 0.8, 0.8]);
    expect(course.slice(0, 5)).toEqual([...course.slice(0, 5)].sort((a, b) => a - b));
    expect(course.slice(6)).toEqual([...course.slice(6)].sort((a, b) => b - a));
  });

  test('the phases of an episode follow each other within the lengths of its scenario', () => {
    const found = people.flatMap((patient) => episodesOf(patient, 3));
    expect(found.length).toBeGreaterThan(30);
    for (const { scenario, severity, onset, peak, recovery, end } of found) {
      for (const [length, [low, high]] of [
        [peak - onset, scenario.worsening],
        [recovery - peak, scenario.plateau],
        [end - recovery, scenario.recovery],
      ] as const) {
        expect(length / HOUR).toBeGreaterThan(low - 0.001);
        expect(length / HOUR).toBeLessThan(high + 0.001);
      }
      expect(severity).toBeGreaterThan(0.39);
      expect(severity).toBeLessThanOrEqual(1);
    }
  });

  test('looking more often does not change the episodes', () => {
    const patient = people[3] as Patient;
    const often = new EpisodeSchedule(patient, 'test', FROM, null);
    const seldom = new EpisodeSchedule(patient, 'test', FROM, null);
    for (let time = FROM; time < FROM + 60 * DAY; time += 10 * MINUTE) often.at(time);
    expect(seldom.at(FROM + 60 * DAY)).toEqual(often.at(FROM + 60 * DAY));
  });

  test.each([5, 20, 400])('of %d patients some are deteriorating when the simulation starts', (count) => {
    const unwell = people.slice(0, count).filter((patient) => {
      const episode = new EpisodeSchedule(patient, 'test', FROM, null).at(FROM + 1);
      return episode !== null && intensity(episode, FROM + 1) > 0.5;
    });
    expect(unwell.length).toBe(Math.ceil(count / 40));
  });

  test('another seed makes others deteriorate', () => {
    const onsets = (seed: string): number[] => people.map((each) => episodesOf(each, 1, seed)[0]?.onset ?? 0);
    expect(onsets('other')).not.toEqual(onsets('test'));
  });

  test('a scenario befalls its share of the patients from the start, none befalls nobody', () => {
    const kinds = (kind: 'none' | 'hypoxia', share: number): string[] =>
      people.flatMap((patient) => {
        const schedule = new EpisodeSchedule(patient, 'test', FROM, { kind, share });
        const episode = schedule.at(FROM + HOUR);
        return episode === null ? [] : [episode.scenario.kind];
      });
    const half = kinds('hypoxia', 0.5).filter((kind) => kind === 'hypoxia').length;
    expect(half).toBeGreaterThan(150);
    expect(half).toBeLessThan(250);
    expect(kinds('hypoxia', 1)).toEqual(people.map(() => 'hypoxia'));
    expect(kinds('none', 1)).toEqual([]);
  });

  test.each([
    ['sepsis', { temperature: 1, heart_rate: 1, respiratory_rate: 1, systolic_bp: -1 }],
    ['haemorrhage', { heart_rate: 1, respiratory_rate: 1, systolic_bp: -1 }],
    ['respiratory_depression', { respiratory_rate: -1, spo2: -1 }],
    ['hypoxia', { spo2: -1, respiratory_rate: 1, heart_rate: 1 }],
    ['arrhythmia', { heart_rate: 1, systolic_bp: -1 }],
    ['hypoglycaemia', { heart_rate: 1 }],
    ['recovery', { temperature: 1, heart_rate: 1, respiratory_rate: 1, spo2: -1 }],
  ] as const)('%s moves the vital signs as it should', (kind, signs) => {
    const general = people.filter((each) => !['ICU', 'HDU', 'ED', 'MAT'].includes(each.ward)).slice(0, 80);
    const { worsening, plateau } = SCENARIOS[kind];
    const from = FROM + 12 * HOUR;
    const run = (scenario: 'none' | typeof kind): WireReading[] => {
      const to = from + (worsening[1] / 4 + worsening[1] + plateau[1]) * HOUR;
      const intervalMs = Math.round((to - from) / 200);
      return parsed(
        simulated({
          people: general,
          from,
          to,
          intervalMs,
          rates: PERFECT,
          scenario: { kind: scenario, share: 1, treated: false },
        }).lines,
      );
    };
    // The same seed with and without: only the episode differs. The largest change over each patient's course counts.
    const well = run('none');
    const ill = run(kind);
    for (const [vital, sign] of Object.entries(signs) as [keyof typeof signs & 'heart_rate', number][]) {
      const changes = ill.map((reading, at) => sign * ((reading[vital] ?? NaN) - (well[at]?.[vital] ?? NaN)));
      const plain = changes.filter((change) => Math.abs(change) < 200).sort((a, b) => a - b);
      expect(plain[Math.floor(plain.length * 0.9)]).toBeGreaterThan(vital === ('temperature' as string) ? 1 : 5);
    }
  });

  test('every kind has a scenario under its own name', () => {
    expect(EPISODE_KINDS.map((kind) => SCENARIOS[kind].kind)).toEqual([...EPISODE_KINDS]);
  });
});
