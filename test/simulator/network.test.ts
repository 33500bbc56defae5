import { describe, expect, test } from '@jest/globals';

import { InFlight } from '../../simulator/in-flight.js';
import { MALFORMATIONS, malform } from '../../simulator/malformations.js';
import { DEFAULT_RATES, LATE_BY } from '../../simulator/network.js';
import { Random } from '../../simulator/random.js';
import { FROM, HOUR, parsed, simulated, type Label, type WireReading } from './simulation.js';

const RATES = { late: 0.05, duplicate: 0.04, malformed: 0.03, lost: 0.02 };
const disturbed = simulated({ rates: RATES, to: FROM + 4 * HOUR, intervalMs: 20_000 }, 60);
const fates = disturbed.labels.filter((label) => label.type === 'message');
const perfect = simulated({ to: FROM + 4 * HOUR, intervalMs: 20_000 }, 60);
const sent = new Map(perfect.lines.map((line) => [JSON.parse(line).message_id as string, line]));

function having(effect: string): Label[] {
  return fates.filter((label) => label.effects?.includes(effect));
}

/** Five standard deviations of a binomial: exceeded once in two million. */
function expectBinomial(found: number, trials: number, rate: number): void {
  expect(Math.abs(found - trials * rate)).toBeLessThan(5 * Math.sqrt(trials * rate * (1 - rate)));
}

describe('network', () => {
  test('each rate is hit within five standard deviations', () => {
    const readings = sent.size;
    expect(readings).toBe(60 * 4 * 180);
    expectBinomial(having('lost').length, readings, RATES.lost);
    const arriving = readings - having('lost').length;
    expectBinomial(having('late').length, arriving, RATES.late);
    expectBinomial(having('duplicate').length, arriving, RATES.duplicate);
    expectBinomial(having('malformed').length, arriving, RATES.malformed);
  });

  test('the defaults are 1% late, 1% twice, 0.2% malformed and 0.5% lost', () => {
    expect(DEFAULT_RATES).toEqual({ late: 0.01, duplicate: 0.01, malformed: 0.002, lost: 0.005 });
  });

  test('what arrives is what was sent, less the lost, plus the second copies, as the ground truth says', () => {
    const spoilt = new Set(having('malformed').map((label) => label.message_id));
    const lost = new Set(having('lost').map((label) => label.message_id));
    const twice = new Set(having('duplicate').map((label) => label.message_id));
    const expected: string[] = [];
    for (const [id, line] of sent) {
      if (lost.has(id) || spoilt.has(id)) continue;
      expected.push(line);
      if (twice.has(id)) expected.push(line);
    }
    const arrived = new Set(expected);
    const intact = disturbed.lines.filter((line) => arrived.has(line));
    expect(intact.sort()).toEqual(expected.sort());
    const copies = having('malformed').reduce((sum, label) => sum + (label.effects?.includes('duplicate') ? 2 : 1), 0);
    expect(disturbed.lines.length - intact.length).toBe(copies);
    expect(disturbed.hospital.counts.messages).toBe(disturbed.lines.length);
  });

  test('both copies of a duplicate are the same bytes, also of a spoilt one', () => {
    const counts = new Map<string, number>();
    for (const line of disturbed.lines) counts.set(line, (counts.get(line) ?? 0) + 1);
    // What little is left of two truncated messages may be the same by chance.
    const copies = [...counts].filter(([line]) => line.length > 60).map(([, count]) => count);
    const truncated = having('duplicate').filter((label) => label.malformation === 'truncated').length;
    const twice = copies.filter((count) => count === 2).length;
    expect(twice).toBeLessThanOrEqual(having('duplicate').length);
    expect(twice).toBeGreaterThanOrEqual(having('duplicate').length - truncated);
    expect(having('duplicate').some((label) => label.malformation === 'garbage')).toBe(true);
    expect(Math.max(...copies)).toBe(2);
  });

  test('a late message is 30 seconds to 10 minutes late and lies in the file of its arrival', () => {
    const fileOf = new Map<string, number[]>();
    for (const { arrivalFrom, text } of disturbed.files) {
      for (const line of text.split('\n')) fileOf.set(line, [...(fileOf.get(line) ?? []), arrivalFrom]);
    }
    for (const label of having('late')) {
      const delay = Date.parse(label.arrival_time ?? '') - Date.parse(label.event_time ?? '');
      expect(delay).toBeGreaterThanOrEqual(LATE_BY[0]);
      expect(delay).toBeLessThanOrEqual(LATE_BY[1]);
      if (label.effects?.includes('malformed')) continue;
      const files = fileOf.get(sent.get(label.message_id ?? '') ?? '') ?? [];
      const arrivals = [label.arrival_time, label.repeat_arrival_time].filter((time) => typeof time === 'string');
      expect(files).toEqual(arrivals.map((time) => Math.floor(Date.parse(time) / 60_000) * 60_000));
    }
  });

  test('changing one rate changes no other decision', () => {
    const others = (label: Label): string | null => {
      const effects = label.effects?.filter((effect) => effect !== 'late') ?? [];
      return effects.length === 0 ? null : `${label.message_id} ${effects.join()}`;
    };
    const without = simulated({ rates: { ...RATES, late: 0 }, to: FROM + HOUR }, 60);
    const half = simulated({ rates: { ...RATES, late: 0.5 }, to: FROM + HOUR }, 60);
    const decisions = (labels: readonly Label[]): (string | null)[] =>
      labels
        .filter((label) => label.type === 'message')
        .map(others)
        .filter((each) => each !== null);
    expect(decisions(half.labels)).toEqual(decisions(without.labels));
  });

  test('messages in flight arrive in order of time, those of one time in the order of sending', () => {
    const inFlight = new InFlight();
    const random = new Random('flight');
    const sentOff = Array.from({ length: 500 }, (_, order) => ({ arrival: random.index(100), text: String(order) }));
    for (const { arrival, text } of sentOff) inFlight.send(arrival, text, 'json');
    const received = sentOff.map(() => inFlight.receive().text);
    const expected = [...sentOff].sort((a, b) => a.arrival - b.arrival).map(({ text }) => text);
    expect(received).toEqual(expected);
    expect(inFlight.nextArrival).toBe(Infinity);
  });
});

describe('malformations', () => {
  const line = perfect.lines[10] as string;
  const original = JSON.parse(line) as WireReading;

  function spoilt(kind: string): string[] {
    const random = new Random('malformations');
    const found = Array.from({ length: 2000 }, () => malform(line, random)).filter((each) => each.kind === kind);
    expect(found.length).toBeGreaterThan(100);
    return found.map((each) => each.text);
  }

  test('the mixture sums to 1 and is what comes out', () => {
    expect(MALFORMATIONS.reduce((sum, each) => sum + each.weight, 0)).toBeCloseTo(1, 12);
    const random = new Random('mixture');
    const kinds = Array.from({ length: 10_000 }, () => malform(line, random).kind);
    for (const { kind, weight } of MALFORMATIONS) {
      expectBinomial(kinds.filter((each) => each === kind).length, 10_000, weight);
    }
  });

  test('a truncated message is a beginning of the message and no JSON', () => {
    for (const text of spoilt('truncated')) {
      expect(line.startsWith(text)).toBe(true);
      expect(() => JSON.parse(text)).toThrow();
    }
  });

  test('garbage is bytes that are not UTF-8, on one line', () => {
    for (const text of spoilt('garbage')) {
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))).toThrow();
      expect(text).not.toMatch(/[\r\n]/);
    }
  });

  test.each(['out_of_range', 'wrong_type'])('%s spoils one vital and leaves the rest', (kind) => {
    for (const reading of parsed(spoilt(kind))) {
      const changed = Object.keys(original).filter(
        (key) => reading[key as keyof WireReading] !== original[key as keyof WireReading],
      );
      expect(changed).toHaveLength(1);
      const value = reading[changed[0] as keyof WireReading];
      expect(typeof value === 'number').toBe(kind === 'out_of_range');
    }
  });

  test('a message without a patient lacks that and nothing else', () => {
    const rest: Record<string, unknown> = { ...original };
    delete rest['patient_id'];
    for (const text of spoilt('missing_patient')) expect(JSON.parse(text)).toEqual(rest);
  });
});
