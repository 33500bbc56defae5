import { describe, expect, test } from '@jest/globals';

import { ConfigurationError } from '../../schema/errors.js';
import { planSimulation, type SimulationFlags } from '../../simulator/plan.js';
import { parseDuration, parseTime } from '../../simulator/times.js';

function refusalOf(work: () => unknown): ConfigurationError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('plan of a simulation', () => {
  test('without flags it is 2,800 patients at one reading a second on standard output', () => {
    expect(planSimulation({}, true)).toEqual({
      patients: 2800,
      intervalMs: 1000,
      seed: '42',
      sink: '-',
      fileMs: 1000,
      patientsOut: null,
      labels: null,
      rates: { late: 0.01, duplicate: 0.01, malformed: 0.002, lost: 0.005 },
      scenario: null,
      dialects: [{ name: 'json', share: 1 }],
      turnover: 0,
      synthea: null,
    });
    expect(planSimulation({}, false).fileMs).toBe(60_000);
  });

  test('a scenario befalls a tenth of the patients unless its share is given', () => {
    expect(planSimulation({ scenario: 'sepsis' }, true).scenario).toEqual({ kind: 'sepsis', share: 0.1 });
    expect(planSimulation({ scenario: 'none', scenarioShare: 1 }, true).scenario).toEqual({ kind: 'none', share: 1 });
  });

  test.each<[string, SimulationFlags]>([
    ['--patients', { patients: 0 }],
    ['--patients', { patients: 1.5 }],
    ['--patients', { patients: Number.NaN }],
    ['--patients', { patients: 1_000_000 }],
    ['--interval', { interval: 0 }],
    ['--interval', { interval: -1 }],
    ['--interval', { interval: 0.0005 }],
    ['--interval', { interval: Infinity }],
    ['--file-seconds', { fileSeconds: 0 }],
    ['--late', { late: 1.01 }],
    ['--duplicate', { duplicate: -0.01 }],
    ['--malformed', { malformed: Number.NaN }],
    ['--lost', { lost: 2 }],
    ['--scenario', { scenario: 'plague' }],
    ['--scenario-share', { scenario: 'sepsis', scenarioShare: 5 }],
    ['--dialect', { dialect: 'hl7v3' }],
    ['--dialect', { dialect: '' }],
    ['--dialect', { dialect: 'json:0.5,json:0.5' }],
    ['--dialect', { dialect: 'json:-1' }],
    ['--dialect', { dialect: 'json:0,fhir:0' }],
    ['--turnover', { turnover: -1 }],
    ['--turnover', { turnover: Number.NaN }],
    ['--turnover', { turnover: 1001 }],
  ])('a bad %s is refused by its name: %j', (flag, flags) => {
    expect(refusalOf(() => planSimulation(flags, true)).subject).toBe(flag);
  });
});

describe('times on the command line', () => {
  test.each([
    ['2026-11-21T00:00:00Z', Date.UTC(2026, 10, 21)],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    ['2026-11-21T01:30:00.250+01:00', Date.UTC(2026, 10, 21, 0, 30, 0, 250)],
    ['2026-11-21T00:05Z', Date.UTC(2026, 10, 21, 0, 5)],
  ])('%s is a time', (text, time) => {
    expect(parseTime('--from', text)).toBe(time);
  });

  test.each(['', 'yesterday', '2026-11-21T00:00:00', '2026-02-30', '2026-02-30T00:00:00Z', '1763683200', '2026-11'])(
    '"%s" is refused',
    (text) => {
      expect(refusalOf(() => parseTime('--from', text)).subject).toBe('--from');
    },
  );

  test.each([
    ['90', 90_000],
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('%s is a length of time', (text, length) => {
    expect(parseDuration('--duration', text)).toBe(length);
  });

  test.each(['', '0', '-5s', '5x', 'h', '1e9'])('a length of "%s" is refused', (text) => {
    expect(refusalOf(() => parseDuration('--duration', text)).subject).toBe('--duration');
  });
});
