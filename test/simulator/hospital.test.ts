import { describe, expect, test } from '@jest/globals';

import { createPatients } from '../../simulator/patients.js';
import { EPISODE_KINDS } from '../../simulator/scenarios.js';
import { DAY, FROM, HOUR, MINUTE, parsed, simulated, type Simulated, type WireReading } from './simulation.js';

const RATES = { late: 0.05, duplicate: 0.05, malformed: 0.02, lost: 0.02 };

function textOf({ files }: Simulated): string {
  return files.map((file) => file.text).join('');
}

describe('hospital', () => {
  const once = simulated({ rates: RATES });

  test('the same seed gives the same bytes and the same ground truth', () => {
    const again = simulated({ rates: RATES });
    expect(textOf(again)).toBe(textOf(once));
    expect(again.labels).toEqual(once.labels);
    expect(again.files).toEqual(once.files);
  });

  test('another seed gives other readings of other people', () => {
    expect(textOf(simulated({ rates: RATES, seed: 'other' }))).not.toBe(textOf(once));
  });

  test.each([1000, 7 * 1000, 10 * MINUTE, DAY])('files of %d ms hold the same bytes in the same order', (fileMs) => {
    const other = simulated({ rates: RATES }, 20, fileMs);
    expect(textOf(other)).toBe(textOf(once));
    expect(other.labels).toEqual(once.labels);
  });

  test('more patients change no message of those before', () => {
    const more = simulated({ rates: RATES }, 45);
    const first = new Set(createPatients('test', 20).map((each) => each.patient_id));
    const intact = (run: Simulated): string[] =>
      run.lines.filter((line) => line.endsWith('}') && first.has(/"patient_id":"(\w+)"/.exec(line)?.[1] ?? ''));
    expect(intact(once).length).toBeGreaterThan(1000);
    expect(intact(more)).toEqual(intact(once));
  });

  test('arrival is in order, and event times are from the first to before the last', () => {
    const { lines } = simulated();
    const times = parsed(lines).map((each) => Date.parse(each.event_time));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.every((time) => time >= FROM && time < FROM + HOUR)).toBe(true);
    expect(lines).toHaveLength(20 * 60);
  });

  test('readings of a patient are one interval apart, and patients are spread over it', () => {
    const readings = parsed(simulated({ intervalMs: 10_000 }, 200).lines);
    const first = new Map<string, number>();
    const last = new Map<string, number>();
    const steps = new Set<number>();
    for (const { patient_id, event_time } of readings) {
      const time = Date.parse(event_time);
      if (!first.has(patient_id)) first.set(patient_id, time - FROM);
      else steps.add(time - (last.get(patient_id) ?? 0));
      last.set(patient_id, time);
    }
    expect([...steps]).toEqual([10_000]);
    const tenths = new Set([...first.values()].map((phase) => Math.floor(phase / 1000)));
    expect([...tenths].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('message ids are distinct ULIDs of the event time', () => {
    const readings = parsed(simulated({ to: FROM + DAY }).lines);
    const ids = readings.map((each) => each.message_id);
    expect(new Set(ids).size).toBe(ids.length);
    const others = readings.filter(
      ({ message_id, event_time }) =>
        !/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(message_id) || timeOfUlid(message_id) !== Date.parse(event_time),
    );
    expect(others).toEqual([]);
  });

  test('a run that starts at another time gives other ids for the same sequence numbers', () => {
    const ids = new Set(parsed(simulated().lines).map((each) => each.message_id));
    const later = parsed(simulated({ from: FROM + 1, to: FROM + HOUR + 1 }).lines);
    expect(later.filter((each) => ids.has(each.message_id))).toEqual([]);
  });

  test('the episodes of the ground truth are those that change the readings', () => {
    const rates = { late: 0, duplicate: 0, malformed: 0, lost: 0 };
    const options = { rates, to: FROM + 12 * HOUR, intervalMs: 2 * MINUTE };
    const people = createPatients('test', 120);
    const real = simulated({ ...options, people });
    const well = simulated({ ...options, people, scenario: { kind: 'none', share: 0 } });
    const episodes = real.labels.filter((label) => label.type === 'episode');
    expect(episodes.length).toBeGreaterThan(5);
    expect(episodes.filter((each) => !(EPISODE_KINDS as readonly string[]).includes(each.kind ?? ''))).toEqual([]);
    expect(well.labels.filter((label) => label.type === 'episode')).toEqual([]);
    const within = ({ patient_id, event_time }: WireReading): boolean =>
      episodes.some(
        (each) => each.patient_id === patient_id && event_time > (each.onset ?? '') && event_time < (each.end ?? ''),
      );
    const changed = real.lines.filter((line, at) => line !== well.lines[at]);
    const ill = parsed(real.lines).filter(within);
    // An episode at its very beginning may round to no change; a second episode's irregular heart leaves other noise.
    expect(changed.length).toBeGreaterThan(0.8 * ill.length);
    const patients = new Set(episodes.map((each) => each.patient_id));
    expect(parsed(changed).filter((reading) => !patients.has(reading.patient_id))).toEqual([]);
    const onsetOf = new Map(
      episodes.map((each) => [each.patient_id, each.onset ?? '']).reverse() as [string, string][],
    );
    expect(parsed(changed).filter((each) => each.event_time <= (onsetOf.get(each.patient_id) ?? ''))).toEqual([]);
  });

  test('the last line of the ground truth is the summary, and its counts are those of the lines', () => {
    const summary = once.labels.at(-1) as unknown as Record<string, number>;
    const effects = once.labels.flatMap((label) => label.effects ?? []);
    const count = (effect: string): number => effects.filter((each) => each === effect).length;
    expect(summary).toEqual({
      type: 'summary',
      readings: 20 * 60,
      messages: once.lines.length,
      late: count('late'),
      duplicate: count('duplicate'),
      malformed: count('malformed'),
      lost: count('lost'),
      episodes: once.labels.filter((label) => label.type === 'episode').length,
      artefacts: once.labels.filter((label) => label.type === 'artefact').length,
    });
  });

  test('without labels there is no ground truth, and the messages are the same', () => {
    const quiet = simulated({ rates: RATES, labels: false });
    expect(quiet.labels).toEqual([]);
    expect(textOf(quiet)).toBe(textOf(once));
  });

  test('what is in flight can be delivered at once, so that nothing is missing', () => {
    const { hospital } = simulated({ to: FROM + 1 });
    expect([...hospital.deliverAll()]).toEqual([]);
    const cut = simulated({ rates: { ...RATES, late: 1 } }).hospital;
    expect(cut.counts.messages).toBe(cut.counts.readings - cut.counts.lost + cut.counts.duplicate);
  });
});

function timeOfUlid(id: string): number {
  return [...id.slice(0, 10)].reduce((time, digit) => time * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit), 0);
}
