import { describe, expect, test } from '@jest/globals';

import { EpisodeSchedule, treatedIntensity, type Episode } from '../../simulator/episodes.js';
import { factorStep } from '../../simulator/factors.js';
import { createPatients, type Patient } from '../../simulator/patients.js';
import { Physiology } from '../../simulator/physiology.js';
import type { EpisodeKind } from '../../simulator/scenarios.js';
import { effectAt, INTERVENTION_KINDS, REMEDIES } from '../../simulator/treatment/intervention.js';
import { VitalSigns } from '../../simulator/vital-signs.js';
import { wardOf } from '../../simulator/wards.js';
import { lowOf } from '../../transforms/clinical/interval.js';
import { packNews2 } from '../../transforms/clinical/news2.js';
import { DAY, FROM, HOUR, MINUTE, parsed, simulated } from './simulation.js';

const people = createPatients('test', 300);
const wards = people.filter((each) => wardOf(each.ward).profile === 'general' && each.age >= 18 && !each.pregnant);

/** The episode that a patient has by choice; its natural course is the same treated or not. */
function episodeOf(patient: Patient, kind: EpisodeKind, treated: boolean): Episode {
  const schedule = new EpisodeSchedule(patient, 'test', FROM, { kind, share: 1, treated });
  for (let time = FROM; time < FROM + DAY; time += 30_000) {
    const episode = schedule.at(time);
    if (episode !== null) return episode;
  }
  throw new Error('no episode');
}

function courseOf(episode: Episode): { peak: number; halfUntil: number } {
  let peak = 0;
  let halfUntil = episode.onset;
  for (let time = episode.onset; time < episode.end; time += (episode.end - episode.onset) / 200) {
    const now = treatedIntensity(episode, time);
    peak = Math.max(peak, now);
    if (now > 0.5 * episode.severity) halfUntil = time;
  }
  return { peak, halfUntil };
}

/** The vital signs every minute of an episode; the same random numbers treated or not. */
function vitalsOf(patient: Patient, episode: Episode): (VitalSigns & { time: number })[] {
  const physiology = new Physiology(patient, 'test');
  const step = factorStep(1 / 60);
  const all: (VitalSigns & { time: number })[] = [];
  for (let time = episode.onset; time < episode.end; time += MINUTE) {
    const vitals = new VitalSigns();
    physiology.advance(time, step, episode, vitals);
    all.push(Object.assign(vitals, { time }));
  }
  return all;
}

describe('interventions', () => {
  test.each(['sepsis', 'haemorrhage', 'respiratory_depression', 'arrhythmia', 'hypoglycaemia'] as const)(
    'a patient whose %s is treated peaks lower and recovers sooner than the same patient untreated',
    (kind) => {
      let unlike = false;
      const pairs = wards.slice(0, 120).map((patient) => {
        const [treated, untreated] = [episodeOf(patient, kind, true), episodeOf(patient, kind, false)];
        unlike ||= untreated.end !== treated.end || untreated.severity !== treated.severity;
        return { treated, with: courseOf(treated), without: courseOf(untreated) };
      });
      const eased = pairs.filter(({ treated }) => treated.interventions.some((each) => REMEDIES[each.kind].course > 0));
      expect(unlike).toBe(false);
      expect(eased.length).toBeGreaterThan(20);
      expect(pairs.filter((each) => each.with.peak > each.without.peak)).toEqual([]);
      expect(pairs.filter((each) => each.with.halfUntil > each.without.halfUntil)).toEqual([]);
      const early = eased.filter(({ treated }) =>
        treated.interventions.some((each) => REMEDIES[each.kind].course > 0 && each.time < treated.peak - 2 * MINUTE),
      );
      expect(early.filter((each) => each.with.peak >= each.without.peak).map((each) => each.treated.onset)).toEqual([]);
      const hours = (of: (pair: (typeof pairs)[number]) => number): number =>
        eased.reduce((sum, each) => sum + of(each), 0) / eased.length;
      expect(hours((each) => each.with.halfUntil)).toBeLessThan(hours((each) => each.without.halfUntil) - 2 * MINUTE);
    },
  );

  test('oxygen raises SpO2, sets supplemental oxygen, and costs its 2 points of NEWS2', () => {
    const patient = wards.find((each) => each.spo2_scale === 1) as Patient;
    const episode = episodeOf(patient, 'hypoxia', true);
    const oxygen = episode.interventions.find((each) => each.kind === 'oxygen');
    const treated = vitalsOf(patient, episode);
    const untreated = vitalsOf(patient, { ...episode, interventions: [] });
    const time = (oxygen?.time ?? 0) + 10 * MINUTE;
    const at = treated.findIndex((each) => each.time >= time);
    const [on, off] = [treated[at] as VitalSigns, untreated[at] as VitalSigns];
    expect(on.spo2).toBeGreaterThan(off.spo2 + 1.5);
    expect([on.supplemental_oxygen, off.supplemental_oxygen]).toEqual([true, false]);
    expect(on.heart_rate).toBe(off.heart_rate);
    const score = (supplemental_oxygen: boolean): number =>
      lowOf(packNews2({ ...on, supplemental_oxygen, spo2_scale: 1, age: 60, pregnant: false })) ?? 0;
    expect(score(true) - score(false)).toBe(2);
    const before = treated.filter((each) => each.time < (oxygen?.time ?? 0));
    expect(before.filter((each) => each.supplemental_oxygen)).toEqual([]);
  });

  test('oxygen is titrated: a patient who retains carbon dioxide is not driven above 92 %', () => {
    const patient: Patient = { ...(wards[0] as Patient), spo2_scale: 2 };
    const vitals = vitalsOf(patient, episodeOf(patient, 'hypoxia', true));
    const untreated = vitalsOf(patient, episodeOf(patient, 'hypoxia', false));
    expect(vitals.filter((each, at) => each.spo2 > 92 && each.spo2 > (untreated[at]?.spo2 ?? 0) + 0.01)).toEqual([]);
  });

  test('fluids raise the pressure and lower the heart rate', () => {
    const given = wards
      .slice(0, 60)
      .map((patient) => ({ patient, episode: episodeOf(patient, 'haemorrhage', true) }))
      .filter(({ episode }) => episode.interventions.some((each) => each.kind === 'fluids'));
    expect(given.length).toBeGreaterThan(10);
    for (const { patient, episode } of given.slice(0, 10)) {
      const fluids = episode.interventions.find((each) => each.kind === 'fluids');
      const middle = ((fluids?.time ?? 0) + (fluids?.end ?? 0)) / 2;
      const treated = vitalsOf(patient, episode);
      const untreated = vitalsOf(patient, { ...episode, interventions: [] });
      const at = treated.findIndex((each) => each.time >= middle);
      const [wet, dry] = [treated[at] as VitalSigns, untreated[at] as VitalSigns];
      expect(wet.systolic_bp).toBeGreaterThan(dry.systolic_bp);
      expect(wet.heart_rate).toBeLessThan(dry.heart_rate);
    }
  });

  test('a dose of naloxone wears off within an hour, and is repeated while it is needed', () => {
    const naloxone = { kind: 'naloxone', time: FROM, end: FROM + 0.75 * HOUR } as const;
    expect(effectAt(naloxone, FROM - 1)).toBe(0);
    expect(effectAt(naloxone, FROM + 20 * MINUTE)).toBe(1);
    expect(effectAt(naloxone, FROM + HOUR)).toBe(0);
    const episodes = wards.slice(0, 60).map((patient) => episodeOf(patient, 'respiratory_depression', true));
    const doses = episodes.flatMap((each) => each.interventions.filter(({ kind }) => kind === 'naloxone'));
    expect(doses.length).toBeGreaterThan(10);
    expect(doses.filter(({ time, end }) => end - time !== 0.75 * HOUR)).toEqual([]);
    expect(episodes.some((each) => each.interventions.filter(({ kind }) => kind === 'naloxone').length > 1)).toBe(true);
    const returned = episodes.filter((each) => {
      const [first] = each.interventions.filter(({ kind }) => kind === 'naloxone');
      if (first === undefined) return false;
      for (let time = first.time + 5 * MINUTE; time < each.end; time += MINUTE) {
        if (treatedIntensity(each, time) > 0.6 * each.severity) return true;
      }
      return false;
    });
    expect(returned).toEqual([]);
  });

  test('help comes sooner where patients are watched closely, and never before the signs', () => {
    const delay = (ward: string): number => {
      const delays = wards.slice(0, 100).flatMap((patient) => {
        const { interventions, onset } = episodeOf({ ...patient, ward }, 'sepsis', true);
        expect(interventions.filter(({ time, end }) => time <= onset || end <= time)).toEqual([]);
        return interventions
          .filter(({ kind }) => kind === 'antibiotics')
          .map(({ time }) => time - Math.max(onset, FROM));
      });
      return delays.reduce((sum, each) => sum + each, 0) / delays.length;
    };
    expect(delay('ICU')).toBeLessThan(delay('MED') - 30 * MINUTE);
  });

  test('the ground truth holds each intervention after its episode, with its kind, time and the end of its effect', () => {
    const { labels } = simulated(
      { people: wards.slice(0, 20), scenario: { kind: 'sepsis', share: 1 }, to: FROM + 6 * HOUR },
      20,
    );
    const given = labels.filter((each) => each.type === 'intervention');
    expect(given.length).toBeGreaterThan(20);
    for (const { kind, time, end, episode } of given) {
      expect((INTERVENTION_KINDS as readonly string[]).includes(kind ?? '')).toBe(true);
      expect(Date.parse(end ?? '')).toBeGreaterThan(Date.parse(time ?? ''));
      expect(episode).toBe('sepsis');
    }
    const patients = new Set(labels.filter((each) => each.type === 'episode').map((each) => each.patient_id));
    expect(given.filter((each) => !patients.has(each.patient_id ?? ''))).toEqual([]);
  });
});

describe('scenarios by choice', () => {
  test('low glucose is seen: while there are signs somebody checks every quarter of an hour', () => {
    const options = { people: wards.slice(0, 30), to: FROM + 4 * HOUR } as const;
    const scenario = { kind: 'hypoglycaemia', share: 1, treated: false } as const;
    const ill = parsed(simulated({ ...options, scenario }, 30).lines);
    const well = parsed(simulated({ ...options, scenario: { kind: 'none', share: 0 } }, 30).lines);
    const measured = (readings: typeof ill) => readings.filter((each) => each.glucose !== undefined);
    expect(measured(ill).length).toBeGreaterThan(measured(well).length + 100);
    const low = new Set(
      measured(ill)
        .filter((each) => (each.glucose ?? 0) < 54)
        .map((each) => each.patient_id),
    );
    expect(low.size).toBeGreaterThan(24);
    expect(measured(well).filter((each) => (each.glucose ?? 0) >= 12 && (each.glucose ?? 0) < 54)).toEqual([]);
  });

  test('glucose given raises it again', () => {
    const patient = wards[1] as Patient;
    const episode = episodeOf(patient, 'hypoglycaemia', true);
    const sugar = episode.interventions.find((each) => each.kind === 'glucose');
    const vitals = vitalsOf(patient, episode);
    const at = (time: number): number => vitals.find((each) => each.time >= time)?.glucose ?? 0;
    expect(at(sugar?.time ?? 0)).toBeLessThan(70);
    expect(at((sugar?.time ?? 0) + 20 * MINUTE)).toBeGreaterThan(at(sugar?.time ?? 0) + 15);
  });

  test('who recovers starts ill and gets better', () => {
    const { lines } = simulated({
      people: wards.slice(0, 60),
      scenario: { kind: 'recovery', share: 1 },
      to: FROM + 36 * HOUR,
      intervalMs: 30 * MINUTE,
    });
    const readings = parsed(lines).filter((each) => (each.heart_rate ?? 0) > 20 && (each.heart_rate ?? 999) < 250);
    const mean = (from: number, to: number): number => {
      const some = readings.filter(({ event_time }) => Date.parse(event_time) >= from && Date.parse(event_time) < to);
      return some.reduce((sum, each) => sum + (each.heart_rate ?? 0), 0) / some.length;
    };
    expect(mean(FROM, FROM + HOUR)).toBeGreaterThan(mean(FROM + 34 * HOUR, FROM + 36 * HOUR) + 15);
    const first = readings.filter(({ event_time }) => Date.parse(event_time) < FROM + HOUR);
    const last = readings.filter(({ event_time }) => Date.parse(event_time) >= FROM + 34 * HOUR);
    const onOxygen = (of: typeof readings): number => of.filter((each) => each.supplemental_oxygen).length / of.length;
    expect(onOxygen(first)).toBeGreaterThan(0.9);
    expect(onOxygen(last)).toBeLessThan(0.3);
  });
});
